package io.deltallm.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `deltallm completion`.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script that completes commands and options in bash and zsh.",
        footer = {"%nExample:", "  source <(deltallm completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Shell shell;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.out().print(AutoComplete.bash("deltallm", Commands.tree(shell)));
        return ExitCode.OK;
    }
}
