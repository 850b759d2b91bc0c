package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonName;
import io.deltallm.codec.json.JsonWalker;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A field of Gemini's `generationConfig` that a model's configuration sets by OpenAI's name
/// (https://ai.google.dev/api/generate-content#generationconfig).
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers, and a list that cannot be changed
enum GenerationSetting {
    TEMPERATURE("temperature", "temperature", "temperature"),
    TOP_P("topP", "top_p", "top_p"),
    TOP_K("topK", "top_k", "top_k"),
    MAX_OUTPUT_TOKENS("maxOutputTokens", "max_output_tokens", "max_completion_tokens", "max_tokens"),
    STOP_SEQUENCES("stopSequences", "stop_sequences", "stop"),
    CANDIDATE_COUNT("candidateCount", "candidate_count", "n"),
    PRESENCE_PENALTY("presencePenalty", "presence_penalty", "presence_penalty"),
    FREQUENCY_PENALTY("frequencyPenalty", "frequency_penalty", "frequency_penalty"),
    SEED("seed", "seed", "seed");

    private static final GenerationSetting[] ALL = values();

    private final String label;
    private final JsonName camel;
    private final JsonName snake;
    private final List<String> openAi;

    /// @param snake the same name as Google takes it too
    /// @param openAi OpenAI's names for it, the one that counts first
    GenerationSetting(String label, String snake, String... openAi) {
        this.label = label;
        this.camel = JsonName.of(label);
        this.snake = JsonName.of(snake);
        this.openAi = List.of(openAi);
    }

    /// Null for other fields.
    static @Nullable GenerationSetting at(JsonWalker json) {
        for (GenerationSetting setting : ALL) {
            if (json.key().is(setting.camel) || json.key().is(setting.snake)) {
                return setting;
            }
        }
        return null;
    }

    String label() {
        return label;
    }

    int bit() {
        return 1 << ordinal();
    }

    /// The configured value, a JSON literal; null where there is none.
    @Nullable String literal(Map<String, String> defaults) {
        for (String name : openAi) {
            String literal = defaults.get(name);
            if (literal != null) {
                // OpenAI takes a single text where Google wants a list.
                return this == STOP_SEQUENCES && literal.startsWith("\"") ? "[" + literal + "]" : literal;
            }
        }
        return null;
    }
}
