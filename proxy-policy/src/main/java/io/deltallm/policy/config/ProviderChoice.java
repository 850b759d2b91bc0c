package io.deltallm.policy.config;

import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.ProviderRows.Row;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out which provider an entry of `model_list` means, where it is, and how to be let in.
final class ProviderChoice {
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "authorization", "host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade",
            "keep-alive", "proxy-authorization", "proxy-connection", "expect");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final ProviderRows rows;
    private final Interpolation interpolation;
    private final Problems problems;

    ProviderChoice(ProviderRows rows, Interpolation interpolation, Problems problems) {
        this.rows = rows;
        this.interpolation = interpolation;
        this.problems = problems;
    }

    /// What came of it.
    sealed interface Chosen {}

    record Usable(Provider provider, String upstreamModel) implements Chosen {}

    record Unusable(String reason) implements Chosen {}

    /// Wrongly written, and reported.
    record Wrong() implements Chosen {}

    /// A row and the model's name without its prefix.
    private record Match(Row row, String model) {}

    Chosen choose(Scalar model, Mapping params) {
        boolean ownBase = has(params, "api_base") || has(params, "base_url");
        Match match = match(model.text(), text(params, "custom_llm_provider"), ownBase);
        if (match == null) {
            return new Unusable(unknown(model.text()));
        }
        return provider(match, params);
    }

    private @Nullable Match match(String model, @Nullable String named, boolean ownBase) {
        if (named != null) {
            Row row = rows.row(named);
            String prefix = named + "/";
            return row == null ? null : new Match(row, model.startsWith(prefix) ? model.substring(prefix.length()) : model);
        }
        int slash = model.indexOf('/');
        Row row = slash < 0 ? null : rows.row(model.substring(0, slash));
        if (row != null) {
            return new Match(row, model.substring(slash + 1));
        }
        // An address of its own makes any name usable: whatever answers there is expected to speak as OpenAI does.
        String inferred = slash < 0 ? ModelNames.provider(model) : null;
        Row guessed = rows.row(inferred != null ? inferred : ownBase ? "openai" : "");
        return guessed == null ? null : new Match(guessed, model);
    }

    private static String unknown(String model) {
        int slash = model.indexOf('/');
        return slash < 0
                ? "no provider is known for model \"" + model + "\" (expected: provider/model, as openai/" + model
                        + ", or an api_base)"
                : "provider \"" + model.substring(0, slash) + "\" speaks no dialect known to this version (expected: the prefix"
                        + " of an OpenAI-compatible provider, or openai/ with an api_base)";
    }

    private Chosen provider(Match match, Mapping params) {
        Row row = match.row();
        Base base = base(row, params);
        Map<String, String> headers = headers(row, params);
        if (base == null || headers == null) {
            return new Wrong();
        }
        if (base.uri().getHost() == null) {
            return new Unusable(row.name() + " has no address of its own (expected: api_base)");
        }
        Key key = key(row, base, params);
        if (key.missing() != null) {
            return new Unusable("it has no key: the variable " + key.missing() + " is not set");
        }
        return new Usable(
                new Provider(row.name(), base.uri(), signer(row, key.value()), headers, row.streamUsage()), match.model());
    }

    private static Signer signer(Row row, @Nullable Secret key) {
        if (key == null) {
            return new Signer.None();
        }
        String header = row.keyHeader();
        return header == null ? new Signer.Bearer(key.reveal()) : new Signer.HeaderKey(header, key.reveal());
    }

    /// @param own whether somebody said so in the file
    private record Base(URI uri, boolean own) {}

    private @Nullable Base base(Row row, Mapping params) {
        String key = has(params, "api_base") ? "api_base" : "base_url";
        String text = text(params, key);
        if (text != null) {
            URI uri = uri(row, text);
            if (uri == null) {
                Written at = params.entries().get(key);
                problems.wrong(at == null ? params : at, "an http or https URL, as http://localhost:11434/v1");
                return null;
            }
            return new Base(uri, true);
        }
        String variable = row.baseVariable();
        String fromVariable = variable == null ? null : named(variable);
        if (fromVariable != null) {
            URI uri = uri(row, fromVariable);
            if (uri == null) {
                problems.error(String.valueOf(variable), "\"" + fromVariable + "\" (expected: an http or https URL)");
                return null;
            }
            return new Base(uri, false);
        }
        return new Base(row.baseUri(), false);
    }

    /// The address without a slash at its end. Ollama speaks OpenAI's dialect below `/v1`, which nobody writes.
    private static @Nullable URI uri(Row row, String text) {
        try {
            URI uri = URI.create(text.trim().replaceAll("/+$", ""));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || uri.getRawQuery() != null || !(scheme.equals("http") || scheme.equals("https"))) {
                return null;
            }
            boolean bare = uri.getRawPath().isEmpty();
            return bare && row.name().startsWith("ollama") ? URI.create(uri + "/v1") : uri;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// @param missing the variable that should hold it; null where there is a key, or none is needed
    private record Key(@Nullable Secret value, @Nullable String missing) {}

    private Key key(Row row, Base base, Mapping params) {
        if (params.entries().get("api_key") instanceof Scalar scalar && !scalar.blank()) {
            return key(interpolation.resolve(scalar.text()));
        }
        if (params.entries().get("api_key_env") instanceof Scalar scalar && !scalar.blank()) {
            return key(interpolation.variable(scalar.text()));
        }
        boolean foreign = base.own() && !base.uri().getHost().equalsIgnoreCase(row.baseUri().getHost()) && isPublic(row);
        // The usual variable holds the key of the usual place: it must not travel to another one unasked.
        String usual = foreign || row.keyVariable().isEmpty() ? null : named(row.keyVariable());
        if (usual != null) {
            return new Key(new Secret(usual), null);
        }
        return new Key(null, foreign || !row.needsKey() ? null : row.keyVariable());
    }

    private static Key key(Resolved resolved) {
        return resolved.missing() != null
                ? new Key(null, resolved.missing())
                : new Key(resolved.text().isBlank() ? null : new Secret(resolved.text()), null);
    }

    private static boolean isPublic(Row row) {
        return "https".equals(row.baseUri().getScheme());
    }

    private @Nullable Map<String, String> headers(Row row, Mapping params) {
        Map<String, String> headers = new LinkedHashMap<>(row.headers());
        int before = problems.all().size();
        put(headers, "OpenAI-Organization", text(params, "organization"));
        put(headers, "OpenAI-Project", text(params, "project"));
        for (String key : List.of("headers", "extra_headers", "custom_headers")) {
            switch (params.entries().get(key)) {
                case null -> {}
                case Scalar scalar when scalar.blank() -> {}
                case Mapping mapping -> mapping.entries().forEach((name, value) -> header(headers, name, value));
                case Written other -> problems.wrong(other, "a mapping from header name to value");
            }
        }
        return problems.all().size() > before ? null : headers;
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private void header(Map<String, String> headers, String name, Written value) {
        if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT)) || !HEADER_NAME.matcher(name).matches()) {
            problems.error(value, "\"" + name + "\" cannot be set (expected: a header name other than authorization, host,"
                    + " content-length and those of the connection)");
            return;
        }
        if (!(value instanceof Scalar scalar)) {
            problems.wrong(value, "text");
            return;
        }
        Resolved resolved = interpolation.resolve(scalar.text());
        if (resolved.missing() != null) {
            problems.error(value, "the variable " + resolved.missing() + " is not set");
        } else if (resolved.text().chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            problems.error(value, "holds a control character (expected: one line of text)");
        } else {
            headers.put(name, resolved.text());
        }
    }

    private static boolean has(Mapping params, String key) {
        return params.entries().get(key) instanceof Scalar scalar && !scalar.blank();
    }

    private @Nullable String text(Mapping params, String key) {
        if (!(params.entries().get(key) instanceof Scalar scalar) || scalar.blank()) {
            return null;
        }
        Resolved resolved = interpolation.resolve(scalar.text());
        if (resolved.missing() != null) {
            problems.error(scalar, "the variable " + resolved.missing() + " is not set");
            return null;
        }
        return resolved.text();
    }

    /// A provider's own variable; `DELTALLM_OPENAI_API_KEY` comes before `OPENAI_API_KEY`.
    private @Nullable String named(String variable) {
        String own = interpolation.valueOf("DELTALLM_" + variable);
        return own != null ? own : interpolation.valueOf(variable);
    }
}
