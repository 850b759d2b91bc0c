package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.frame.AwsEventCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;

/// Reads Llama's replies; pieces of a stream are like a whole one. Confined to one attempt.
final class LlamaReplyReader implements ReplyReader {
    private final JsonCursor cursor = new JsonCursor();
    private final InvokeReply reply = new InvokeReply();

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (frame.event().startsWith(AwsEventCutter.EXCEPTION)) {
            reply.fail(new ChatEvent.Failed(BedrockErrors.inStream(frame.event(), frame)), sink);
            return;
        }
        reply.start(sink);
        RawJson text = null;
        String reason = null;
        cursor.over(frame.bytes(), frame.start(), frame.end()).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "generation" -> text = cursor.rawStringOrNull();
                case "stop_reason" -> reason = cursor.stringOrNull();
                case "prompt_token_count" -> reply.promptTokens(cursor.count());
                case "generation_token_count" -> reply.completionTokens(cursor.count());
                case InvokeReply.GUARDRAIL -> reply.guardrail(cursor);
                case "amazon-bedrock-invocationMetrics" -> reply.metrics(cursor);
                default -> {}
            }
        }
        reply.text(text, sink);
        if (reason != null) {
            reply.stop(reason.equals("length") ? FinishReason.LENGTH : FinishReason.STOP, sink);
        }
    }

    @Override
    public void end(ChatSink sink) {
        reply.end(sink);
    }
}
