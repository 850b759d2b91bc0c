package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.json.JsonCursor;

/// Reads `stream_options`. Stateless.
final class StreamOptions {

    private StreamOptions() {}

    static boolean includeUsage(JsonCursor body) {
        boolean includeUsage = false;
        if (body.skipNull()) {
            return false;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("include_usage")) {
                includeUsage = Boolean.TRUE.equals(body.booleanOrNull());
            }
        }
        return includeUsage;
    }
}
