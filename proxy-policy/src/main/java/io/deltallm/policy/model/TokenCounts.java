package io.deltallm.policy.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Counts the tokens of texts and chats: exactly as OpenAI's models do, by the nearest of their encodings for others. A
/// vocabulary is read when it is first needed (half a second). Thread-safe.
final class TokenCounts {
    /// What a message costs beyond its text, and what the beginning of the answer does.
    static final int PER_MESSAGE = 3;
    private static final int PER_NAME = 1;
    static final int ANSWER = 3;
    /// An image in low detail, and one in high detail of 1024 by 1024: its size is not looked at.
    static final int SMALL_IMAGE = 85;
    static final int IMAGE = 765;

    private static final Pattern O200K =
            Pattern.compile("^(?:gpt-4o|gpt-4\\.1|gpt-4\\.5|gpt-5|gpt-oss|chatgpt-4o|gpt-audio|gpt-realtime|codex|o\\d|computer-use).*");
    private static final Pattern CL100K =
            Pattern.compile("^(?:gpt-4|gpt-3\\.5|gpt-35|text-embedding|davinci-002|babbage-002).*");
    private static final Pattern P50K = Pattern.compile("^(?:text-davinci-00[23]|code-).*");
    /// Families whose vocabulary grew out of the older one.
    private static final Pattern LIKE_CL100K = Pattern.compile(".*(?:llama-?3|llama3|qwen|deepseek|glm|kimi).*");

    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();

    /// @param exact whether the model itself counts so
    record Way(Encoding encoding, boolean exact) {}

    Way way(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        name = name.substring(name.lastIndexOf('/') + 1);
        name = name.startsWith("openai.") ? name.substring("openai.".length()) : name;
        if (O200K.matcher(name).matches()) {
            return new Way(encodings.getEncoding(EncodingType.O200K_BASE), true);
        }
        if (CL100K.matcher(name).matches()) {
            return new Way(encodings.getEncoding(EncodingType.CL100K_BASE), true);
        }
        if (P50K.matcher(name).matches()) {
            return new Way(encodings.getEncoding(EncodingType.P50K_BASE), true);
        }
        boolean older = LIKE_CL100K.matcher(name).matches();
        return new Way(encodings.getEncoding(older ? EncodingType.CL100K_BASE : EncodingType.O200K_BASE), false);
    }

    /// Words that would be control tokens are counted as the text they are: a client's text cannot contain any.
    static long text(Encoding encoding, String text) {
        return encoding.countTokensOrdinary(text);
    }

    /// A chat as it is put before the model; what is not understood counts nothing.
    static long chat(Encoding encoding, List<?> messages) {
        long tokens = ANSWER;
        for (Object item : messages) {
            if (item instanceof Map<?, ?> message) {
                tokens += PER_MESSAGE + message(encoding, message);
            }
        }
        return tokens;
    }

    private static long message(Encoding encoding, Map<?, ?> message) {
        long tokens = string(encoding, message.get("role")) + content(encoding, message.get("content"));
        Object name = message.get("name");
        if (name instanceof String) {
            tokens += PER_NAME + string(encoding, name);
        }
        if (message.get("tool_calls") instanceof List<?> calls) {
            for (Object call : calls) {
                tokens += call instanceof Map<?, ?> map && map.get("function") instanceof Map<?, ?> function
                        ? string(encoding, function.get("name")) + string(encoding, function.get("arguments"))
                        : 0;
            }
        }
        return tokens;
    }

    private static long content(Encoding encoding, @Nullable Object content) {
        if (!(content instanceof List<?> parts)) {
            return string(encoding, content);
        }
        long tokens = 0;
        for (Object item : parts) {
            if (item instanceof Map<?, ?> part) {
                tokens += string(encoding, part.get("text")) + image(part);
            } else {
                tokens += string(encoding, item);
            }
        }
        return tokens;
    }

    private static long image(Map<?, ?> part) {
        String type = String.valueOf(part.get("type"));
        if (!type.equals("image_url") && !type.equals("image") && !type.equals("input_image")) {
            return 0;
        }
        boolean low = part.get("image_url") instanceof Map<?, ?> image && "low".equals(image.get("detail"));
        return low ? SMALL_IMAGE : IMAGE;
    }

    /// Definitions of tools are shown to the model in a form of its own, of about this length.
    static long tools(Encoding encoding, List<?> tools) {
        return tools.isEmpty() ? 0 : text(encoding, JsonBody.text(tools));
    }

    private static long string(Encoding encoding, @Nullable Object value) {
        return value instanceof String text ? text(encoding, text) : 0;
    }

    /// Whether a chat has parts whose tokens can only be guessed.
    static boolean guesses(List<?> messages) {
        for (Object item : messages) {
            if (item instanceof Map<?, ?> message
                    && (message.get("tool_calls") != null
                            || (message.get("content") instanceof List<?> parts && hasMedia(parts)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMedia(List<?> parts) {
        return parts.stream().anyMatch(part -> part instanceof Map<?, ?> map && !(map.get("text") instanceof String));
    }
}
