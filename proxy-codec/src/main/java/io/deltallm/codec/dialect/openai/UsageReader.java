package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads a `usage` object as OpenAI and its imitators state it. Confined to one reply.
final class UsageReader {
    private static final long UNSAID = -1;

    private long prompt;
    private long completion;
    private long total;
    private long cached;
    private long cacheWrites;
    private long reasoning;
    private long promptAudio;
    private long completionAudio;

    /// What the object at the cursor states; null where it states no tokens.
    @Nullable Usage read(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return null;
        }
        prompt = completion = total = UNSAID;
        cached = cacheWrites = reasoning = promptAudio = completionAudio = 0;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            member(name, cursor);
        }
        return prompt < 0 && completion < 0 && total < 0 ? null : complete();
    }

    private void member(String name, JsonCursor cursor) {
        switch (name) {
            case "prompt_tokens", "input_tokens" -> prompt = count(cursor, prompt);
            case "completion_tokens", "output_tokens" -> completion = count(cursor, completion);
            case "total_tokens" -> total = count(cursor, total);
            case "prompt_tokens_details", "input_tokens_details" -> details(cursor, true);
            case "completion_tokens_details", "output_tokens_details" -> details(cursor, false);
            case "prompt_cache_hit_tokens", "num_cached_tokens", "cached_tokens", "cache_read_input_tokens" ->
                cached = Math.max(cached, count(cursor, 0));
            case "cache_creation_input_tokens" -> cacheWrites = Math.max(cacheWrites, count(cursor, 0));
            case "reasoning_tokens" -> reasoning = Math.max(reasoning, count(cursor, 0));
            default -> {}
        }
    }

    private void details(JsonCursor cursor, boolean ofPrompt) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "cached_tokens" -> cached = Math.max(cached, count(cursor, 0));
                case "cache_write_tokens" -> cacheWrites = Math.max(cacheWrites, count(cursor, 0));
                case "reasoning_tokens" -> reasoning = count(cursor, reasoning);
                case "audio_tokens" -> {
                    long audio = count(cursor, 0);
                    promptAudio = ofPrompt ? audio : promptAudio;
                    completionAudio = ofPrompt ? completionAudio : audio;
                }
                default -> {}
            }
        }
    }

    private static long count(JsonCursor cursor, long otherwise) {
        return cursor.kind() == JsonKind.NUMBER ? cursor.count() : otherwise;
    }

    private Usage complete() {
        completion = Math.max(completion, 0);
        prompt = prompt < 0 ? Math.max(total - completion, 0) : prompt;
        total = total < 0 ? prompt + completion : total;
        if (reasoning > 0 && total == prompt + completion + reasoning) {
            // xAI counts reasoning beside the completion, all others within it.
            completion += reasoning;
        }
        return new Usage(
                prompt, completion, total, cached, cacheWrites, reasoning, promptAudio, completionAudio, false);
    }
}
