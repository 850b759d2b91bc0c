package io.deltallm.cli;

import io.deltallm.policy.store.jdbc.JdbcStores;
import io.deltallm.policy.store.jdbc.MigrationState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `deltallm db status`.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "List the steps of the schema and which of them the database has; changes nothing.",
        footer = "%nExit codes: 0 up to date, 1 steps are pending, 2 the store cannot be reached.")
final class DbStatusCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    DbStatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (JdbcStores stores = Configuration.open(shell, configuration.forStore(shell).store())) {
            List<MigrationState> steps = stores.migrations().status();
            steps.forEach(step -> shell.out().println(step.version() + "  " + step.name() + "  "
                    + (step.appliedAt() == null ? "pending" : "applied " + step.appliedAt())));
            return steps.stream().allMatch(step -> step.appliedAt() != null) ? ExitCode.OK : ExitCode.REFUSED;
        }
    }
}
