package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;

/// A format in which providers are asked for a ranking. Stateless.
interface RerankUpstream extends ErrorReader {

    void write(RerankRequest request, UpstreamCall call, JsonOutput out);

    /// @param body at the reply's first value
    RerankReply read(JsonCursor body);

    @Override
    default GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }
}
