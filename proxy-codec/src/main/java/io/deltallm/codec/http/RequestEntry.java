package io.deltallm.codec.http;

/// Where a request enters a provider: method and target, what of the client's head follows, and fields of our own. Made
/// ready once per target and operation. Immutable.
public final class RequestEntry {
    private static final byte[] NOTHING = {};

    private final byte[] start;
    private final HeadPassage passage;
    private final byte[] lines;

    /// @param start method and target, as `POST /v1/chat/completions`
    /// @param passage what of the client's head goes on
    /// @param lines header lines, each with its CRLF
    public RequestEntry(byte[] start, HeadPassage passage, byte[] lines) {
        this.start = start;
        this.passage = passage;
        this.lines = lines;
    }

    /// For a body that goes on as it came.
    public static RequestEntry whole(byte[] start) {
        return new RequestEntry(start, HeadPassage.WHOLE, NOTHING);
    }

    /// The same, but the client's query stays here.
    public RequestEntry withoutQuery() {
        return new RequestEntry(start, HeadPassage.WITHOUT_QUERY, lines);
    }

    /// Borrowed: read only.
    public byte[] start() {
        return start;
    }

    HeadPassage passage() {
        return passage;
    }

    byte[] lines() {
        return lines;
    }
}
