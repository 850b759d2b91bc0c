package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;

/// A format in which providers are asked for embeddings. Stateless.
interface EmbeddingUpstream extends ErrorReader {

    /// Whether an input may be more than a text.
    default boolean takesParts() {
        return false;
    }

    void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out);

    /// @param body at the reply's first value
    EmbeddingReply read(JsonCursor body, Fields fields);

    @Override
    default GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }
}
