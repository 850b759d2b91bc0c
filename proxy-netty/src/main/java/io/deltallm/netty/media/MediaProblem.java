package io.deltallm.netty.media;

/// A URL that is not fetched, told to the client. Without a stack trace: it tells about the input, not about the code.
final class MediaProblem extends Exception {
    private static final long serialVersionUID = 1;

    MediaProblem(String message) {
        super(message, null, false, false);
    }
}
