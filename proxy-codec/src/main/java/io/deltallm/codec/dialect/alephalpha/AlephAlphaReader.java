package io.deltallm.codec.dialect.alephalpha;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads a reply. A plain one has a list of completions; a stream has pieces (`stream_chunk`), the end
/// (`stream_summary`), and the counts (`completion_summary`), under the same names. Confined to one attempt.
final class AlephAlphaReader implements ReplyReader {
    private static final long UNKNOWN = -1;

    private final JsonCursor cursor = new JsonCursor();

    private boolean known;
    private boolean started;
    private boolean failed;
    private @Nullable FinishReason reason;
    private boolean told;
    private long prompt = UNKNOWN;
    private long completion = UNKNOWN;

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (failed || told || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        if (!started) {
            started = true;
            sink.accept(new ChatEvent.Started(null, null));
        }
        known = false;
        members(frame, sink);
        if (!known) {
            failed = true;
            sink.accept(ProviderFailure.inside(500, frame));
        }
    }

    /// The counts come behind the end of the answer, so that is told last.
    @Override
    public void end(ChatSink sink) {
        if (failed || told) {
            return;
        }
        if (reason == null) {
            sink.accept(ProviderFailure.cutShort());
            return;
        }
        told = true;
        if (prompt != UNKNOWN && completion != UNKNOWN) {
            sink.accept(new ChatEvent.Used(Usage.of(prompt, completion, prompt + completion, 0, 0, false)));
        }
        sink.accept(new ChatEvent.Stopped(0, reason, null));
    }

    private void members(Frame frame, ChatSink sink) {
        cursor.over(frame.raw()).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "type" -> known = true;
                case "completions" -> completions(sink);
                case "num_tokens_prompt_total" -> prompt = cursor.count();
                case "num_tokens_generated" -> completion = cursor.count();
                default -> member(name, sink);
            }
        }
    }

    private void completions(ChatSink sink) {
        known = true;
        cursor.array();
        while (cursor.element()) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                member(name, sink);
            }
        }
    }

    private void member(String name, ChatSink sink) {
        if (name.equals("completion")) {
            RawJson text = cursor.rawStringOrNull();
            if (text != null && !text.isEmptyString()) {
                sink.accept(new ChatEvent.TextDelta(0, text));
            }
        } else if (name.equals("finish_reason")) {
            String why = cursor.stringOrNull();
            reason = why == null ? reason : reason(why);
        }
    }

    private static FinishReason reason(String why) {
        return switch (why) {
            case "maximum_tokens" -> FinishReason.LENGTH;
            case "stop_sequence_reached" -> FinishReason.STOP_SEQUENCE;
            default -> FinishReason.STOP;
        };
    }
}
