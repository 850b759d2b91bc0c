package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the content of a message, or what a tool answered: a string, or parts. Stateless.
final class ContentReader {
    private static final String KINDS = "input_text, input_image, input_file, input_audio, output_text or refusal";

    private ContentReader() {}

    static List<Part> read(ObjectFields owner, String member) {
        RawJson content = owner.raw(member);
        if (content == null) {
            throw owner.missing(member, "a string or an array of parts");
        }
        if (content.isString()) {
            return List.of(Part.Text.of(content.text()));
        }
        if (!content.isArray()) {
            throw owner.wrong(member, "a string or an array of parts");
        }
        List<Part> parts = new ArrayList<>();
        owner.each(member, (element, where) -> parts.add(part(ObjectFields.of(element, where))));
        return parts;
    }

    private static Part part(ObjectFields part) {
        return switch (part.needText("type")) {
            case "input_text", "output_text", "text" -> new Part.Text(part.needText("text"), cache(part));
            case "refusal" -> new Part.Refusal(part.needText("refusal"));
            case "input_image" -> new Part.Image(image(part), part.text("detail"), cache(part));
            case "input_file" -> new Part.Document(file(part), part.text("filename"), cache(part));
            case "input_audio" -> new Part.Audio(audio(part));
            default -> throw part.wrong("type", KINDS);
        };
    }

    private static @Nullable CacheMark cache(ObjectFields part) {
        return part.has("prompt_cache_breakpoint") ? CacheMark.DEFAULT : null;
    }

    private static Media image(ObjectFields part) {
        String fileId = part.text("file_id");
        return fileId == null ? Media.ofUrl(part.needText("image_url")) : new Media.Uploaded(fileId);
    }

    private static Media file(ObjectFields part) {
        String fileId = part.text("file_id");
        if (fileId != null) {
            return new Media.Uploaded(fileId);
        }
        String url = part.text("file_url");
        if (url != null) {
            return Media.ofUrl(url);
        }
        String data = part.text("file_data");
        if (data == null) {
            throw part.missing("file_data", "a data: URL; or file_url or file_id instead");
        }
        boolean dataUrl = data.regionMatches(true, 0, "data:", 0, 5);
        return Media.ofUrl(dataUrl ? data : "data:" + mediaType(part.text("filename")) + ";base64," + data);
    }

    /// For base64 without a `data:` prefix, which some clients send.
    private static String mediaType(@Nullable String filename) {
        boolean text = filename != null && (filename.endsWith(".txt") || filename.endsWith(".md"));
        return text ? "text/plain" : "application/pdf";
    }

    private static Media audio(ObjectFields part) {
        ObjectFields audio = part.object("input_audio");
        if (audio == null) {
            throw part.missing("input_audio", "an object with data and format");
        }
        String format = audio.needText("format");
        String data = audio.needText("data");
        return switch (format) {
            case "wav", "flac", "ogg", "aac" -> Media.ofUrl("data:audio/" + format + ";base64," + data);
            case "mp3" -> Media.ofUrl("data:audio/mpeg;base64," + data);
            default -> throw Refused.request(
                    audio.where("format") + " is \"" + format + "\" (expected: wav or mp3)", audio.where("format"));
        };
    }
}
