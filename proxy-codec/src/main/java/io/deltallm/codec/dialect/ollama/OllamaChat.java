package io.deltallm.codec.dialect.ollama;

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

/// Ollama's own chat: streams are lines of JSON. Stateless, thread-safe.
public final class OllamaChat implements UpstreamDialect {

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new OllamaRequest(request, call, out).write();
    }

    @Override
    public FrameCutter streamCutter() {
        return new LineFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return new OllamaReader();
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
