package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UrlCitation;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads a citation of the web as OpenAI's annotation; other places have no word there.
final class ConverseCitation {

    private ConverseCitation() {}

    /// The annotation; null where the citation names no URL.
    static @Nullable RawJson read(JsonCursor cursor) {
        RawJson title = null;
        RawJson url = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "title" -> title = cursor.rawStringOrNull();
                case "location" -> url = url(cursor);
                default -> {}
            }
        }
        return url == null ? null : UrlCitation.of(url, title == null ? url : title);
    }

    private static @Nullable RawJson url(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.OBJECT) {
            cursor.skip();
            return null;
        }
        RawJson url = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("web")) {
                url = webUrl(cursor);
            }
        }
        return url;
    }

    private static @Nullable RawJson webUrl(JsonCursor cursor) {
        RawJson url = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("url")) {
                url = cursor.rawStringOrNull();
            }
        }
        return url;
    }
}
