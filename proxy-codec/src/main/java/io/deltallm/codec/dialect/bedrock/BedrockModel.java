package io.deltallm.codec.dialect.bedrock;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a model's id says about it: its family, and for Claude its generation. Application inference profiles and
/// provisioned models hide it; they are taken for [Family#OTHER]. Immutable.
final class BedrockModel {
    private static final List<String> NO_SYSTEM = List.of("titan-text", "mistral-7b", "mixtral-8x7b");
    private static final List<String> OWN_SCHEMAS = List.of(
            "claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-5", "qwen", "gpt-oss", "minimax", "kimi", "magistral",
            "ministral-3", "mistral-large-3", "gemma-3", "nemotron", "deepseek.v3");

    private final String id;
    private final Family family;
    /// 37 for Claude 3.7; 0 where there is no number.
    private final int generation;

    BedrockModel(String modelId) {
        id = modelId.toLowerCase(Locale.ROOT);
        family = Family.of(id);
        generation = family == Family.CLAUDE ? generation(id) : 0;
    }

    /// Models that take the same additional fields.
    enum Family {
        CLAUDE("claude"),
        NOVA_2("nova-2"),
        NOVA("nova"),
        TITAN("titan"),
        LLAMA("llama"),
        MISTRAL("mistral mixtral ministral magistral pixtral voxtral"),
        COHERE("cohere"),
        AI21("ai21"),
        DEEPSEEK("deepseek"),
        GPT_OSS("gpt-oss"),
        OTHER("");

        /// One of these is in the ids of its models.
        private final String words;

        Family(String words) {
            this.words = words;
        }

        private static Family of(String id) {
            for (Family family : values()) {
                if (Arrays.stream(family.words.split(" ")).anyMatch(id::contains)) {
                    return family;
                }
            }
            return OTHER;
        }
    }

    /// Reads `claude-3-7-sonnet-20250219-v1` as 37, `claude-opus-4-20250514` as 40.
    private static int generation(String id) {
        int major = -1;
        for (String word : id.substring(id.indexOf("claude")).split("[-@:]")) {
            boolean number = word.length() <= 2 && !word.isEmpty() && word.chars().allMatch(Character::isDigit);
            if (number && major < 0) {
                major = Integer.parseInt(word);
            } else if (number) {
                return major * 10 + Integer.parseInt(word);
            } else if (major >= 0) {
                return major * 10;
            }
        }
        return Math.max(0, major * 10);
    }

    Family family() {
        return family;
    }

    /// Goes on from where an assistant's message at the end stops.
    boolean goesOn() {
        return !isClaude() || (generation < 46 && !thinksByItself());
    }

    boolean isClaude() {
        return family == Family.CLAUDE;
    }

    /// The Claudes that decide themselves how much to think, and refuse sampling fields.
    boolean thinksByItself() {
        return isClaude() && (generation >= 50 || (generation >= 47 && id.contains("opus")) || refusesForcedTools());
    }

    /// The Claudes that think as much as a budget of tokens allows.
    boolean thinksByBudget() {
        return isClaude() && generation >= 37 && !thinksByItself();
    }

    /// The Claudes that take `temperature` or `top_p`, not both.
    boolean takesOneOfTemperatureAndTopP() {
        return isClaude() && generation >= 41;
    }

    boolean takesSystem() {
        return NO_SYSTEM.stream().noneMatch(id::contains);
    }

    boolean takesTools() {
        return family != Family.TITAN;
    }

    /// Whether a request may demand that a tool is called.
    boolean takesForcedTools() {
        return switch (family) {
            case LLAMA, COHERE, AI21, TITAN -> false;
            case CLAUDE -> !refusesForcedTools();
            case NOVA, NOVA_2, MISTRAL, DEEPSEEK, GPT_OSS, OTHER -> true;
        };
    }

    private boolean refusesForcedTools() {
        return id.contains("fable") || id.contains("mythos");
    }

    /// Whether it follows a JSON schema by itself.
    boolean takesSchema() {
        return thinksByItself() || (isClaude() && generation >= 46) || OWN_SCHEMAS.stream().anyMatch(id::contains);
    }

    boolean takesCachePoints() {
        return (isClaude() && generation >= 35) || family == Family.NOVA || family == Family.NOVA_2;
    }

    /// Behind tools too, and for an hour.
    boolean takesAllCachePoints() {
        return isClaude() && takesCachePoints();
    }
}
