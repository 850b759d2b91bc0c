package io.deltallm.cli;

/// The process's exit codes; the help text of every command ends with them.
final class ExitCode {
    /// Done.
    static final int OK = 0;
    /// The answer is no: a key that is not valid, a configuration with errors, a file that is there already.
    static final int REFUSED = 1;
    /// The question could not be asked: wrong arguments, or a store that cannot be reached.
    static final int UNUSABLE = 2;

    private ExitCode() {}
}
