package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent.Failed;
import io.deltallm.codec.chat.ChatEvent.Started;
import io.deltallm.codec.chat.ChatEvent.Stopped;
import io.deltallm.codec.chat.ChatEvent.Used;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads a reply, plain or streamed: an event of a stream is a whole reply that holds a piece. Confined to one attempt.
final class ContentReplyReader implements ReplyReader {
    private static final int OK = 200;

    private final JsonCursor cursor = new JsonCursor();
    private final JsonCursor inner = new JsonCursor();
    private final CandidateReader candidates;
    private final UsageMetadata usageReader = new UsageMetadata();
    private boolean started;
    private boolean failed;
    private boolean blocked;

    private @Nullable RawJson id;
    private @Nullable RawJson model;
    private @Nullable RawJson answers;
    private @Nullable RawJson usage;
    private @Nullable RawJson feedback;
    private boolean error;

    ContentReplyReader(boolean streamed) {
        this.candidates = new CandidateReader(streamed);
    }

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (failed || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        cursor.over(frame.bytes(), frame.start(), frame.end());
        if (cursor.kind() != JsonKind.ARRAY) {
            reply(frame, sink);
            return;
        }
        cursor.array(); // asked without alt=sse, Google answers in a list
        while (cursor.element()) {
            reply(frame, sink);
        }
    }

    private void reply(Frame frame, ChatSink sink) {
        if (started) {
            piece(frame, sink);
        } else {
            first(frame, sink);
        }
    }

    /// The model's name and the reply's id stand behind the answer, but are told before it.
    private void first(Frame frame, ChatSink sink) {
        outline();
        if (error) {
            fail(frame, sink);
            return;
        }
        started = true;
        sink.accept(new Started(id, model));
        if (answers != null) {
            candidates.read(inner.over(answers), sink);
        }
        if (usage != null) {
            used(inner.over(usage), sink);
        }
        if (feedback != null) {
            feedback(inner.over(feedback));
        }
    }

    /// Any other is read in one go.
    private void piece(Frame frame, ChatSink sink) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (cursor.isNull()) {
                continue;
            }
            switch (name) {
                case "candidates" -> candidates.read(cursor, sink);
                case "usageMetadata" -> used(cursor, sink);
                case "promptFeedback" -> feedback(cursor);
                case "error" -> fail(frame, sink);
                default -> {}
            }
        }
    }

    private void fail(Frame frame, ChatSink sink) {
        if (!failed) {
            failed = true;
            sink.accept(new Failed(GoogleErrors.read(OK, Fields.NONE, frame)));
        }
    }

    private void used(JsonCursor metadata, ChatSink sink) {
        Usage stated = usageReader.read(metadata);
        if (stated != null) {
            sink.accept(new Used(stated));
        }
    }

    private void outline() {
        id = null;
        model = null;
        answers = null;
        usage = null;
        feedback = null;
        error = false;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "candidates" -> answers = cursor.skipNull() ? null : cursor.raw();
                case "usageMetadata" -> usage = cursor.skipNull() ? null : cursor.raw();
                case "promptFeedback" -> feedback = cursor.skipNull() ? null : cursor.raw();
                case "modelVersion" -> model = cursor.rawStringOrNull();
                case "responseId" -> id = cursor.rawStringOrNull();
                case "error" -> error = !cursor.skipNull();
                default -> {}
            }
        }
    }

    private void feedback(JsonCursor prompt) {
        prompt.object();
        for (String name = prompt.name(); name != null; name = prompt.name()) {
            blocked |= name.equals("blockReason") && !prompt.isNull();
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (failed) {
            return;
        }
        if (candidates.complete()) {
            candidates.end(sink);
            return;
        }
        if (blocked) {
            // The prompt was refused: there is no answer, or no more of it.
            sink.accept(new Stopped(0, FinishReason.CONTENT_FILTER, null));
            return;
        }
        failed = true;
        String what = candidates.any() ? "before its answer was complete" : "without an answer";
        sink.accept(new Failed(
                GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider ended its reply " + what)));
    }
}
