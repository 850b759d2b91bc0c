package io.deltallm.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deltallm server` as picocli sees it: help, completion, and what [ServerArguments#plain] leaves to it.
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Start the gateway. It stops on SIGTERM or Ctrl-C, after running requests have ended, and reloads"
                + " its configuration on SIGHUP or when the file changes.",
        footer = {
            "%nExit codes: 0 stopped as asked, 1 the configuration has errors or the port is taken, 2 the store cannot be"
                    + " reached.",
            "%nExamples:",
            "  deltallm server --demo",
            "  deltallm server -c config.yaml --port 8080"
        })
final class ServerCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(names = {"-H", "--host"}, description = "The address to listen on. Default: 0.0.0.0.")
    private @Nullable String host;

    @Option(names = {"-p", "--port"}, description = "The port to listen on; 0 takes a free one. Default: 8000.")
    private @Nullable Integer port;

    @Option(names = "--demo", description = "Answer from a provider inside this process; prints a key and a line to paste.")
    private boolean demo;

    @Option(names = "--insecure-no-auth", description = "Let everybody in without a key.")
    private boolean insecureNoAuth;

    /// The packaging's training run, see [Rehearsal].
    @Option(names = "--rehearse", hidden = true)
    private boolean rehearse;

    ServerCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        return arguments().run(shell);
    }

    ServerArguments arguments() {
        return new ServerArguments(configuration.file(), host, port, demo, insecureNoAuth, rehearse);
    }
}
