package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads what Cohere says was used. `tokens` is what went through the model, prompt templates included; `billed_units`,
/// which leaves these out, counts only where there is nothing better. Pictures are counted beside the other input
/// tokens.
final class CohereUsage {
    private static final long UNKNOWN = -1;

    private long input = UNKNOWN;
    private long output = UNKNOWN;
    private long images;
    private long reasoning;
    private long cached;
    private long billedInput = UNKNOWN;
    private long billedOutput = UNKNOWN;

    private CohereUsage() {}

    /// At an object `usage` (v2) or `meta` (v1); null where it states no tokens.
    static @Nullable Usage read(JsonCursor cursor) {
        CohereUsage usage = new CohereUsage();
        usage.members(cursor);
        return usage.toUsage();
    }

    private void members(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "tokens" -> tokens(cursor);
                case "billed_units" -> billed(cursor);
                case "cached_tokens" -> cached = cursor.count();
                default -> {}
            }
        }
    }

    private void tokens(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "input_tokens" -> input = cursor.count();
                case "output_tokens" -> output = cursor.count();
                case "image_tokens" -> images = cursor.count();
                case "reasoning_tokens" -> reasoning = cursor.count();
                default -> {}
            }
        }
    }

    private void billed(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "input_tokens" -> billedInput = cursor.count();
                case "output_tokens" -> billedOutput = cursor.count();
                default -> {}
            }
        }
    }

    private @Nullable Usage toUsage() {
        if (input == UNKNOWN && billedInput == UNKNOWN && output == UNKNOWN && billedOutput == UNKNOWN) {
            return null;
        }
        long prompt = input == UNKNOWN ? Math.max(0, billedInput) : input + images;
        long completion = output == UNKNOWN ? Math.max(0, billedOutput) : output;
        return Usage.of(prompt, completion, prompt + completion, cached, reasoning, false);
    }
}
