package io.deltallm.cli;

import io.deltallm.policy.config.ConfigResult;
import io.deltallm.policy.config.Overrides;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `deltallm config check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Read the configuration and report every problem at once.",
        footer = {"%nExit codes: 0 it can be used (warnings included), 1 it has errors.", "%nExample:",
            "  deltallm config check -c config.yaml"})
final class ConfigCheckCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    ConfigCheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path file = configuration.source(shell).file();
        ConfigResult result = configuration.read(shell, Overrides.NONE);
        result.problems().forEach(problem -> shell.out().println(Configuration.line(problem)));
        int errors = result.errors().size();
        shell.out().println((file == null ? "no file, environment only" : file.toString()) + ": "
                + (errors == 0 ? "ok" : Configuration.counted(errors, "error")) + ", "
                + Configuration.counted(result.warnings().size(), "warning"));
        return errors == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }
}
