package io.deltallm.cli;

import io.deltallm.policy.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// How a command that failed ends: an expected failure is one sentence, a stack trace is for bugs.
final class Failure {
    private Failure() {}

    /// Tells whoever ran the command; returns the exit code.
    static int report(Shell shell, Exception exception) {
        switch (exception) {
            case StoreException e -> shell.err().println("deltallm: " + e.getMessage());
            case IOException e -> shell.err().println("deltallm: " + e);
            case UncheckedIOException e -> shell.err().println("deltallm: " + e.getMessage());
            case Refusal e -> shell.err().println("deltallm: " + e.getMessage());
            default -> exception.printStackTrace(shell.err());
        }
        return exception instanceof StoreException ? ExitCode.UNUSABLE : ExitCode.REFUSED;
    }
}
