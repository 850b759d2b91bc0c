package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Amazon Titan's and Nova Canvas' pictures, as Bedrock's `InvokeModel` takes them
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-image.html).
final class TitanImage implements ImageUpstream {
    private static final String NEGATIVE = "negative_prompt";
    private static final Map<String, String> CONFIG =
            Map.of("seed", "seed", "cfgScale", "cfgScale", "cfg_scale", "cfgScale");

    @Override
    public void write(ImageRequest request, UpstreamCall call, String boundary, JsonOutput out) {
        out.beginObject().member("taskType", "TEXT_IMAGE").name("textToImageParams").beginObject();
        out.member("text", request.prompt());
        out.optional("negativeText", request.extras().get(NEGATIVE)).endObject();
        out.name("imageGenerationConfig").beginObject().member("numberOfImages", request.n());
        ImageRequest.Size size = request.size();
        if (size != null) {
            out.member("width", size.width()).member("height", size.height());
        }
        out.optional("quality", quality(request.quality()));
        if (request.outputFormat() != null && !request.outputFormat().equals("png")) {
            call.lost("output_format");
        }
        request.extras().forEach((name, value) -> {
            String config = CONFIG.get(name);
            if (config != null) {
                out.name(config).value(value);
            } else if (!name.equals(NEGATIVE)) {
                call.lost(name);
            }
        });
        out.endObject().endObject();
    }

    private static @Nullable String quality(@Nullable String quality) {
        return switch (quality) {
            case null -> null;
            case "hd", "high", "premium" -> "premium";
            case "auto" -> null;
            default -> "standard";
        };
    }

    @Override
    public ImageReply read(Frame body) {
        JsonCursor cursor = new JsonCursor().over(body.raw());
        List<RawJson> images = new ArrayList<>();
        String error = "";
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("images") && cursor.kind() == JsonKind.ARRAY) {
                cursor.array();
                while (cursor.element()) {
                    images.add(cursor.rawString());
                }
            } else if (name.equals("error") && !cursor.isNull()) {
                error = cursor.anyText();
            }
        }
        // Some of them may have been withheld; what is there is the answer.
        if (images.isEmpty()) {
            throw error.isEmpty() ? ProviderFailure.malformed("images is missing") : ImageUpstream.filtered(error);
        }
        return new ImageReply(images);
    }
}
