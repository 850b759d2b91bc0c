package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.WholeCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import java.util.Map;

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
    public TranslatedCall begin(
            RawJson body, PathCall path, ClientCall call, UpstreamCall target, Map<String, String> defaults) {
        RerankRequest request = read(body, defaults);
        JsonOutput out = new JsonOutput();
        upstream.write(request, target, out);
        return WholeCall.json(out, upstream, (_, frame, output) -> {
            RerankReply reply = upstream.read(new JsonCursor().over(frame.raw()));
            reply.write(request, call, output);
            return reply.usage();
        });
    }

    private static RerankRequest read(RawJson body, Map<String, String> defaults) {
        try {
            return RerankRequest.read(new JsonCursor().over(body), defaults);
        } catch (JsonProblem problem) {
            throw Refused.request(
                    (problem.path().isEmpty() ? "The body" : problem.path()) + " " + problem.problem(),
                    problem.path().isEmpty() ? null : problem.path());
        }
    }
}
