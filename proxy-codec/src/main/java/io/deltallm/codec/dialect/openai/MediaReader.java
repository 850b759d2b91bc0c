package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the values of `image_url`, `input_audio`, `file` and `video_url` in parts. Stateless.
final class MediaReader {
    private static final int LONGEST_SCHEME = 12;

    private MediaReader() {}

    /// `{url, detail}`, or the URL alone as Mistral takes it.
    static Part image(JsonCursor body) {
        if (body.isString()) {
            return new Part.Image(Media.ofUrl(body.string()), null, null);
        }
        String path = body.path();
        String url = "";
        String detail = null;
        String format = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "url" -> url = body.string();
                case "detail" -> detail = body.stringOrNull();
                case "format" -> format = body.stringOrNull();
                default -> {}
            }
        }
        return new Part.Image(media(url, format, path), detail, null);
    }

    private static Media media(String url, @Nullable String format, String path) {
        if (url.isBlank()) {
            throw Refused.request(path + ".url is missing (expected: a https or data URL)", path + ".url");
        }
        return remote(url.strip(), format);
    }

    private static Media remote(String url, @Nullable String format) {
        Media media = Media.ofUrl(url);
        return media instanceof Media.Remote(String address, _) && format != null
                ? new Media.Remote(address, format)
                : media;
    }

    /// `{"url": …}`, or the URL alone.
    static String url(JsonCursor body) {
        if (body.isString()) {
            return body.string();
        }
        String path = body.path();
        String url = "";
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            url = name.equals("url") ? body.string() : url;
        }
        if (url.isBlank()) {
            throw Refused.request(path + ".url is missing (expected: a https or data URL)", path + ".url");
        }
        return url;
    }

    /// `{data, format}`; some clients send a data URL for the data.
    static Part audio(JsonCursor body) {
        String path = body.path();
        String data = "";
        String format = "wav";
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "data" -> data = body.string();
                case "format" -> format = body.string();
                default -> {}
            }
        }
        if (data.isEmpty()) {
            throw Refused.request(path + ".data is missing (expected: base64)", path + ".data");
        }
        return new Part.Audio(inline(data, audioType(format)));
    }

    private static String audioType(String format) {
        String lower = format.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "mp3" -> "audio/mpeg";
            default -> lower.indexOf('/') < 0 ? "audio/" + lower : lower;
        };
    }

    private static Media inline(String data, String mediaType) {
        return isUrl(data) ? Media.ofUrl(data) : Media.ofUrl("data:" + mediaType + ";base64," + data);
    }

    /// Base64 has no colon.
    private static boolean isUrl(String text) {
        int colon = text.indexOf(':', 0, Math.min(LONGEST_SCHEME, text.length()));
        return colon > 0 && (text.startsWith("://", colon) || text.startsWith("data"));
    }

    /// `{file_data | file_id | file_url, filename, format}`. Gateways take URLs for ids, OpenRouter for data.
    static Part file(JsonCursor body) {
        String path = body.path();
        String title = null;
        String format = null;
        String data = null;
        String place = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (body.skipNull()) {
                continue;
            }
            switch (name) {
                case "file_data" -> data = body.string();
                case "file_id", "file_url" -> place = body.string();
                case "filename" -> title = body.string();
                case "format" -> format = body.string();
                default -> {}
            }
        }
        if (data != null) {
            return new Part.Document(data(data, title, format), title, null);
        }
        if (place != null) {
            return new Part.Document(placed(place, format), title, null);
        }
        throw Refused.request(path + ".file_data is missing (expected: file_data or file_id)", path + ".file_data");
    }

    private static Media data(String data, @Nullable String title, @Nullable String format) {
        return isUrl(data) ? remote(data, format) : inline(data, format == null ? DocumentTypes.ofName(title) : format);
    }

    private static Media placed(String place, @Nullable String format) {
        return isUrl(place) ? remote(place, format) : new Media.Uploaded(place);
    }
}
