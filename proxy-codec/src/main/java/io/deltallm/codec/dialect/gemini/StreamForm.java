package io.deltallm.codec.dialect.gemini;

/// How the pieces of a stream follow each other.
enum StreamForm {
    /// Server-Sent Events, as Google ends their lines: asked for by `alt=sse`.
    SSE("data: ", "data: ", "\r\n\r\n", ""),
    /// One JSON array.
    ARRAY("[", ",\r\n", "", "]");

    private final String first;
    private final String next;
    private final String after;
    private final String end;

    StreamForm(String first, String next, String after, String end) {
        this.first = first;
        this.next = next;
        this.after = after;
        this.end = end;
    }

    /// @param begun whether a piece stands before it
    String before(boolean begun) {
        return begun ? next : first;
    }

    String after() {
        return after;
    }

    /// What stands behind the last piece.
    String end() {
        return end;
    }
}
