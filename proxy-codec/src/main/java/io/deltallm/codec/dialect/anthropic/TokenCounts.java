package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Anthropic's counts, gathered from the begin and the end of a reply, and written. Its `input_tokens` leave out what was
/// read from and written to the cache; the hub's prompt includes both. Confined to its reader.
final class TokenCounts {
    private static final long UNSAID = -1;

    private long input;
    private long output;
    private long cacheRead;
    private long cacheWritten;
    private long thinking;
    private boolean stated;

    boolean stated() {
        return stated;
    }

    /// @param cursor at the `usage` object
    void read(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        long whole = UNSAID;
        long read = UNSAID;
        long written = UNSAID;
        long split = UNSAID;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "input_tokens" -> whole = later(whole, cursor);
                case "output_tokens" -> output = later(output, cursor);
                case "cache_read_input_tokens" -> read = later(read, cursor);
                case "cache_creation_input_tokens" -> written = later(written, cursor);
                case "cache_creation" -> split = sum(cursor);
                case "output_tokens_details" -> details(cursor);
                default -> {}
            }
        }
        prompt(whole, read, Math.max(written, split));
    }

    /// The end of a reply counts the prompt anew if it counts it at all: what was compacted meanwhile, cache and all, is
    /// less than at the beginning.
    private void prompt(long whole, long read, long written) {
        if (whole > 0) {
            input = whole;
            cacheRead = read == UNSAID ? cacheRead : read;
            cacheWritten = written == UNSAID ? cacheWritten : written;
        } else {
            cacheRead = Math.max(cacheRead, read);
            cacheWritten = Math.max(cacheWritten, written);
        }
    }

    /// Bedrock's own counts, at the end of a stream.
    ///
    /// @param cursor at `amazon-bedrock-invocationMetrics`
    void readMetrics(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "inputTokenCount" -> input = later(input, cursor);
                case "outputTokenCount" -> output = later(output, cursor);
                case "cacheReadInputTokenCount" -> cacheRead = later(cacheRead, cursor);
                case "cacheWriteInputTokenCount" -> cacheWritten = later(cacheWritten, cursor);
                default -> {}
            }
        }
    }

    private long later(long known, JsonCursor cursor) {
        if (cursor.skipNull()) {
            return known;
        }
        stated = true;
        return Math.max(known, cursor.count());
    }

    /// By how long they are kept: `ephemeral_5m_input_tokens`, `ephemeral_1h_input_tokens`.
    private static long sum(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return UNSAID;
        }
        long sum = 0;
        cursor.object();
        while (cursor.name() != null) {
            sum += cursor.count();
        }
        return sum;
    }

    private void details(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("thinking_tokens")) {
                thinking = later(thinking, cursor);
            }
        }
    }

    Usage usage() {
        long prompt = input + cacheRead + cacheWritten;
        return new Usage(prompt, output, prompt + output, cacheRead, cacheWritten, thinking, 0, 0, false);
    }

    /// The members of a `usage` object.
    static void write(@Nullable Usage usage, JsonOutput out) {
        // Azure has been seen to count more tokens from its cache than the prompt has.
        long prompt = usage == null ? 0 : usage.promptTokens();
        long cached = usage == null ? 0 : Math.min(prompt, usage.cachedTokens());
        long written = usage == null ? 0 : Math.min(prompt - cached, usage.cacheWriteTokens());
        out.member("input_tokens", prompt - cached - written);
        out.member("cache_creation_input_tokens", written);
        out.member("cache_read_input_tokens", cached);
        out.member("output_tokens", usage == null ? 0 : usage.completionTokens());
        if (usage != null && usage.reasoningTokens() > 0) {
            out.name("output_tokens_details")
                    .beginObject()
                    .member("thinking_tokens", usage.reasoningTokens())
                    .endObject();
        }
    }
}
