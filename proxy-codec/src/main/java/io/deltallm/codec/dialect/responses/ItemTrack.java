package io.deltallm.codec.dialect.responses;

/// What has been told of one output item so far, so that its `done` event tells only the rest. Confined to a reply.
final class ItemTrack {
    static final int NO_CALL = -1;

    /// Where the thoughts come from: only one of the two is told.
    enum Thoughts {
        NONE,
        SUMMARY,
        TEXT
    }

    final int index;
    /// Which of the reply's calls it is.
    int call = NO_CALL;
    boolean text;
    boolean cited;
    boolean arguments;
    boolean done;
    Thoughts thoughts = Thoughts.NONE;

    ItemTrack(int index) {
        this.index = index;
    }

    /// Whether thoughts of this source are told; the first source that speaks is the one.
    boolean tells(Thoughts source) {
        if (thoughts == Thoughts.NONE) {
            thoughts = source;
        }
        return thoughts == source;
    }
}
