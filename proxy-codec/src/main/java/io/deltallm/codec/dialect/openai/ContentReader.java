package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a message's `content`: a text, or parts. Confined to one request.
final class ContentReader {
    private static final String KNOWN =
            "text, image_url, input_audio, file, video_url, document_url, refusal or thinking";

    private @Nullable String type;
    private @Nullable String text;
    private @Nullable Part media;
    private @Nullable CacheMark cache;
    private @Nullable String signature;

    /// The parts; empty for `null`.
    List<Part> read(JsonCursor body) {
        List<Part> parts = new ArrayList<>(1);
        switch (body.kind()) {
            case NULL -> body.skipNull();
            case STRING -> parts.add(Part.Text.of(body.string()));
            case ARRAY -> {
                body.array();
                while (body.element()) {
                    Part part = body.isString() ? Part.Text.of(body.string()) : part(body);
                    if (part != null) {
                        parts.add(part);
                    }
                }
            }
            default -> throw body.problem("is " + body.kind().described() + " (expected: a string or an array of parts)");
        }
        return parts;
    }

    private @Nullable Part part(JsonCursor body) {
        String path = body.path();
        type = text = signature = null;
        media = null;
        cache = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            member(name, body);
        }
        return made(path);
    }

    private void member(String name, JsonCursor body) {
        if (body.isNull()) {
            return;
        }
        switch (name) {
            case "type" -> type = body.string();
            case "text", "refusal" -> text = body.string();
            case "thinking" -> text = thoughts(body);
            case "signature" -> signature = body.string();
            case "cache_control" -> cache = CacheControl.read(body);
            case "image_url", "input_image" -> media = MediaReader.image(body);
            case "input_audio" -> media = MediaReader.audio(body);
            case "video_url" -> media = new Part.Video(Media.ofUrl(MediaReader.url(body)));
            case "document_url" -> media = new Part.Document(Media.ofUrl(MediaReader.url(body)), null, null);
            case "file" -> media = MediaReader.file(body);
            default -> {}
        }
    }

    /// A text, or Mistral's list of texts.
    private static String thoughts(JsonCursor body) {
        if (body.kind() != JsonKind.ARRAY) {
            return body.string();
        }
        StringBuilder thoughts = new StringBuilder();
        body.array();
        while (body.element()) {
            body.object();
            for (String name = body.name(); name != null; name = body.name()) {
                if (name.equals("text")) {
                    thoughts.append(body.string());
                }
            }
        }
        return thoughts.toString();
    }

    private @Nullable Part made(String path) {
        String kind = type == null ? "" : type;
        return switch (kind) {
            case "text", "input_text", "output_text" -> new Part.Text(needed(text, path, "text"), cache);
            // Mistral's mark between two texts of an answer: numbers of its own sources, which say nothing to others.
            case "reference" -> text == null ? null : new Part.Text(text, cache);
            case "refusal" -> new Part.Refusal(needed(text, path, "refusal"));
            case "thinking" -> new Part.Thinking(needed(text, path, "thinking"), signature, null);
            case "image_url", "input_audio", "file", "video_url", "document_url" -> marked(needed(media, path, kind));
            case "" -> throw Refused.request(path + ".type is missing (expected: " + KNOWN + ")", path + ".type");
            default -> throw Refused.request(
                    path + ".type is \"" + kind + "\" (expected: " + KNOWN + ")", path + ".type");
        };
    }

    private static <T> T needed(@Nullable T value, String path, String member) {
        if (value == null) {
            throw Refused.request(path + "." + member + " is missing", path + "." + member);
        }
        return value;
    }

    private Part marked(Part part) {
        return switch (part) {
            case Part.Image(Media where, var detail, _) -> new Part.Image(where, detail, cache);
            case Part.Document(Media where, var title, _) -> new Part.Document(where, title, cache);
            default -> part;
        };
    }
}
