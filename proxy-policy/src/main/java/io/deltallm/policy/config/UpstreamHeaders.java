package io.deltallm.policy.config;

import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Headers that an entry of `model_list` adds to its requests.
final class UpstreamHeaders {
    /// Those that say who pays, where the message ends, and what belongs to one connection only.
    private static final Set<String> RESERVED = Set.of(
            "authorization", "host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade",
            "keep-alive", "proxy-authorization", "proxy-connection", "expect");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final List<String> KEYS = List.of("headers", "extra_headers", "custom_headers");

    /// Null where something is wrong, which is reported.
    @Nullable Map<String, String> read(Parameters params) {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, "OpenAI-Organization", params.text("organization"));
        put(headers, "OpenAI-Project", params.text("project"));
        boolean sound = true;
        for (String key : KEYS) {
            switch (params.entry(key)) {
                case null -> {}
                case Scalar scalar when scalar.blank() -> {}
                case Mapping mapping -> {
                    for (Map.Entry<String, Written> entry : mapping.entries().entrySet()) {
                        sound &= read(params, entry.getKey(), entry.getValue(), headers);
                    }
                }
                case Written other -> {
                    params.problems().wrong(other, "a mapping from header name to value");
                    sound = false;
                }
            }
        }
        return sound ? headers : null;
    }

    /// `base`, with the headers of `own` in the place of those of the same name.
    static Map<String, String> over(Map<String, String> base, Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(base);
        own.forEach((name, value) -> {
            all.remove(name);
            all.put(name, value);
        });
        return all;
    }

    private static void put(Map<String, String> headers, String name, @Nullable Scalar value) {
        if (value != null) {
            headers.put(name, value.text());
        }
    }

    private static boolean read(Parameters params, String name, Written value, Map<String, String> headers) {
        Problems problems = params.problems();
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT)) || !NAME.matcher(name).matches()) {
            problems.error(value, "cannot be set (expected: a header other than authorization, host, content-length"
                    + " and those of a connection)");
            return false;
        }
        if (!(value instanceof Scalar scalar)) {
            problems.wrong(value, "text");
            return false;
        }
        Resolved resolved = params.resolve(scalar);
        if (resolved == null) {
            return false;
        }
        if (resolved.text().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            problems.error(value, "holds a control character (expected: one line of text)");
            return false;
        }
        headers.put(name, resolved.text());
        return true;
    }
}
