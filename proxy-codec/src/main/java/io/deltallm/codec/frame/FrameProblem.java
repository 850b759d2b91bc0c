package io.deltallm.codec.frame;

/// Bytes that cannot be cut into frames. Thrown without a stack trace: it tells about the input, not about the code.
public final class FrameProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FrameProblem(String message) {
        super(message, null, false, false);
    }
}
