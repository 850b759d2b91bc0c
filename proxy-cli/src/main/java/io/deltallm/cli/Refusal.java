package io.deltallm.cli;

/// Ends a command with one sentence and exit code 1.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
