package io.deltallm.netty.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a recorded reply says about usage, read the slow and plain way with a JSON tree, for comparison with what the
/// gateway made of the same bytes on the fly.
///
/// @param text the reply without the usage-only events of a chat stream
/// @param prompt 0 where the reply states no usage, as are the others
public record ReferenceReply(String text, boolean hasUsage, long prompt, long completion) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EVENT = Pattern.compile(".*?(\r\n\r\n|\n\n|\r\r|\\z)", Pattern.DOTALL);
    private static final String DATA = "data:";

    public static ReferenceReply of(byte[] body, boolean stream) {
        String text = new String(body, StandardCharsets.UTF_8);
        return stream ? ofStream(text) : ofUsage(text, usage(parse(text)));
    }

    private static ReferenceReply ofStream(String text) {
        var kept = new StringBuilder();
        JsonNode usage = null;
        var events = EVENT.matcher(text);
        while (events.find()) {
            JsonNode data = data(events.group());
            JsonNode found = usage(data);
            usage = found == null ? usage : found;
            if (found == null || !data.path("choices").isArray() || !data.path("choices").isEmpty()) {
                kept.append(events.group());
            }
        }
        return ofUsage(kept.toString(), usage);
    }

    private static ReferenceReply ofUsage(String text, @Nullable JsonNode usage) {
        return usage == null
                ? new ReferenceReply(text, false, 0, 0)
                : new ReferenceReply(text, true, count(usage, "prompt_tokens", "input_tokens"), count(usage, "completion_tokens", "output_tokens"));
    }

    private static long count(JsonNode usage, String name, String otherName) {
        return usage.has(name) ? usage.path(name).asLong() : usage.path(otherName).asLong();
    }

    private static JsonNode data(String event) {
        var data = new StringBuilder();
        event.lines().filter(line -> line.startsWith(DATA)).forEach(line -> data.append(line.substring(DATA.length())).append('\n'));
        return parse(data.toString());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static @Nullable JsonNode usage(JsonNode reply) {
        JsonNode usage = reply.path("usage").isObject() ? reply.path("usage") : reply.path("response").path("usage");
        return usage.isObject() && !usage.isEmpty() ? usage : null;
    }
}
