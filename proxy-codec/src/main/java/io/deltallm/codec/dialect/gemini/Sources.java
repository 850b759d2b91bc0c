package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent.Cited;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer rests on: `groundingMetadata` and `citationMetadata` as OpenAI's annotations, and annotations as
/// `groundingMetadata`. Stateless.
final class Sources {

    private Sources() {}

    private record Source(RawJson url, @Nullable RawJson title) {}

    private record Span(long start, long end, List<Integer> sources) {}

    /// Tells each source of each passage; sources of no passage stand at 0.
    ///
    /// @param text where its characters are: a passage is told in bytes
    static void readGrounding(RawJson metadata, int choice, ByteOffsets text, ChatSink sink) {
        List<@Nullable Source> sources = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        JsonCursor cursor = new JsonCursor().over(metadata);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "groundingChunks" -> chunks(cursor, sources);
                case "groundingSupports" -> supports(cursor, spans);
                default -> {}
            }
        }
        boolean[] told = new boolean[sources.size()];
        for (Span span : spans) {
            for (int index : span.sources()) {
                if (index >= 0 && index < told.length) {
                    told[index] = true;
                    long start = text.characters(span.start());
                    tell(choice, sources.get(index), start, text.characters(span.end()), sink);
                }
            }
        }
        for (int i = 0; i < told.length; i++) {
            if (!told[i]) {
                tell(choice, sources.get(i), 0, 0, sink);
            }
        }
    }

    private static void chunks(JsonCursor cursor, List<@Nullable Source> into) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            Source source = null;
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "web", "retrievedContext", "maps" -> source = source(cursor);
                    default -> {}
                }
            }
            into.add(source);
        }
    }

    private static @Nullable Source source(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return null;
        }
        RawJson url = null;
        RawJson title = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "uri" -> url = cursor.rawStringOrNull();
                case "title" -> title = cursor.rawStringOrNull();
                default -> {}
            }
        }
        return url == null ? null : new Source(url, title);
    }

    private static void supports(JsonCursor cursor, List<Span> into) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            long[] range = new long[2];
            List<Integer> sources = new ArrayList<>();
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "segment" -> range(cursor, range);
                    case "groundingChunkIndices" -> indices(cursor, sources);
                    default -> {}
                }
            }
            into.add(new Span(range[0], range[1], sources));
        }
    }

    private static void range(JsonCursor cursor, long[] range) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "startIndex" -> range[0] = number(cursor);
                case "endIndex" -> range[1] = number(cursor);
                default -> {}
            }
        }
    }

    private static void indices(JsonCursor cursor, List<Integer> into) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            into.add((int) number(cursor));
        }
    }

    private static long number(JsonCursor cursor) {
        return cursor.kind() == JsonKind.NUMBER ? cursor.longValue() : 0;
    }

    /// `citationSources` at the Gemini API, `citations` at Vertex AI.
    static void readCitations(RawJson metadata, int choice, ByteOffsets text, ChatSink sink) {
        JsonCursor cursor = new JsonCursor().over(metadata);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if ((name.equals("citationSources") || name.equals("citations")) && cursor.kind() == JsonKind.ARRAY) {
                cursor.array();
                while (cursor.element()) {
                    citation(cursor, choice, text, sink);
                }
            }
        }
    }

    private static void citation(JsonCursor cursor, int choice, ByteOffsets text, ChatSink sink) {
        long start = 0;
        long end = 0;
        RawJson url = null;
        RawJson title = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "startIndex" -> start = number(cursor);
                case "endIndex" -> end = number(cursor);
                case "uri" -> url = cursor.rawStringOrNull();
                case "title" -> title = cursor.rawStringOrNull();
                default -> {}
            }
        }
        tell(choice, url == null ? null : new Source(url, title), text.characters(start), text.characters(end), sink);
    }

    private static void tell(int choice, @Nullable Source source, long start, long end, ChatSink sink) {
        if (source == null) {
            return;
        }
        JsonOutput out = new JsonOutput().beginObject().member("type", "url_citation");
        out.name("url_citation").beginObject().member("start_index", start).member("end_index", end);
        RawJson title = source.title();
        out.member("url", source.url()).member("title", title == null ? RawJson.EMPTY_STRING : title);
        sink.accept(new Cited(choice, out.endObject().endObject().toRaw()));
    }

    /// Writes annotations as `groundingMetadata`.
    static void write(List<RawJson> annotations, JsonOutput out) {
        JsonOutput chunks = new JsonOutput().beginArray();
        JsonOutput supports = new JsonOutput().beginArray();
        int index = 0;
        for (RawJson annotation : annotations) {
            JsonCursor cursor = new JsonCursor().over(annotation);
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("url_citation") && cursor.kind() == JsonKind.OBJECT) {
                    write(cursor, index++, chunks, supports);
                }
            }
        }
        out.beginObject().member("groundingChunks", chunks.endArray().toRaw());
        out.member("groundingSupports", supports.endArray().toRaw()).endObject();
    }

    private static void write(JsonCursor cursor, int index, JsonOutput chunks, JsonOutput supports) {
        long start = 0;
        long end = 0;
        chunks.beginObject().name("web").beginObject();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "url" -> chunks.member("uri", cursor.raw());
                case "title" -> chunks.member("title", cursor.raw());
                case "start_index" -> start = number(cursor);
                case "end_index" -> end = number(cursor);
                default -> {}
            }
        }
        chunks.endObject().endObject();
        if (end > start) {
            supports.beginObject().name("segment").beginObject();
            supports.member("startIndex", start).member("endIndex", end).endObject();
            supports.name("groundingChunkIndices").beginArray().value(index).endArray().endObject();
        }
    }
}
