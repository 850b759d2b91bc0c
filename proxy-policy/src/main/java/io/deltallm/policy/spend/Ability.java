package io.deltallm.policy.spend;

import org.jspecify.annotations.Nullable;

/// What a model can do.
public enum Ability {
    TOOLS("tools", "supports_function_calling"),
    TOOL_CHOICE("tool_choice", "supports_tool_choice"),
    PARALLEL_TOOLS("parallel_tools", "supports_parallel_function_calling"),
    VISION("vision", "supports_vision"),
    PDF("pdf", "supports_pdf_input"),
    AUDIO_IN("audio_in", "supports_audio_input"),
    AUDIO_OUT("audio_out", "supports_audio_output"),
    VIDEO_IN("video_in", "supports_video_input"),
    JSON_SCHEMA("json_schema", "supports_response_schema"),
    REASONING("reasoning", "supports_reasoning"),
    PROMPT_CACHE("prompt_cache", "supports_prompt_caching"),
    WEB_SEARCH("web_search", "supports_web_search"),
    COMPUTER_USE("computer_use", "supports_computer_use"),
    PREFILL("prefill", "supports_assistant_prefill");

    private final String word;
    private final String key;

    Ability(String word, String key) {
        this.word = word;
        this.key = key;
    }

    /// The name in configurations and in `/model/info`: `supports_vision`.
    public String key() {
        return key;
    }

    static @Nullable Ability ofWord(String word) {
        for (Ability ability : values()) {
            if (ability.word.equals(word)) {
                return ability;
            }
        }
        return null;
    }
}
