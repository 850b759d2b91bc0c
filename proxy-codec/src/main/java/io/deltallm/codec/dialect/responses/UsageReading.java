package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;

/// Reads `usage`. Stateless.
final class UsageReading {

    private UsageReading() {}

    static Usage read(JsonCursor cursor) {
        long input = 0;
        long output = 0;
        long total = -1;
        long[] cached = new long[2];
        long[] reasoning = new long[1];
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (cursor.isNull()) {
                continue;
            }
            switch (name) {
                case "input_tokens" -> input = cursor.count();
                case "output_tokens" -> output = cursor.count();
                case "total_tokens" -> total = cursor.count();
                case "input_tokens_details" -> details(cursor, cached, "cached_tokens", "cache_write_tokens");
                case "output_tokens_details" -> details(cursor, reasoning, "reasoning_tokens", "");
                default -> {}
            }
        }
        long sum = total < 0 ? input + output : total;
        return new Usage(input, output, sum, cached[0], cached[1], reasoning[0], 0, 0, false);
    }

    private static void details(JsonCursor cursor, long[] into, String first, String second) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (cursor.kind() != JsonKind.NUMBER) {
                continue;
            }
            if (name.equals(first)) {
                into[0] = cursor.count();
            } else if (name.equals(second)) {
                into[1] = cursor.count();
            }
        }
    }
}
