package io.deltallm.policy.spend;

import org.jspecify.annotations.Nullable;

/// What is paid for.
public enum PriceUnit {
    INPUT("input", "input_cost_per_token", PriceUnit.MILLION),
    OUTPUT("output", "output_cost_per_token", PriceUnit.MILLION),
    /// Of the prompt, read from the provider's cache.
    CACHE_READ("cache_read", "cache_read_input_token_cost", PriceUnit.MILLION),
    /// Of the prompt, written to the provider's cache for five minutes.
    CACHE_WRITE("cache_write", "cache_creation_input_token_cost", PriceUnit.MILLION),
    CACHE_WRITE_1H("cache_write_1h", "cache_creation_input_token_cost_above_1hr", PriceUnit.MILLION),
    REASONING("reasoning", "output_cost_per_reasoning_token", PriceUnit.MILLION),
    AUDIO_IN("audio_in", "input_cost_per_audio_token", PriceUnit.MILLION),
    AUDIO_OUT("audio_out", "output_cost_per_audio_token", PriceUnit.MILLION),
    /// Tokens of an image that was made.
    IMAGE_TOKENS("image_tokens", "output_cost_per_image_token", PriceUnit.MILLION),
    BATCH_INPUT("batch_input", "input_cost_per_token_batches", PriceUnit.MILLION),
    BATCH_OUTPUT("batch_output", "output_cost_per_token_batches", PriceUnit.MILLION),
    IMAGE_IN("image_in", "input_cost_per_image", 1),
    /// An image that was made.
    IMAGE("image", "output_cost_per_image", 1),
    SECOND_IN("second_in", "input_cost_per_second", 1),
    SECOND_OUT("second_out", "output_cost_per_second", 1),
    VIDEO_SECOND("video_second", "output_cost_per_video_per_second", 1),
    CHARACTER("character", "input_cost_per_character", 1),
    QUERY("query", "input_cost_per_query", 1),
    PAGE("page", "ocr_cost_per_page", 1),
    REQUEST("request", "input_cost_per_request", 1);

    static final long MILLION = 1_000_000;

    private final String column;
    private final String key;
    private final long per;

    /// @param column its name in the price book
    /// @param key its name in configurations, which know prices of one unit only
    /// @param per how many of it a rate pays for
    PriceUnit(String column, String key, long per) {
        this.column = column;
        this.key = key;
        this.per = per;
    }

    /// The name in configurations and in `/model/info`: `input_cost_per_token`.
    public String key() {
        return key;
    }

    /// How many of it a rate pays for: a million tokens, or one.
    public long per() {
        return per;
    }

    static @Nullable PriceUnit ofColumn(String column) {
        for (PriceUnit unit : values()) {
            if (unit.column.equals(column)) {
                return unit;
            }
        }
        return null;
    }
}
