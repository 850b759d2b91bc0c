package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.openai.OpenAiErrorReader;
import io.deltallm.codec.dialect.responses.ItemTrack.Thoughts;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a streamed reply: deltas as they come, and from the `done` events what some hosts tell only there. Confined to one
/// attempt.
final class StreamReader implements ReplyReader {
    /// The last event's name says less than a status of these: some hosts have no other last event than `completed`.
    private static final Set<String> FINAL = Set.of("incomplete", "failed", "cancelled");

    private final EventFields event = new EventFields();
    private final ItemEvents items = new ItemEvents();
    private final ItemTracks tracks = new ItemTracks();
    private boolean started;
    private boolean ended;

    @Override
    public void read(Frame frame, ChatSink sink) {
        // OpenRouter ends with [DONE].
        if (ended || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        event.read(frame);
        switch (event.type) {
            case "response.created", "response.in_progress", "response.queued" -> start(sink);
            case "response.output_item.added" -> items.begin(need(event.item, "item"), tracks.begin(event.outputIndex), sink);
            case "response.output_item.done" -> items.whole(need(event.item, "item"), track(), sink);
            case "response.output_text.delta" -> text(sink);
            case "response.output_text.done" -> textDone(sink);
            case "response.refusal.delta" -> refusal(event.delta, sink);
            case "response.refusal.done" -> refusalDone(sink);
            case "response.output_text.annotation.added" -> annotation(sink);
            case "response.function_call_arguments.delta" -> arguments(sink);
            case "response.function_call_arguments.done" -> items.arguments(
                    need(event.arguments, "arguments"), track(), sink);
            case "response.reasoning_summary_part.added" -> summaryPart(sink);
            case "response.reasoning_summary_text.delta" -> thought(Thoughts.SUMMARY, sink);
            case "response.reasoning_text.delta" -> thought(Thoughts.TEXT, sink);
            case "response.completed" -> end("completed", sink);
            case "response.incomplete" -> end("incomplete", sink);
            case "response.failed" -> end("failed", sink);
            case "response.cancelled" -> end("cancelled", sink);
            case "error" -> fail(event.error == null ? frame.raw() : event.error, sink);
            default -> other(sink);
        }
    }

    private static RawJson need(@Nullable RawJson value, String member) {
        if (value == null) {
            throw BrokenReply.because("The provider sent an event without its " + member);
        }
        return value;
    }

    private static RawJson needString(@Nullable RawJson value, String member) {
        RawJson string = need(value, member);
        if (!string.isString()) {
            throw BrokenReply.because("The provider sent an event whose " + member + " is no string");
        }
        return string;
    }

    private ItemTrack track() {
        return tracks.at(event.outputIndex);
    }

    private void start(ChatSink sink) {
        if (!started && event.response != null) {
            started = true;
            sink.accept(ResponseFields.read(new JsonCursor().over(event.response)).started());
        }
    }

    private void text(ChatSink sink) {
        RawJson delta = needString(event.delta, "delta");
        track().text = true;
        sink.accept(new ChatEvent.TextDelta(0, delta));
        ItemEvents.logprobs(event.logprobs, sink);
    }

    /// For hosts that send no deltas.
    private void textDone(ChatSink sink) {
        ItemTrack track = track();
        if (!track.text && event.text != null) {
            track.text = true;
            sink.accept(new ChatEvent.TextDelta(0, needString(event.text, "text")));
            ItemEvents.logprobs(event.logprobs, sink);
        }
    }

    private void refusal(@Nullable RawJson text, ChatSink sink) {
        track().text = true;
        sink.accept(new ChatEvent.RefusalDelta(0, needString(text, "refusal")));
    }

    private void refusalDone(ChatSink sink) {
        if (!track().text) {
            refusal(event.refusal, sink);
        }
    }

    private void annotation(ChatSink sink) {
        track().cited = true;
        ItemEvents.cite(need(event.annotation, "annotation"), sink);
    }

    private void arguments(ChatSink sink) {
        ItemTrack track = track();
        if (track.call == ItemTrack.NO_CALL) {
            throw BrokenReply.because("The provider sent arguments of a call that it had not begun");
        }
        track.arguments = true;
        sink.accept(new ChatEvent.ToolDelta(0, track.call, needString(event.delta, "delta")));
    }

    private void summaryPart(ChatSink sink) {
        if (event.summaryIndex > 0 && track().thoughts == Thoughts.SUMMARY) {
            ItemEvents.border(sink);
        }
    }

    private void thought(Thoughts source, ChatSink sink) {
        RawJson delta = needString(event.delta, "delta");
        if (track().tells(source)) {
            sink.accept(new ChatEvent.ThinkingDelta(0, delta));
        }
    }

    private void end(String status, ChatSink sink) {
        ended = true;
        ResponseFields response = ResponseFields.read(new JsonCursor().over(need(event.response, "response")));
        if (!started) {
            started = true;
            sink.accept(response.started());
        }
        if (tracks.isEmpty() && response.output() != null) {
            untoldOutput(response.output(), sink);
        }
        response.end(FINAL.contains(response.status()) ? response.status() : status, items.calls(), sink);
    }

    /// For hosts that tell items only in the last event.
    private void untoldOutput(RawJson output, ChatSink sink) {
        JsonCursor cursor = new JsonCursor().over(output);
        cursor.array();
        for (int i = 0; cursor.element(); i++) {
            items.whole(cursor.raw(), new ItemTrack(i), sink);
        }
    }

    private void fail(RawJson error, ChatSink sink) {
        ended = true;
        sink.accept(new ChatEvent.Failed(OpenAiErrorReader.inReply(error)));
    }

    /// What is not known is passed over, but for an error that has no type of its own.
    private void other(ChatSink sink) {
        if (event.error != null) {
            fail(event.error, sink);
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (!ended) {
            sink.accept(new ChatEvent.Failed(
                    BrokenReply.error("The provider's stream ended before it said how the response ended")));
        }
    }
}
