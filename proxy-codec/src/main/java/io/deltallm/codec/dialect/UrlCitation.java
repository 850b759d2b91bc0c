package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// A source as OpenAI's clients insist on it: `{"type":"url_citation","url_citation":{"url","title","start_index",
/// "end_index"}}`, all four there. Stateless.
public final class UrlCitation {

    private UrlCitation() {}

    /// A source that belongs to no passage.
    public static RawJson of(RawJson url, @Nullable RawJson title) {
        JsonOutput out = new JsonOutput().beginObject().member("type", "url_citation");
        out.name("url_citation").beginObject().member("start_index", 0).member("end_index", 0);
        out.member("url", url).member("title", title == null ? RawJson.EMPTY_STRING : title);
        return out.endObject().endObject().toRaw();
    }

    /// The annotation with what its host left out, and with all that it has besides; null where it names no URL, as
    /// sources in files do, which only the API that keeps the files has a word for.
    public static @Nullable RawJson completed(RawJson annotation) {
        JsonOutput out = new JsonOutput().beginObject();
        boolean pointed = false;
        JsonCursor cursor = new JsonCursor().over(annotation);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("url_citation") && cursor.kind() == JsonKind.OBJECT) {
                pointed = citation(cursor, out.name(name));
            } else {
                out.anyName(name).value(cursor.raw());
            }
        }
        return pointed ? out.endObject().toRaw() : null;
    }

    private static boolean citation(JsonCursor cursor, JsonOutput out) {
        boolean url = false;
        boolean title = false;
        boolean start = false;
        boolean end = false;
        out.beginObject();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (!cursor.skipNull()) {
                url |= name.equals("url") && cursor.isString();
                title |= name.equals("title");
                start |= name.equals("start_index");
                end |= name.equals("end_index");
                out.anyName(name).value(cursor.raw());
            }
        }
        unless(start, "start_index", out);
        unless(end, "end_index", out);
        if (!title) {
            out.member("title", "");
        }
        out.endObject();
        return url;
    }

    private static void unless(boolean there, String name, JsonOutput out) {
        if (!there) {
            out.member(name, 0);
        }
    }
}
