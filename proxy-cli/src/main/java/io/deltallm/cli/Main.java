package io.deltallm.cli;

import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The process's entry: gives the commands this process's streams, variables, signals and the real gateway.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var shell = new Shell(
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                terminal(),
                new ProcessSignals(),
                new NettyGateway());
        System.exit(run(shell, args));
    }

    /// Runs one command line; returns the process's exit code.
    static int run(Shell shell, String... args) {
        ServerArguments server = ServerArguments.plain(args);
        int code = server == null ? Commands.run(shell, args) : serve(shell, server);
        shell.out().flush();
        shell.err().flush();
        return code;
    }

    private static int serve(Shell shell, ServerArguments server) {
        try {
            return server.run(shell);
        } catch (Exception e) {
            return Failure.report(shell, e);
        }
    }

    /// JDK 22 to 24 always had a console; since 25 it is null again without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
