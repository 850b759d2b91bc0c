package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import org.jspecify.annotations.Nullable;

/// One answer on its way, piece by piece of a stream or whole in a plain reply. Confined to one attempt.
final class ChoiceReader {
    private final int index;
    private final AnswerReader answer;
    private boolean stopped;
    private boolean brokeOff;

    ChoiceReader(int index) {
        this.index = index;
        this.answer = new AnswerReader(index);
    }

    int index() {
        return index;
    }

    void found(RawJson results) {
        answer.found(results);
    }

    void take(ChoiceFields fields, ChatSink sink) {
        RawJson logprobs = fields.logprobs();
        if (logprobs != null) {
            sink.accept(new ChatEvent.Logprobs(index, logprobs));
        }
        RawJson said = fields.said();
        if (said != null) {
            answer.read(said, fields.whole(), sink);
        }
        if (fields.error() == null) {
            stop(FinishWords.read(fields.finish()), sink);
        }
    }

    private void stop(@Nullable FinishReason reason, ChatSink sink) {
        if (reason == null || stopped) {
            return;
        }
        if (reason == FinishReason.ERROR) {
            brokeOff = true;
            return;
        }
        stopped = true;
        answer.end(sink);
        // A call that was forced by name ends with "stop".
        boolean called = answer.calledTools() && reason == FinishReason.STOP;
        sink.accept(new ChatEvent.Stopped(index, called ? FinishReason.TOOL_CALLS : reason, null));
    }

    boolean stopped() {
        return stopped;
    }

    /// Whether the host says that it failed in the middle.
    boolean brokeOff() {
        return brokeOff;
    }

    void close(ChatSink sink) {
        stop(FinishReason.STOP, sink);
    }
}
