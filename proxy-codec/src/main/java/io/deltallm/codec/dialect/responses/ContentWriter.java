package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the content of a user's or instructing message, or what a tool answered. Confined to a request.
final class ContentWriter {
    private final UpstreamCall call;
    private final boolean ownDialect;
    private final JsonOutput out;

    /// @param ownDialect whether the client speaks this format too: only then its cache marks are meant for such models
    ContentWriter(UpstreamCall call, boolean ownDialect, JsonOutput out) {
        this.call = call;
        this.ownDialect = ownDialect;
        this.out = out;
    }

    /// A single text as a string, which every host takes; else parts.
    void write(List<Part> parts) {
        if (parts.isEmpty()) {
            out.value("");
            return;
        }
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(String text, CacheMark cache)
                && (cache == null || !ownDialect)) {
            out.value(text);
            return;
        }
        out.beginArray();
        parts.forEach(this::part);
        out.endArray();
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text(String text, CacheMark cache) -> text(text, cache);
            case Part.Refusal(String text) -> text(text, null);
            case Part.Image(Media media, String detail, CacheMark cache) -> image(media, detail, cache);
            case Part.Document(Media media, String title, CacheMark cache) -> document(media, title, cache);
            case Part.Audio _ -> throw Refused.request(
                    "A message holds sound, but this model is served through OpenAI's Responses API, which takes none",
                    "messages");
            case Part.Video _, Part.ToolCall _, Part.ToolResult _, Part.Thinking _, Part.RedactedThinking _,
                    Part.Opaque _ -> call.lost("messages.content");
        }
    }

    private void text(String text, @Nullable CacheMark cache) {
        out.beginObject().member("type", "input_text").member("text", text);
        end(cache);
    }

    private void image(Media media, @Nullable String detail, @Nullable CacheMark cache) {
        out.beginObject().member("type", "input_image");
        switch (media) {
            case Media.Inline inline -> out.member("image_url", inline.dataUrl());
            case Media.Remote(String url, _) -> out.member("image_url", url);
            case Media.Uploaded(String fileId) -> out.member("file_id", fileId);
            case Media.PlainText _ -> throw Refused.request("An image is given as plain text", "messages");
        }
        out.optional("detail", detail);
        end(cache);
    }

    private void document(Media media, @Nullable String title, @Nullable CacheMark cache) {
        if (media instanceof Media.PlainText(String text)) {
            text(text, cache);
            return;
        }
        out.beginObject().member("type", "input_file");
        switch (media) {
            case Media.Inline inline -> {
                // OpenAI refuses data without a name.
                out.member("filename", title == null || title.isEmpty() ? fileName(inline.mediaType()) : title);
                out.member("file_data", inline.dataUrl());
            }
            case Media.Remote(String url, _) -> out.member("file_url", url);
            case Media.Uploaded(String fileId) -> out.member("file_id", fileId);
            case Media.PlainText _ -> {}
        }
        end(cache);
    }

    private static String fileName(String mediaType) {
        return mediaType.startsWith("text/") ? "document.txt" : "document.pdf";
    }

    private void end(@Nullable CacheMark cache) {
        if (cache != null && ownDialect) {
            out.name("prompt_cache_breakpoint").beginObject().member("mode", "explicit").endObject();
        }
        out.endObject();
    }
}
