package io.deltallm.cli;

import io.deltallm.policy.store.jdbc.JdbcStores;
import io.deltallm.policy.store.jdbc.MigrationState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `deltallm db migrate`.
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Bring the schema up to date. A server does so when it starts.",
        footer = {"%nExample:", "  DATABASE_URL=postgres://user:password@db/deltallm deltallm db migrate"})
final class DbMigrateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    DbMigrateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (JdbcStores stores = Configuration.open(shell, configuration.forStore(shell).store())) {
            List<MigrationState> applied = stores.migrations().migrate();
            applied.forEach(step -> shell.out().println("applied " + step.version() + " " + step.name()));
            shell.out().println(applied.isEmpty()
                    ? "the schema is up to date"
                    : Configuration.counted(applied.size(), "migration") + " applied");
            return ExitCode.OK;
        }
    }
}
