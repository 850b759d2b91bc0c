package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;
import java.util.ArrayList;
import java.util.List;

/// Writes what tools answered. Google wants an object, where others have a text. Confined to one request.
final class ToolResultWriter {
    private final GeminiModel model;
    private final boolean writesIds;
    private final MediaWriter media;
    private final JsonOutput out;

    ToolResultWriter(GeminiModel model, boolean writesIds, MediaWriter media, JsonOutput out) {
        this.model = model;
        this.writesIds = writesIds;
        this.media = media;
        this.out = out;
    }

    /// @param aside takes what the model does not read within a result, for the content that follows
    void write(Part.ToolResult result, String name, List<Part> aside) {
        out.beginObject().name("functionResponse").beginObject();
        if (writesIds && CallsMade.isGiven(result.callId())) {
            out.member("id", result.callId());
        }
        out.member("name", name).name("response");
        response(result);
        pictures(result, name, aside);
        out.endObject().endObject();
    }

    private void response(Part.ToolResult result) {
        String text = result.text();
        boolean object = JsonSyntax.isObject(text);
        if (object && !result.error()) {
            out.value(RawJson.ofLiteral(text.strip()));
            return;
        }
        out.beginObject();
        if (!result.error() && result.content().stream().noneMatch(Part.Text.class::isInstance)) {
            out.endObject(); // nothing but pictures
            return;
        }
        out.name(result.error() ? "error" : "result");
        if (object) {
            out.value(RawJson.ofLiteral(text.strip()));
        } else {
            out.value(text);
        }
        out.endObject();
    }

    private void pictures(Part.ToolResult result, String name, List<Part> aside) {
        List<Part> within = new ArrayList<>();
        boolean announced = false;
        for (Part part : result.content()) {
            if (part instanceof Part.Text || !isMedia(part)) {
                continue;
            }
            if (model.takesMediaResults() && isReadWithin(part)) {
                within.add(part);
                continue;
            }
            if (!announced) {
                aside.add(Part.Text.of("From the result of " + name + ":"));
                announced = true;
            }
            aside.add(part);
        }
        if (!within.isEmpty()) {
            out.name("parts").beginArray();
            within.forEach(media::write);
            out.endArray();
        }
    }

    private static boolean isMedia(Part part) {
        return part instanceof Part.Image
                || part instanceof Part.Audio
                || part instanceof Part.Video
                || part instanceof Part.Document;
    }

    private static boolean isReadWithin(Part part) {
        return switch (part) {
            case Part.Image _ -> true;
            case Part.Document(var source, _, _) -> !(source instanceof Media.PlainText);
            default -> false;
        };
    }
}
