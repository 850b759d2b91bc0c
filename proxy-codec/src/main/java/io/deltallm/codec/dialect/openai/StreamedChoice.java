package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.BitSet;

/// What the writer of a stream has to remember of one answer. Confined to one exchange.
final class StreamedChoice {
    private final int index;
    private final BitSet begun = new BitSet();
    private final BitSet argued = new BitSet();
    private final JsonOutput thoughts = new JsonOutput();
    private final KeptLogprobs likelihoods = new KeptLogprobs();
    private boolean stopped;

    StreamedChoice(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    /// Keeps thoughts until their proof comes.
    void think(RawJson text) {
        if (thoughts.isEmpty()) {
            thoughts.beginString();
        }
        thoughts.stringPiece(text);
    }

    /// The thoughts since the last proof, a JSON string.
    RawJson takeThoughts() {
        if (thoughts.isEmpty()) {
            return RawJson.EMPTY_STRING;
        }
        RawJson text = thoughts.endString().toRaw();
        thoughts.clear();
        return text;
    }

    /// Logprobs until the text comes that they are about.
    KeptLogprobs likelihoods() {
        return likelihoods;
    }

    void begin(int tool) {
        begun.set(tool);
    }

    void argue(int tool) {
        argued.set(tool);
    }

    /// The first call from `from` on of which no arguments were told; -1 where there is none.
    int nextSilentCall(int from) {
        int tool = begun.nextSetBit(from);
        while (tool >= 0 && argued.get(tool)) {
            tool = begun.nextSetBit(tool + 1);
        }
        return tool;
    }

    /// Whether it had not ended before.
    boolean stop() {
        boolean first = !stopped;
        stopped = true;
        return first;
    }
}
