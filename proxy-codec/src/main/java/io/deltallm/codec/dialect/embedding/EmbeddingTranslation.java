package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.WholeCall;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/// Embeddings from one format to another by way of their hub. Stateless, thread-safe.
final class EmbeddingTranslation implements Translation {
    private final EmbeddingClient client;
    private final EmbeddingUpstream upstream;
    private final Operation to;

    EmbeddingTranslation(EmbeddingClient client, EmbeddingUpstream upstream, Operation to) {
        this.client = client;
        this.upstream = upstream;
        this.to = to;
    }

    @Override
    public Operation to() {
        return to;
    }

    @Override
    public TranslatedCall begin(Asked asked, UpstreamCall target) {
        EmbeddingRequest request = read(asked);
        if (!request.parts().isEmpty() && !upstream.takesParts()) {
            throw Refused.request(
                    "input holds an object, which this model's provider does not take (expected: a string or a list of strings)",
                    "input");
        }
        JsonOutput out = new JsonOutput();
        upstream.write(request, target, out);
        return WholeCall.json(out, upstream, (fields, reply, output) -> reply(request, asked.client(), fields, reply, output));
    }

    private EmbeddingRequest read(Asked asked) {
        try {
            return client.read(new JsonCursor().over(asked.body()), asked.defaults());
        } catch (JsonProblem problem) {
            throw Refused.body(problem);
        }
    }

    private @Nullable Usage reply(
            EmbeddingRequest request, ClientCall call, Fields fields, Frame body, JsonOutput out) {
        EmbeddingReply reply = upstream.read(new JsonCursor().over(body.raw()), fields);
        int wanted = request.texts().size();
        if (reply.vectors().size() != wanted) {
            throw ProviderFailure.malformed(reply.vectors().size() + " vectors for " + wanted + " inputs");
        }
        client.write(reply, request, call, out);
        return reply.usage();
    }
}
