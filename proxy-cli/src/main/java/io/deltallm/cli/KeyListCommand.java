package io.deltallm.cli;

import io.deltallm.policy.store.KeyPage;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deltallm key list`: page after page, so that a million keys need no more memory than a thousand.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the keys, newest first, without the keys themselves.",
        footer = {"%nExample:", "  deltallm key list --json | jq -r 'select(.state == \"expired\") | .id'"})
final class KeyListCommand implements Callable<Integer> {
    private static final int PAGE = 1000;

    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    KeyListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Instant now = InstantSource.system().instant();
        try (JdbcStores stores = Configuration.open(shell, configuration.forStore(shell).store())) {
            stores.migrations().migrate();
            if (!json) {
                shell.out().println(KeyText.rowHead());
            }
            long shown = 0;
            KeyPage page;
            do {
                page = stores.keys().list(shown, PAGE);
                for (KeyRecord key : page.keys()) {
                    shell.out().println(json ? KeyText.json(key, null, now) : KeyText.row(key, now));
                }
                shown += page.keys().size();
            } while (page.keys().size() == PAGE);
        }
        return ExitCode.OK;
    }
}
