package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonNames;
import io.deltallm.codec.json.JsonVisitor;
import io.deltallm.codec.json.JsonWalker;
import java.util.Map;

/// The numbers of one usage object, under all the names that OpenAI-compatible providers give them. Confined to its
/// tap.
final class UsageFields implements JsonVisitor {
    static final int MAX_DEPTH = 16;
    static final int KEY_DEPTH = 2;
    private static final int NUMBER_BYTES = 24;
    /// Few enough that all of them add up to a long.
    private static final double MOST = 1e12;

    /// What a key of the usage object, or of its details, means.
    private enum Field {
        PROMPT,
        COMPLETION,
        TOTAL,
        CACHED,
        REASONING,
        SECONDS,
        OTHER
    }

    private static final JsonNames<Field> NAMES = new JsonNames<>(
            Map.of(
                    "prompt_tokens", Field.PROMPT,
                    "input_tokens", Field.PROMPT,
                    "completion_tokens", Field.COMPLETION,
                    "output_tokens", Field.COMPLETION,
                    "total_tokens", Field.TOTAL,
                    // DeepSeek, Mistral and Moonshot name the cached part beside the prompt.
                    "prompt_cache_hit_tokens", Field.CACHED,
                    "num_cached_tokens", Field.CACHED,
                    "cached_tokens", Field.CACHED,
                    "reasoning_tokens", Field.REASONING,
                    "seconds", Field.SECONDS),
            Field.OTHER);

    private static final JsonNames<Field> DETAILS = new JsonNames<>(
            Map.of("cached_tokens", Field.CACHED, "reasoning_tokens", Field.REASONING), Field.OTHER);

    long prompt;
    long completion;
    long total;
    long cached;
    long reasoning;
    double seconds;

    private Field field = Field.OTHER;

    void begin() {
        prompt = -1;
        completion = -1;
        total = -1;
        cached = -1;
        reasoning = -1;
        seconds = -1;
    }

    boolean statesTokens() {
        return prompt >= 0 || completion >= 0 || total >= 0;
    }

    boolean statesAnything() {
        return statesTokens() || seconds >= 0;
    }

    /// Completes what the provider left out.
    void complete() {
        cached = Math.max(cached, 0);
        reasoning = Math.max(reasoning, 0);
        completion = Math.max(completion, 0);
        if (prompt < 0) {
            prompt = Math.max(total - completion, 0);
        }
        if (total < 0) {
            total = prompt + completion;
        }
        if (reasoning > 0 && total == prompt + completion + reasoning) {
            // xAI counts reasoning beside the completion, all others within it.
            completion += reasoning;
        }
    }

    @Override
    public void key(JsonWalker json) {
        field = (json.depth() == 1 ? NAMES : DETAILS).meaning(json.key());
        if (field != Field.OTHER) {
            json.capture(NUMBER_BYTES);
        }
    }

    @Override
    public void scalar(JsonWalker json, Kind kind) {
        if (kind != Kind.NUMBER || field == Field.OTHER || json.depth() > KEY_DEPTH) {
            return;
        }
        long count = json.text().asCount();
        double value = count >= 0 ? count : json.text().asDouble();
        if (value >= 0) {
            take((long) Math.min(value, MOST), value);
        }
    }

    private void take(long count, double value) {
        switch (field) {
            case PROMPT -> prompt = count;
            case COMPLETION -> completion = count;
            case TOTAL -> total = count;
            case CACHED -> cached = count;
            case REASONING -> reasoning = count;
            case SECONDS -> seconds = value;
            case OTHER -> {}
        }
    }

    @Override
    public void open(JsonWalker json, boolean object) {
        field = Field.OTHER;
    }

    @Override
    public void close(JsonWalker json, boolean object) {}
}
