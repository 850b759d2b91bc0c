package io.deltallm.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `deltallm version`.
@Command(name = "version", mixinStandardHelpOptions = true, description = "Print the release, and the Java it runs on.")
final class VersionCommand implements Callable<Integer> {
    private final Shell shell;

    VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.out().println("deltallm " + Release.version());
        shell.out().println("java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return ExitCode.OK;
    }
}
