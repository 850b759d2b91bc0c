package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.LineFrameCutter;
import io.deltallm.codec.json.JsonOutput;

/// Cohere's chat, version 1, which old deployments still speak: streams are lines of JSON. Stateless, thread-safe.
public final class CohereChatV1 implements UpstreamDialect {

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new CohereV1Request(request, call, out).write();
    }

    @Override
    public FrameCutter streamCutter() {
        return new LineFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return new CohereV1Reader(streamed);
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }
}
