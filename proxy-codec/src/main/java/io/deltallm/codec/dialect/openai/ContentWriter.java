package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes parts of messages. Confined to one request.
final class ContentWriter {
    private final Target target;

    ContentWriter(Target target) {
        this.target = target;
    }

    /// The parts as the value of `content`: a string if they are one text, else an array.
    void content(List<Part> all, JsonOutput out) {
        List<Part> parts = all.stream().filter(this::takes).toList();
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(String text, var cache) && !keeps(cache)) {
            out.value(text);
            return;
        }
        if (parts.isEmpty()) {
            out.value("");
            return;
        }
        out.beginArray();
        for (Part part : parts) {
            part(part, out);
        }
        out.endArray();
    }

    /// Whether there is a word for the part; else tells that it is lost.
    boolean takes(Part part) {
        boolean foreign = part instanceof Part.Opaque(var dialect, _, _) && !dialect.equals(Operation.CHAT_COMPLETIONS.label());
        if (foreign) {
            target.lost("messages[].content");
        }
        return !foreign;
    }

    /// Text only, as a string where no mark has to be kept: several hosts know nothing else in these roles.
    ///
    /// @param between what parts the texts
    void texts(List<Part> parts, String between, JsonOutput out) {
        if (parts.stream().anyMatch(part -> part instanceof Part.Text(_, var cache) && keeps(cache))) {
            content(parts, out);
            return;
        }
        StringBuilder all = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text(String text, _)) {
                all.append(all.isEmpty() ? "" : between).append(text);
            }
        }
        out.value(all.toString());
    }

    /// Whether the mark goes to the host; else tells that it is lost.
    private boolean keeps(@Nullable CacheMark cache) {
        if (cache != null && !target.takesCacheMarks()) {
            target.lost("cache_control");
            return false;
        }
        return cache != null;
    }

    private void part(Part part, JsonOutput out) {
        switch (part) {
            case Part.Text(String text, var cache) -> {
                begin("text", out).member("text", text);
                end(cache, out);
            }
            case Part.Image(Media media, var detail, var cache) -> image(media, detail, cache, out);
            case Part.Audio(Media media) -> audio(media, out);
            case Part.Video(Media media) -> video(media, out);
            case Part.Document(Media media, var title, var cache) -> document(media, title, cache, out);
            case Part.Refusal(String text) -> begin("text", out).member("text", text).endObject();
            case Part.Opaque(_, var block, _) -> out.value(block);
            case Part.ToolCall _, Part.ToolResult _, Part.Thinking _, Part.RedactedThinking _ ->
                target.lost("messages[].content");
        }
    }

    private static JsonOutput begin(String type, JsonOutput out) {
        return out.beginObject().member("type", type);
    }

    private void end(@Nullable CacheMark cache, JsonOutput out) {
        if (keeps(cache)) {
            CacheControl.write(cache, out);
        }
        out.endObject();
    }

    private void image(Media media, @Nullable String detail, @Nullable CacheMark cache, JsonOutput out) {
        String url = url(media);
        if (url == null) {
            target.lost("messages[].content[].image_url");
            return;
        }
        begin("image_url", out).name("image_url").beginObject().member("url", url);
        // Responses has a detail beyond the highest of a chat.
        out.optional("detail", "original".equals(detail) ? "high" : detail).endObject();
        end(cache, out);
    }

    private static @Nullable String url(Media media) {
        return switch (media) {
            case Media.Inline inline -> inline.dataUrl();
            case Media.Remote(String url, _) -> url;
            case Media.Uploaded _, Media.PlainText _ -> null;
        };
    }

    private void audio(Media media, JsonOutput out) {
        if (handedOn(media, out)) {
            return;
        }
        if (!(media instanceof Media.Inline(String mediaType, String base64))) {
            target.lost("messages[].content[].input_audio");
            return;
        }
        begin("input_audio", out).name("input_audio").beginObject();
        out.member("data", base64).member("format", audioFormat(mediaType)).endObject();
        out.endObject();
    }

    private static String audioFormat(String mediaType) {
        String format = mediaType.substring(mediaType.indexOf('/') + 1);
        return switch (format) {
            case "mpeg", "mp3", "mpga", "x-mp3" -> "mp3";
            case "wav", "x-wav", "wave", "vnd.wave" -> "wav";
            default -> format;
        };
    }

    /// Gateways know a sound or a film that is elsewhere as a file of its type.
    private boolean handedOn(Media media, JsonOutput out) {
        if (!target.handsOn() || !(media instanceof Media.Remote(String url, var type)) || type == null) {
            return false;
        }
        begin("file", out).name("file").beginObject().member("file_id", url).member("format", type).endObject();
        out.endObject();
        return true;
    }

    private void video(Media media, JsonOutput out) {
        if (handedOn(media, out)) {
            return;
        }
        String url = url(media);
        if (url == null || target.strict()) {
            target.lost("messages[].content[].video_url");
            return;
        }
        begin("video_url", out).name("video_url").beginObject().member("url", url).endObject();
        out.endObject();
    }

    private void document(Media media, @Nullable String title, @Nullable CacheMark cache, JsonOutput out) {
        switch (media) {
            case Media.Inline inline when inline.mediaType().startsWith("text/") -> {
                byte[] utf8 = decoded(inline.base64());
                text(title, new String(utf8, StandardCharsets.UTF_8), out);
                end(cache, out);
            }
            case Media.PlainText(String text) -> {
                text(title, text, out);
                end(cache, out);
            }
            case Media.Inline inline -> {
                begin("file", out).name("file").beginObject();
                out.member("filename", title == null ? DocumentTypes.nameFor(inline.mediaType()) : title);
                out.member("file_data", inline.dataUrl()).endObject();
                end(cache, out);
            }
            case Media.Uploaded(String fileId) -> {
                begin("file", out).name("file").beginObject().member("file_id", fileId).endObject();
                end(cache, out);
            }
            case Media.Remote(String url, _) -> remote(url, title, cache, out);
        }
    }

    /// OpenRouter takes URLs for data; OpenAI takes none at all.
    private void remote(String url, @Nullable String title, @Nullable CacheMark cache, JsonOutput out) {
        if (target.strict()) {
            target.lost("messages[].content[].file");
            return;
        }
        begin("file", out).name("file").beginObject();
        out.optional("filename", title).member("file_data", url).endObject();
        end(cache, out);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return base64.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static void text(@Nullable String title, String text, JsonOutput out) {
        begin("text", out).member("text", title == null ? text : title + "\n\n" + text);
    }
}
