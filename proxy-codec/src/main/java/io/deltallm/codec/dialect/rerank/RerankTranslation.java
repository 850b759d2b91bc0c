package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.WholeCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;

/// A ranking in Cohere's form from a provider of another. Stateless, thread-safe.
final class RerankTranslation implements Translation {
    private final RerankUpstream upstream;
    private final Operation to;

    RerankTranslation(RerankUpstream upstream, Operation to) {
        this.upstream = upstream;
        this.to = to;
    }

    @Override
    public Operation to() {
        return to;
    }

    @Override
    public TranslatedCall begin(Asked asked, UpstreamCall target) {
        RerankRequest request = read(asked);
        JsonOutput out = new JsonOutput();
        upstream.write(request, target, out);
        return WholeCall.json(out, upstream, (_, frame, output) -> {
            RerankReply reply = upstream.read(new JsonCursor().over(frame.raw()));
            reply.write(request, asked.client(), output);
            return reply.usage();
        });
    }

    private static RerankRequest read(Asked asked) {
        try {
            return RerankRequest.read(new JsonCursor().over(asked.body()), asked.defaults());
        } catch (JsonProblem problem) {
            throw Refused.body(problem);
        }
    }
}
