package io.deltallm.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The table of all commands, and what they have in common: where they print, and how a failure ends.
final class Commands {
    private static final String DOCUMENTED_EXIT_CODES = "Exit codes:%n  0  done%n"
            + "  1  refused: not valid, has errors, exists already%n"
            + "  2  wrong arguments, or the store cannot be reached%n";

    private Commands() {}

    /// Runs one command line; returns the process's exit code.
    static int run(Shell shell, String... args) {
        return tree(shell).execute(args);
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
                .setExecutionExceptionHandler((exception, _, _) -> Failure.report(shell, exception))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
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
