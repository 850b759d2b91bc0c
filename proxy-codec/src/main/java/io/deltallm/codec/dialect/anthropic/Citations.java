package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Anthropic's citations as OpenAI's annotations, and back. The annotation keeps the citation whole under
/// `extra_content.anthropic.citation`, since OpenAI has no word for the quoted text. Stateless.
final class Citations {

    private Citations() {}

    /// @param start where the text begins that it belongs to, in characters of the whole answer
    /// @param end where that text ends
    static RawJson annotation(RawJson citation, long start, long end) {
        RawJson url = null;
        RawJson title = null;
        JsonCursor cursor = new JsonCursor().over(citation);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "url", "source" -> url = cursor.rawStringOrNull();
                case "title", "document_title" -> title = cursor.rawStringOrNull();
                default -> {}
            }
        }
        return new JsonOutput()
                .beginObject()
                .member("type", "url_citation")
                .name("url_citation")
                .beginObject()
                .member("start_index", start)
                .member("end_index", end)
                .member("title", title == null ? RawJson.EMPTY_STRING : title)
                .member("url", url == null ? RawJson.EMPTY_STRING : url)
                .endObject()
                .name("extra_content")
                .beginObject()
                .name("anthropic")
                .beginObject()
                .member("citation", citation)
                .endObject()
                .endObject()
                .endObject()
                .toRaw();
    }

    /// Null where the annotation points nowhere.
    static @Nullable RawJson citation(RawJson annotation) {
        if (!annotation.isObject()) {
            return null;
        }
        RawJson own = path(annotation, "extra_content", "anthropic", "citation");
        if (own != null) {
            return own;
        }
        RawJson url = path(annotation, "url_citation", "url");
        if (url == null || !url.isString()) {
            return null;
        }
        RawJson title = path(annotation, "url_citation", "title");
        return new JsonOutput()
                .beginObject()
                .member("type", "web_search_result_location")
                .member("cited_text", "")
                .member("url", url)
                .member("title", title == null ? RawJson.EMPTY_STRING : title)
                .member("encrypted_index", "")
                .endObject()
                .toRaw();
    }

    private static @Nullable RawJson path(RawJson object, String... names) {
        RawJson at = object;
        for (String name : names) {
            if (at == null || !at.isObject()) {
                return null;
            }
            at = Block.child(at, name);
        }
        return at;
    }

    /// The characters that a JSON string stands for, those beyond the basic plane counted once.
    static long length(RawJson string) {
        byte[] bytes = string.bytes();
        long length = 0;
        for (int at = string.start() + 1; at < string.end() - 1; at++) {
            byte value = bytes[at];
            if (value == '\\') {
                at++;
                boolean unit = bytes[at] == 'u' && at + 4 < string.end();
                length += unit && isLowSurrogate(bytes, at + 1) ? 0 : 1;
                at += unit ? 4 : 0;
            } else if ((value & 0xC0) != 0x80) {
                length++;
            }
        }
        return length;
    }

    /// `dc00` to `dfff`: the second half of a character that has been counted.
    private static boolean isLowSurrogate(byte[] hex, int at) {
        int second = hex[at + 1] | 0x20;
        return (hex[at] | 0x20) == 'd' && second >= 'c' && second <= 'f';
    }
}
