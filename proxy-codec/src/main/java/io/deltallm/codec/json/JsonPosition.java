package io.deltallm.codec.json;

import org.jspecify.annotations.Nullable;

/// Where a walk stands: what its visitor may ask during a call, and whoever feeds it afterwards.
public abstract sealed class JsonPosition permits JsonWalker {
    static final int KEY_BYTES = 64;

    final JsonText key = new JsonText(KEY_BYTES);
    final JsonText text = new JsonText(KEY_BYTES);

    JsonState state = JsonState.DOCUMENT;
    int depth;
    int captureLimit;
    long tokenStart;
    long tokenEnd;
    @Nullable String problem;

    JsonPosition() {}

    /// Keeps the text of the value that comes next, up to `maxBytes`. For use at its key, or at an array's opening.
    public void capture(int maxBytes) {
        captureLimit = maxBytes;
    }

    /// Ends the walk: the visitor has seen enough, or something it refuses.
    public void stop() {
        state = JsonState.BROKEN;
    }

    /// How many containers are open.
    public int depth() {
        return depth;
    }

    /// The last key of the depths whose keys are told.
    public JsonText key() {
        return key;
    }

    /// The text of the last value, when it was asked for.
    public JsonText text() {
        return text;
    }

    /// Where the current token begins.
    public long tokenStart() {
        return tokenStart;
    }

    /// The offset after the current token.
    public long tokenEnd() {
        return tokenEnd;
    }

    /// Whether the document has ended.
    public boolean done() {
        return state == JsonState.DONE;
    }

    /// What was wrong and where, or null.
    public @Nullable String problem() {
        return problem;
    }
}
