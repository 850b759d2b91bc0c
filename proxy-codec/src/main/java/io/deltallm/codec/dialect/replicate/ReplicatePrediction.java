package io.deltallm.codec.dialect.replicate;

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

/// A prediction of a language model. A whole reply is a [Prediction] that has ended, which its caller waits and asks for; a
/// stream is what is found at the address that the prediction names for it. Stateless, thread-safe.
public final class ReplicatePrediction implements UpstreamDialect {

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new ReplicateRequest(request, call, out).write();
    }

    @Override
    public FrameCutter streamCutter() {
        return new SseFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return streamed ? new ReplicateStreamReader() : new ReplicateReplyReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }
}
