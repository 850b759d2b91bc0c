package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stability's `/v2beta/stable-image/generate/…` (https://platform.stability.ai/docs/api-reference): a form in, and JSON
/// with base64 out, or the picture itself, as `Accept` has it.
final class StabilityImage implements ImageUpstream {
    private static final List<String> RATIOS =
            List.of("1:1", "16:9", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21");
    private static final Set<String> OWN_FIELDS =
            Set.of("negative_prompt", "seed", "style_preset", "aspect_ratio", "cfg_scale", "mode");

    @Override
    public String contentType(String boundary) {
        return "multipart/form-data; boundary=" + boundary;
    }

    @Override
    public void write(ImageRequest request, UpstreamCall call, String boundary, JsonOutput out) {
        Form form = new Form(boundary, out);
        form.field("prompt", request.prompt());
        // The endpoint of Stable Diffusion 3 serves several models; the others are endpoints of their own.
        if (call.model().startsWith("sd3")) {
            form.field("model", call.model());
        }
        ImageRequest.Size size = request.size();
        if (size != null && !request.extras().containsKey("aspect_ratio")) {
            form.field("aspect_ratio", size.nearest(RATIOS));
        }
        if (request.outputFormat() != null) {
            form.field("output_format", request.outputFormat());
        }
        if (request.n() != 1) {
            call.lost("n");
        }
        if (request.quality() != null) {
            call.lost("quality");
        }
        request.extras().forEach((name, value) -> {
            if (OWN_FIELDS.contains(name)) {
                form.field(name, value.isString() ? value.text() : value.json());
            } else {
                call.lost(name);
            }
        });
        form.end();
    }

    /// A `multipart/form-data` body (RFC 7578).
    private record Form(String boundary, JsonOutput out) {

        void field(String name, String value) {
            utf8("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        }

        void end() {
            utf8("--" + boundary + "--\r\n");
        }

        private void utf8(String text) {
            out.literal(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public ImageReply read(Frame body) {
        if (body.isEmpty()) {
            throw ProviderFailure.malformed("an empty body");
        }
        if (body.bytes()[body.start()] != '{') {
            byte[] picture = Arrays.copyOfRange(body.bytes(), body.start(), body.end());
            return new ImageReply(List.of(RawJson.ofText(Base64.getEncoder().encodeToString(picture))));
        }
        JsonCursor cursor = new JsonCursor().over(body.raw());
        @Nullable RawJson image = null;
        String reason = "";
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "image" -> image = cursor.rawStringOrNull();
                case "finish_reason" -> reason = cursor.anyText();
                default -> {}
            }
        }
        // A filtered picture comes all the same, blurred.
        if (reason.equals("CONTENT_FILTERED")) {
            throw ImageUpstream.filtered("");
        }
        if (image == null) {
            throw ProviderFailure.malformed("image is missing");
        }
        return new ImageReply(List.of(image));
    }
}
