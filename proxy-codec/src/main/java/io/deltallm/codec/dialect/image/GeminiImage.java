package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.gemini.GenerateContent;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gemini's models that draw, asked by `generateContent` (https://ai.google.dev/gemini-api/docs/image-generation): the
/// picture is a part of an answer, and may come with words.
final class GeminiImage implements ImageUpstream {
    private static final List<String> RATIOS =
            List.of("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9");
    /// OpenAI's spelling of what Google has too, and Google's own.
    private static final Map<String, String> CONFIG = Map.of(
            "aspectRatio", "aspectRatio",
            "aspect_ratio", "aspectRatio",
            "imageSize", "imageSize",
            "image_size", "imageSize");
    private static final int LONGEST_WORDS = 300;

    private final GenerateContent gemini = new GenerateContent();

    @Override
    public void write(ImageRequest request, UpstreamCall call, String boundary, JsonOutput out) {
        out.beginObject().name("contents").beginArray().beginObject().member("role", "user");
        out.name("parts").beginArray().beginObject().member("text", request.prompt()).endObject().endArray();
        out.endObject().endArray().name("generationConfig").beginObject();
        // The first of these models make no picture without words.
        out.name("responseModalities").beginArray().value("TEXT").value("IMAGE").endArray();
        config(request, call, out);
        out.endObject().endObject();
        if (request.n() != 1) {
            call.lost("n");
        }
        if (request.quality() != null) {
            call.lost("quality");
        }
        if (request.outputFormat() != null) {
            call.lost("output_format");
        }
    }

    private static void config(ImageRequest request, UpstreamCall call, JsonOutput out) {
        JsonOutput config = new JsonOutput().beginObject();
        boolean stated = false;
        for (Map.Entry<String, RawJson> extra : request.extras().entrySet()) {
            String name = CONFIG.get(extra.getKey());
            if (name == null) {
                call.lost(extra.getKey());
            } else {
                config.name(name).value(extra.getValue());
                stated = true;
            }
        }
        ImageRequest.Size size = request.size();
        boolean shaped = request.extras().containsKey("aspectRatio") || request.extras().containsKey("aspect_ratio");
        if (size != null && !shaped) {
            config.member("aspectRatio", size.nearest(RATIOS));
            stated = true;
        }
        if (stated) {
            out.name("imageConfig").value(config.endObject().toRaw());
        }
    }

    @Override
    public ImageReply read(Frame body) {
        Drawn drawn = new Drawn();
        ReplyReader reader = gemini.replyReader(false);
        reader.read(body, drawn);
        reader.end(drawn);
        if (drawn.images.isEmpty()) {
            throw drawn.withheld();
        }
        return new ImageReply(drawn.images, drawn.usage);
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return gemini.readError(status, fields, body);
    }

    /// The pictures of an answer, and its words in case there are none.
    private static final class Drawn implements ChatSink {
        private final List<RawJson> images = new ArrayList<>();
        private final StringBuilder words = new StringBuilder();
        private boolean filtered;
        private @Nullable Usage usage;

        @Override
        public void accept(ChatEvent event) {
            switch (event) {
                case ChatEvent.ImageMade(_, _, RawJson base64) -> images.add(base64.copy());
                case ChatEvent.TextDelta(_, RawJson text) -> words.append(text.text());
                case ChatEvent.Stopped(_, FinishReason reason, _) -> filtered |= reason == FinishReason.CONTENT_FILTER;
                case ChatEvent.Used(Usage stated) -> usage = stated;
                case ChatEvent.Failed(GatewayError error) -> throw new Refused(error);
                default -> {}
            }
        }

        Refused withheld() {
            String said = words.substring(0, Math.min(words.length(), LONGEST_WORDS));
            if (filtered) {
                return ImageUpstream.filtered(said);
            }
            return new Refused(GatewayError.of(
                    ErrorCode.PROVIDER_REJECTED, "The model answered without an image" + (said.isEmpty() ? "" : ": " + said)));
        }
    }
}
