package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.WholeCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;

/// Pictures in OpenAI's form from a provider of another. Stateless, thread-safe.
final class ImageTranslation implements Translation {
    private final ImageUpstream upstream;
    private final Operation to;

    ImageTranslation(ImageUpstream upstream, Operation to) {
        this.upstream = upstream;
        this.to = to;
    }

    @Override
    public Operation to() {
        return to;
    }

    @Override
    public TranslatedCall begin(Asked asked, UpstreamCall target) {
        ImageRequest request = read(asked);
        String boundary = boundary(asked.client().id(), asked.body());
        JsonOutput out = new JsonOutput();
        upstream.write(request, target, boundary, out);
        return new WholeCall(out, upstream.contentType(boundary), upstream, (_, frame, output) -> {
            ImageReply reply = upstream.read(frame);
            reply.write(asked.client(), output);
            return reply.usage();
        });
    }

    /// A text that the body does not have: grown until that is so.
    private static String boundary(String id, RawJson body) {
        String text = body.json();
        StringBuilder boundary = new StringBuilder("deltallm-").append(id);
        while (text.contains(boundary)) {
            boundary.append("-0");
        }
        return boundary.toString();
    }

    private static ImageRequest read(Asked asked) {
        try {
            return ImageRequest.read(new JsonCursor().over(asked.body()), asked.defaults());
        } catch (JsonProblem problem) {
            throw Refused.body(problem);
        }
    }
}
