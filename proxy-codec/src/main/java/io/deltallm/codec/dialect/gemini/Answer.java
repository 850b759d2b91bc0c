package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One candidate of a reply to a client, as far as it is not written. Confined to one reply.
final class Answer {
    private final int index;
    private final List<AnswerPiece> pieces = new ArrayList<>();
    private final List<CallInMaking> calls = new ArrayList<>();
    private final List<RawJson> annotations = new ArrayList<>();
    private final List<RawJson> logprobs = new ArrayList<>();
    private @Nullable FinishReason finish;
    private boolean malformed;
    private boolean thoughtLast;

    Answer(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    /// Whether nothing waits to be written before the next piece.
    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean thoughtLast() {
        return thoughtLast;
    }

    void last(boolean thought) {
        thoughtLast = thought;
    }

    void add(AnswerPiece piece) {
        pieces.add(piece);
    }

    void words(RawJson text, boolean thought) {
        if (lastPiece() instanceof AnswerPiece.Words words && words.thought == thought && !words.isSigned()) {
            words.add(text);
        } else {
            pieces.add(new AnswerPiece.Words(thought).add(text));
        }
    }

    void sign(RawJson signature) {
        if (lastPiece() instanceof AnswerPiece.Words words && !words.isSigned()) {
            words.sign(signature.copy());
        } else {
            pieces.add(new AnswerPiece.Words(false).sign(signature.copy()));
        }
    }

    private @Nullable AnswerPiece lastPiece() {
        return pieces.isEmpty() ? null : pieces.getLast();
    }

    void call(ChatEvent.ToolStarted started) {
        CallInMaking call = new CallInMaking(started);
        calls.add(call);
        pieces.add(call);
    }

    /// A call that was begun; null for deltas without a beginning.
    @Nullable CallInMaking call(int tool) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).tool() == tool) {
                return calls.get(i);
            }
        }
        return null;
    }

    /// Whether all that waits are calls with all their arguments.
    boolean isWhole() {
        for (AnswerPiece piece : pieces) {
            if (piece instanceof CallInMaking call && !call.isWhole()) {
                return false;
            }
        }
        return true;
    }

    void cite(RawJson annotation) {
        annotations.add(annotation.copy());
    }

    void logprobs(RawJson piece) {
        logprobs.add(piece.copy());
    }

    void stop(FinishReason reason) {
        finish = reason;
    }

    /// Writes what waits as parts, in an array that is open, and forgets it. A call that is no JSON is left out, and told by
    /// the finish reason.
    int writeParts(JsonOutput out) {
        int written = 0;
        for (AnswerPiece piece : pieces) {
            if (piece.isSound()) {
                piece.write(out);
                written++;
            } else {
                malformed = true;
            }
        }
        pieces.clear();
        calls.clear();
        return written;
    }

    /// Writes the members that end a candidate.
    void writeEnd(JsonOutput out) {
        FinishReason reason = finish;
        if (reason != null) {
            boolean asStated = reason == FinishReason.LENGTH || !malformed;
            out.member("finishReason", asStated ? GoogleFinish.written(reason) : GoogleFinish.MALFORMED_CALL);
        }
        out.member("index", index);
        if (!annotations.isEmpty()) {
            out.name("groundingMetadata");
            Sources.write(annotations, out);
        }
        if (!logprobs.isEmpty()) {
            out.name("logprobsResult");
            LogprobsResult.write(logprobs, out);
        }
    }
}
