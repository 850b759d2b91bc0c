package io.deltallm.policy.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose model it is when nobody says so: well-known names, by their beginning.
final class ModelNames {
    private static final Map<Pattern, String> OWNERS = new LinkedHashMap<>();

    static {
        own("gpt|chatgpt|o\\d|text-embedding|dall-e|whisper|tts|omni-moderation", "openai");
        own("claude", "anthropic");
        own("gemini", "gemini");
        own("command|embed-", "cohere");
        own("mistral|mixtral", "mistral");
    }

    private ModelNames() {}

    private static void own(String beginnings, String provider) {
        OWNERS.put(Pattern.compile("(?:" + beginnings + ").*"), provider);
    }

    /// The prefix that the name should have had, null if it is nobody's.
    static @Nullable String provider(String model) {
        String lower = model.toLowerCase(Locale.ROOT);
        for (Map.Entry<Pattern, String> owner : OWNERS.entrySet()) {
            if (owner.getKey().matcher(lower).matches()) {
                return owner.getValue();
            }
        }
        return null;
    }
}
