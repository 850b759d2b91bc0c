package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.frame.AwsEventCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads Titan's replies: plain ones hold `results`, pieces of a stream are like a result themselves. Confined to one
/// attempt.
final class TitanReplyReader implements ReplyReader {
    private final JsonCursor cursor = new JsonCursor();
    private final InvokeReply reply = new InvokeReply();
    private @Nullable RawJson text;
    private @Nullable String reason;

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (frame.event().startsWith(AwsEventCutter.EXCEPTION)) {
            reply.fail(new ChatEvent.Failed(BedrockErrors.inStream(frame.event(), frame)), sink);
            return;
        }
        reply.start(sink);
        text = null;
        reason = null;
        result(cursor.over(frame.bytes(), frame.start(), frame.end()), true);
        reply.text(text, sink);
        String ended = reason;
        if (ended != null) {
            reply.stop(finish(ended), sink);
        }
    }

    private void result(JsonCursor object, boolean outer) {
        object.object();
        for (String name = object.name(); name != null; name = object.name()) {
            switch (name) {
                case "outputText" -> text = object.rawStringOrNull();
                case "completionReason" -> reason = object.stringOrNull();
                case "inputTextTokenCount" -> reply.promptTokens(object.count());
                case "tokenCount", "totalOutputTextTokenCount" -> reply.completionTokens(object.count());
                case InvokeReply.GUARDRAIL -> reply.guardrail(object);
                case "amazon-bedrock-invocationMetrics" -> reply.metrics(object);
                case "results" -> {
                    if (outer) {
                        results(object);
                    }
                }
                default -> {}
            }
        }
    }

    /// There is one.
    private void results(JsonCursor array) {
        array.array();
        for (int i = 0; array.element(); i++) {
            if (i == 0) {
                result(array, false);
            }
        }
    }

    private static FinishReason finish(String reason) {
        return switch (reason) {
            case "LENGTH" -> FinishReason.LENGTH;
            case "CONTENT_FILTERED" -> FinishReason.CONTENT_FILTER;
            case "STOP_CRITERIA_MET" -> FinishReason.STOP_SEQUENCE;
            default -> FinishReason.STOP;
        };
    }

    @Override
    public void end(ChatSink sink) {
        reply.end(sink);
    }
}
