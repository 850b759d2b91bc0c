package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes parts of a request as content blocks. One a request.
final class BlockWriter {
    private final JsonOutput out;

    BlockWriter(JsonOutput out) {
        this.out = out;
    }

    /// A text where there is nothing but one, blocks otherwise.
    void content(List<Part> parts) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(var text, var cache) && cache == null) {
            out.value(text);
        } else {
            blocks(parts, List.of());
        }
    }

    void blocks(List<Part> first, List<Part> then) {
        out.beginArray();
        first.forEach(this::block);
        then.forEach(this::block);
        out.endArray();
    }

    private void block(Part part) {
        switch (part) {
            case Part.Text(var text, var cache) -> text(text, cache);
            case Part.Image(var media, _, var cache) -> media("image", media, null, cache);
            case Part.Document(var media, var title, var cache) -> document(media, title, cache);
            case Part.ToolCall call -> toolCall(call);
            case Part.ToolResult result -> toolResult(result);
            case Part.Thinking(var text, var signature, _) -> out.beginObject()
                    .member("type", "thinking")
                    .member("thinking", text)
                    .optional("signature", signature)
                    .endObject();
            case Part.RedactedThinking(var data, _) -> out.beginObject()
                    .member("type", "redacted_thinking")
                    .member("data", data)
                    .endObject();
            case Part.Opaque(_, var block, _) -> out.value(block);
            case Part.Refusal(var text) -> text(text, null);
            case Part.Audio _, Part.Video _ -> throw new IllegalStateException("no block for " + part);
        }
    }

    private void text(String text, @Nullable CacheMark cache) {
        out.beginObject().member("type", "text").member("text", text);
        end(cache);
    }

    private void document(Media media, @Nullable String title, @Nullable CacheMark cache) {
        boolean image = media instanceof Media.Inline inline && mediaType(inline).startsWith("image/");
        media(image ? "image" : "document", media, image ? null : title, cache);
    }

    private void media(String type, Media media, @Nullable String title, @Nullable CacheMark cache) {
        out.beginObject().member("type", type).name("source").beginObject();
        switch (media) {
            case Media.Inline inline -> inline(inline);
            case Media.Remote(var url, _) -> out.member("type", "url").member("url", url);
            case Media.Uploaded(var id) -> out.member("type", "file").member("file_id", id);
            case Media.PlainText(var text) -> plainText(text);
        }
        out.endObject().optional("title", title);
        end(cache);
    }

    private void inline(Media.Inline media) {
        String type = mediaType(media);
        if (isText(type)) {
            plainText(decoded(media.base64()));
        } else {
            out.member("type", "base64").member("media_type", type).member("data", media.base64());
        }
    }

    private static boolean isText(String type) {
        return type.startsWith("text/")
                || type.endsWith("/json")
                || type.endsWith("+json")
                || (type.endsWith("/xml") && type.startsWith("application/"));
    }

    private void plainText(String text) {
        out.member("type", "text").member("media_type", "text/plain").member("data", text);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }

    /// What the bytes are, whatever the client says: Anthropic refuses a picture that is another than it is said to be.
    private static String mediaType(Media.Inline media) {
        String said = media.mediaType();
        boolean unsaid = said.equals("application/octet-stream") || said.endsWith("/*") || said.indexOf('/') <= 0;
        if (!unsaid && !said.startsWith("image/")) {
            return said;
        }
        String begin = media.base64();
        return begin.startsWith("iVBORw0KGgo") ? "image/png"
                : begin.startsWith("/9j/") ? "image/jpeg"
                : begin.startsWith("R0lGOD") ? "image/gif"
                : begin.startsWith("UklGR") ? "image/webp"
                : begin.startsWith("JVBERi0") ? "application/pdf"
                : said.equals("image/jpg") ? "image/jpeg" : said;
    }

    private void toolCall(Part.ToolCall call) {
        out.beginObject()
                .member("type", "tool_use")
                .member("id", call.id())
                .member("name", ToolNames.safe(call.name()))
                .member("input", Turns.arguments(call));
        end(call.cache());
    }

    private void toolResult(Part.ToolResult result) {
        out.beginObject().member("type", "tool_result").member("tool_use_id", result.callId());
        if (!result.content().isEmpty()) {
            out.name("content");
            content(result.content());
        }
        if (result.error()) {
            out.member("is_error", true);
        }
        end(result.cache());
    }

    private void end(@Nullable CacheMark cache) {
        cacheMark(cache, out);
        out.endObject();
    }

    static void cacheMark(@Nullable CacheMark cache, JsonOutput out) {
        if (cache != null) {
            out.name("cache_control")
                    .beginObject()
                    .member("type", "ephemeral")
                    .optional("ttl", cache.ttl())
                    .endObject();
        }
    }
}
