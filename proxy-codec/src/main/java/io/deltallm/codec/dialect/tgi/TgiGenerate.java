package io.deltallm.codec.dialect.tgi;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonOutput;

/// `/generate` and `/generate_stream`, or `/` for both. Stateless, thread-safe.
public final class TgiGenerate implements UpstreamDialect {

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new TgiRequest(request, call, out).write();
    }

    @Override
    public FrameCutter streamCutter() {
        return new SseFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return streamed ? new TgiStreamReader() : new TgiReplyReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }
}
