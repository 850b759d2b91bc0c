package io.deltallm.codec.dialect.watsonx;

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

/// watsonx' chat: OpenAI's messages under other names. The date in its `version` query is the endpoint's. Stateless,
/// thread-safe.
public final class WatsonxChat implements UpstreamDialect {

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new WatsonxRequest(request, call, out).write();
    }

    @Override
    public FrameCutter streamCutter() {
        return new SseFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return new WatsonxReader(streamed);
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }

    @Override
    public boolean fetches(String url) {
        return false;
    }
}
