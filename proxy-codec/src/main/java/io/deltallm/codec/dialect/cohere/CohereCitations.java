package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Tells those citations of version 2 whose source has a URL, which is what an annotation of OpenAI's needs.
final class CohereCitations {

    private CohereCitations() {}

    /// @param citations an array of them, one of them, or nothing
    static void tell(@Nullable RawJson citations, JsonCursor cursor, ChatSink sink) {
        if (citations == null || citations.isNull()) {
            return;
        }
        cursor.over(citations);
        if (cursor.kind() == JsonKind.OBJECT) {
            tellOne(cursor, sink);
        } else if (cursor.kind() == JsonKind.ARRAY) {
            cursor.array();
            while (cursor.element()) {
                tellOne(cursor, sink);
            }
        }
    }

    private static void tellOne(JsonCursor cursor, ChatSink sink) {
        long start = 0;
        long end = 0;
        RawJson sources = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "start" -> start = cursor.longValue();
                case "end" -> end = cursor.longValue();
                case "sources" -> sources = cursor.raw();
                default -> {}
            }
        }
        if (sources != null && sources.isArray()) {
            JsonCursor source = new JsonCursor().over(sources);
            source.array();
            while (source.element()) {
                tellSource(start, end, source, sink);
            }
        }
    }

    private static void tellSource(long start, long end, JsonCursor source, ChatSink sink) {
        source.object();
        for (String name = source.name(); name != null; name = source.name()) {
            if (name.equals("document") && source.kind() == JsonKind.OBJECT) {
                Document document = Document.read(source);
                if (document.url() != null) {
                    sink.accept(new ChatEvent.Cited(0, document.annotation(start, end)));
                }
            }
        }
    }

    /// What a citation refers to.
    record Document(@Nullable RawJson url, @Nullable RawJson title) {

        static Document read(JsonCursor cursor) {
            RawJson url = null;
            RawJson title = null;
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "url" -> url = string(cursor);
                    case "title" -> title = string(cursor);
                    default -> {}
                }
            }
            return new Document(url, title);
        }

        private static @Nullable RawJson string(JsonCursor cursor) {
            return cursor.isString() ? cursor.rawString().copy() : null;
        }

        /// In OpenAI's form.
        RawJson annotation(long start, long end) {
            JsonOutput out = new JsonOutput();
            out.beginObject().member("type", "url_citation").name("url_citation").beginObject();
            out.member("start_index", start).member("end_index", end);
            out.optional("url", url).member("title", title == null ? RawJson.EMPTY_STRING : title);
            return out.endObject().endObject().toRaw();
        }
    }
}
