package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text put in front of a body's own members: what the provider needs and the client left out. Confined to one
/// plan.
final class AddedMembers {
    /// Both at once are refused.
    private static final Map<String, String> SAME =
            Map.of("max_tokens", "max_completion_tokens", "max_completion_tokens", "max_tokens");

    private final StringBuilder text = new StringBuilder();

    AddedMembers add(String name, String literal) {
        text.append(text.isEmpty() ? "" : ",").append(JsonString.quoted(name)).append(':').append(literal);
        return this;
    }

    /// Adds those the client's body has not, by this name or another.
    AddedMembers addMissing(Map<String, String> defaults, RequestOutline outline) {
        defaults.forEach((name, literal) -> {
            if (!outline.hasField(name) && !outline.hasField(SAME.getOrDefault(name, name))) {
                add(name, literal);
            }
        });
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /// The members, and the comma that parts them from the body's own, where it has any.
    byte[] utf8(boolean beforeOthers) {
        return (text + (beforeOthers ? "," : "")).getBytes(StandardCharsets.UTF_8);
    }

    /// A whole part of a multipart body, to stand before its first delimiter.
    static byte[] modelPart(@Nullable String boundary, byte[] model) {
        String part = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n"
                + new String(model, StandardCharsets.UTF_8) + "\r\n";
        return part.getBytes(StandardCharsets.UTF_8);
    }
}
