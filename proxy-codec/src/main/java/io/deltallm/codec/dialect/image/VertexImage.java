package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Imagen at Vertex AI's `:predict`
/// (https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api).
final class VertexImage implements ImageUpstream {
    private static final List<String> RATIOS = List.of("1:1", "3:4", "4:3", "9:16", "16:9");
    /// OpenAI's spelling of what Google has too, and Google's own.
    private static final Map<String, String> PARAMETERS = Map.of(
            "negative_prompt", "negativePrompt",
            "negativePrompt", "negativePrompt",
            "seed", "seed",
            "aspectRatio", "aspectRatio",
            "aspect_ratio", "aspectRatio",
            "enhancePrompt", "enhancePrompt",
            "personGeneration", "personGeneration",
            "safetySetting", "safetySetting",
            "addWatermark", "addWatermark",
            "language", "language");

    @Override
    public void write(ImageRequest request, UpstreamCall call, String boundary, JsonOutput out) {
        out.beginObject().name("instances").beginArray();
        out.beginObject().member("prompt", request.prompt()).endObject().endArray();
        out.name("parameters").beginObject().member("sampleCount", request.n());
        Set<String> said = request.extras().keySet();
        ImageRequest.Size size = request.size();
        if (size != null && !said.contains("aspectRatio") && !said.contains("aspect_ratio")) {
            out.member("aspectRatio", size.nearest(RATIOS));
        }
        if (request.outputFormat() != null) {
            out.name("outputOptions").beginObject().member("mimeType", "image/" + request.outputFormat()).endObject();
        }
        if (request.quality() != null) {
            call.lost("quality");
        }
        request.extras().forEach((name, value) -> {
            String parameter = PARAMETERS.get(name);
            if (parameter == null) {
                call.lost(name);
            } else {
                out.name(parameter).value(value);
            }
        });
        out.endObject().endObject();
    }

    @Override
    public ImageReply read(Frame body) {
        JsonCursor cursor = new JsonCursor().over(body.raw());
        Predictions predictions = new Predictions();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("predictions")) {
                cursor.array();
                while (cursor.element()) {
                    predictions.read(cursor);
                }
            }
        }
        if (predictions.images.isEmpty()) {
            throw ImageUpstream.filtered(predictions.filteredReason);
        }
        return new ImageReply(predictions.images);
    }

    private static final class Predictions {
        private final List<RawJson> images = new ArrayList<>();
        private String filteredReason = "";

        private void read(JsonCursor cursor) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "bytesBase64Encoded" -> images.add(cursor.rawString());
                    case "raiFilteredReason" -> filteredReason = cursor.anyText();
                    default -> {}
                }
            }
        }
    }
}
