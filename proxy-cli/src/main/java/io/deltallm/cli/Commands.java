package io.deltallm.cli;

import io.deltallm.policy.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/// The table of all commands, and what they have in common: where they print, and how a failure ends.
final class Commands {
    private static final String DOCUMENTED_EXIT_CODES = "Exit codes:%n  0  done%n"
            + "  1  refused: not valid, has errors, exists already%n"
            + "  2  wrong arguments, or the store cannot be reached%n";

    private Commands() {}

    /// Runs one command line; returns the process's exit code.
    static int run(Shell shell, String... args) {
        CommandLine line = tree(shell);
        int code = line.execute(args);
        shell.out().flush();
        shell.err().flush();
        return code;
    }

    static CommandLine tree(Shell shell) {
        var line = new CommandLine(new Deltallm())
                .addSubcommand(new ServerCommand(shell))
                .addSubcommand(new InitCommand(shell))
                .addSubcommand(new CommandLine(new ConfigGroup())
                        .addSubcommand(new ConfigCheckCommand(shell))
                        .addSubcommand(new ConfigShowCommand(shell)))
                .addSubcommand(new CommandLine(new KeyGroup())
                        .addSubcommand(new KeyCreateCommand(shell))
                        .addSubcommand(new KeyListCommand(shell))
                        .addSubcommand(new KeyRevokeCommand(shell))
                        .addSubcommand(new KeyValidateCommand(shell)))
                .addSubcommand(new CommandLine(new DbGroup())
                        .addSubcommand(new DbMigrateCommand(shell))
                        .addSubcommand(new DbStatusCommand(shell)))
                .addSubcommand(new VersionCommand(shell))
                .addSubcommand(new CompletionCommand(shell));
        return line.setOut(shell.out())
                .setErr(shell.err())
                .setExecutionExceptionHandler(failure(shell))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /// Expected failures are one sentence; a stack trace is for bugs.
    private static IExecutionExceptionHandler failure(Shell shell) {
        return (exception, _, _) -> {
            switch (exception) {
                case StoreException e -> shell.err().println("deltallm: " + e.getMessage());
                case IOException e -> shell.err().println("deltallm: " + e);
                case UncheckedIOException e -> shell.err().println("deltallm: " + e.getMessage());
                case Refusal e -> shell.err().println("deltallm: " + e.getMessage());
                default -> exception.printStackTrace(shell.err());
            }
            return exception instanceof StoreException ? ExitCode.UNUSABLE : ExitCode.REFUSED;
        };
    }

    /// Ends a command with one sentence and exit code 1.
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    @Command(
            name = "deltallm",
            mixinStandardHelpOptions = true,
            versionProvider = Release.class,
            description = "An LLM gateway: OpenAI's API in front of any OpenAI-compatible provider.",
            footer = {
                "%nExamples:",
                "  deltallm server --demo            try it without any provider",
                "  deltallm init && deltallm server  write config.yaml, start by it",
                "%n" + DOCUMENTED_EXIT_CODES
            })
    static final class Deltallm {}

    @Command(name = "config", mixinStandardHelpOptions = true, description = "Look at the configuration.")
    static final class ConfigGroup {}

    @Command(name = "key", mixinStandardHelpOptions = true, description = "Create, list, revoke and check keys.")
    static final class KeyGroup {}

    @Command(name = "db", mixinStandardHelpOptions = true, description = "Look after the database's schema.")
    static final class DbGroup {}
}
