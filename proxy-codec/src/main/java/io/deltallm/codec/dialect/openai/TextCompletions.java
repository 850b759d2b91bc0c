package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;

/// OpenAI's legacy completions, answered by chat models: the prompt is what the user says
/// (https://platform.openai.com/docs/api-reference/completions). Stateless, thread-safe.
public final class TextCompletions implements ClientDialect {
    private final OpenAiErrors errors = new OpenAiErrors();

    @Override
    public ChatRequest readRequest(JsonCursor body, PathCall path) {
        return new TextCompletionsRequestReader().read(body);
    }

    @Override
    public ReplyWriter replyWriter(ClientCall call) {
        return call.streamed() ? new TextCompletionsStreamWriter(call) : new TextCompletionsReplyWriter(call);
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
