package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.dialect.StrictSchema;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;

/// OpenAI's chat completions, spoken by clients and by most providers
/// (https://platform.openai.com/docs/api-reference/chat). Stateless, thread-safe.
public final class ChatCompletions implements ClientDialect, UpstreamDialect {
    private final OpenAiErrors errors = new OpenAiErrors();
    private final OpenAiErrorReader errorReader = new OpenAiErrorReader();

    @Override
    public ChatRequest readRequest(JsonCursor body, PathCall path) {
        return new ChatCompletionsRequestReader().read(body);
    }

    @Override
    public ReplyWriter replyWriter(ClientCall call) {
        return call.streamed() ? new ChatCompletionsStreamWriter(call) : new ChatCompletionsReplyWriter(call);
    }

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new ChatCompletionsRequestWriter(call).write(request, out);
    }

    @Override
    public boolean knows(String dialect) {
        return dialect.equals(Operation.CHAT_COMPLETIONS.label());
    }

    @Override
    public boolean holdsTo(RawJson schema, UpstreamCall call) {
        return StrictSchema.holds(schema, call);
    }

    @Override
    public FrameCutter streamCutter() {
        return new SseFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return streamed ? new ChatCompletionsStreamReader() : new ChatCompletionsReplyReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return errorReader.readError(status, fields, body);
    }

    @Override
    public void writeError(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        errors.writeError(error, requestId, epochSeconds, out);
    }

    @Override
    public void writeErrorEvent(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        errors.writeErrorEvent(error, requestId, epochSeconds, out);
    }
}
