package io.deltallm.codec.json;

/// JSON that is not what its reader expects. Thrown without a stack trace: it tells about the input, not about the code.
public final class JsonProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String path;

    JsonProblem(String path, String problem) {
        super(problem, null, false, false);
        this.path = path;
    }

    /// Where: `messages[2].content`; empty for the whole.
    public String path() {
        return path;
    }

    /// What was found and what was expected, without the path.
    public String problem() {
        return String.valueOf(getMessage());
    }
}
