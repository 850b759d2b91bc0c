package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonOutput;

/// Writes OpenAI's `usage` object. Stateless.
final class UsageWriter {

    private UsageWriter() {}

    static void write(Usage usage, JsonOutput out) {
        out.beginObject();
        out.member("prompt_tokens", usage.promptTokens());
        out.member("completion_tokens", usage.completionTokens());
        out.member("total_tokens", usage.totalTokens());
        out.name("prompt_tokens_details").beginObject();
        out.member("cached_tokens", usage.cachedTokens());
        out.member("audio_tokens", usage.promptAudioTokens());
        if (usage.cacheWriteTokens() > 0) {
            out.member("cache_write_tokens", usage.cacheWriteTokens());
        }
        out.endObject();
        out.name("completion_tokens_details").beginObject();
        out.member("reasoning_tokens", usage.reasoningTokens());
        out.member("audio_tokens", usage.completionAudioTokens());
        out.member("accepted_prediction_tokens", 0);
        out.member("rejected_prediction_tokens", 0);
        out.endObject().endObject();
    }
}
