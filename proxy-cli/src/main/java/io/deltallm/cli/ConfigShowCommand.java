package io.deltallm.cli;

import io.deltallm.policy.config.ConfigPrinter;
import io.deltallm.policy.config.Overrides;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deltallm config show --effective`.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Print what is in force after file, environment and defaults, with the source of each value and"
                + " with secrets masked.",
        footer = {"%nExample:", "  deltallm config show --effective | grep port"})
final class ConfigShowCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    /// Nothing else can be shown; the option exists so that scripts can say what they mean.
    @Option(names = "--effective", description = "Environment and defaults applied; the only view there is.")
    @SuppressWarnings("UnusedVariable")
    private boolean effective;

    ConfigShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var config = Configuration.accepted(shell, configuration.read(shell, Overrides.NONE));
        shell.out().print(ConfigPrinter.print(config));
        return ExitCode.OK;
    }
}
