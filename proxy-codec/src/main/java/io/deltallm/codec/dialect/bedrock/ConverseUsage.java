package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;

/// Reads `usage`: its input tokens are those that came neither from a cache nor went into one.
final class ConverseUsage {

    private ConverseUsage() {}

    static Usage read(JsonCursor cursor) {
        long input = 0;
        long output = 0;
        long total = -1;
        long read = 0;
        long written = 0;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "inputTokens" -> input = cursor.count();
                case "outputTokens" -> output = cursor.count();
                case "totalTokens" -> total = cursor.count();
                // An older name of the same stands beside it at times.
                case "cacheReadInputTokens", "cacheReadInputTokenCount" -> read = Math.max(read, cursor.count());
                case "cacheWriteInputTokens", "cacheWriteInputTokenCount" -> written = Math.max(written, cursor.count());
                default -> {}
            }
        }
        long prompt = input + read + written;
        return new Usage(prompt, output, total < 0 ? prompt + output : total, read, written, 0, 0, 0, false);
    }
}
