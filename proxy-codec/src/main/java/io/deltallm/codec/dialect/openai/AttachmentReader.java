package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UrlCitation;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what an answer has beside its words: sources, sound, pictures. Confined to one attempt.
final class AttachmentReader {
    private final int choice;
    private final JsonCursor cursor = new JsonCursor();
    /// Of a text that is still to come, or that does not say what rests on what.
    private final List<RawJson> sources = new ArrayList<>(0);

    AttachmentReader(int choice) {
        this.choice = choice;
    }

    /// @param said whether there is text for sources to belong to
    void tell(
            boolean said,
            @Nullable RawJson annotations,
            @Nullable RawJson audio,
            @Nullable RawJson images,
            ChatSink sink) {
        if (annotations != null) {
            cited(said, annotations, sink);
        }
        if (audio != null) {
            audio(audio, sink);
        }
        if (images != null) {
            images(images, sink);
        }
    }

    private void cited(boolean said, RawJson annotations, ChatSink sink) {
        cursor.over(annotations);
        cursor.array();
        while (cursor.element()) {
            RawJson source = cursor.kind() == JsonKind.OBJECT ? UrlCitation.completed(cursor.raw()) : null;
            if (source != null && said) {
                sink.accept(new ChatEvent.Cited(choice, source));
            } else if (source != null) {
                sources.add(source);
            }
        }
    }

    /// Takes Perplexity's `[{"title","url"},…]`, or the bare URLs that it had before, and xAI has.
    void found(RawJson results) {
        cursor.over(results);
        cursor.array();
        while (cursor.element()) {
            if (cursor.kind() == JsonKind.OBJECT) {
                found();
            } else {
                RawJson url = AnswerReader.filled(cursor);
                if (url != null) {
                    sources.add(UrlCitation.of(url, null));
                }
            }
        }
    }

    private void found() {
        RawJson url = null;
        RawJson title = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "url" -> url = AnswerReader.filled(cursor);
                case "title" -> title = AnswerReader.filled(cursor);
                default -> {}
            }
        }
        if (url != null) {
            sources.add(UrlCitation.of(url, title));
        }
    }

    /// The answer has ended: tells what was kept.
    void end(ChatSink sink) {
        for (RawJson source : sources) {
            sink.accept(new ChatEvent.Cited(choice, source));
        }
        sources.clear();
    }

    private void audio(RawJson audio, ChatSink sink) {
        RawJson data = null;
        RawJson transcript = null;
        cursor.over(audio);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "data" -> data = AnswerReader.filled(cursor);
                case "transcript" -> transcript = AnswerReader.filled(cursor);
                default -> {}
            }
        }
        if (data != null || transcript != null) {
            sink.accept(new ChatEvent.AudioDelta(choice, data, transcript));
        }
    }

    /// OpenRouter's form: `[{"type":"image_url","image_url":{"url":"data:…"}}]`.
    private void images(RawJson images, ChatSink sink) {
        cursor.over(images);
        cursor.array();
        while (cursor.element()) {
            if (cursor.kind() == JsonKind.OBJECT) {
                image(sink);
            }
        }
    }

    private void image(ChatSink sink) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("image_url") && cursor.kind() == JsonKind.OBJECT) {
                image(sink);
            } else if (name.equals("url") && cursor.isString()
                    && Media.ofUrl(cursor.string()) instanceof Media.Inline(String mediaType, String base64)) {
                sink.accept(new ChatEvent.ImageMade(choice, mediaType, RawJson.ofText(base64)));
            }
        }
    }
}
