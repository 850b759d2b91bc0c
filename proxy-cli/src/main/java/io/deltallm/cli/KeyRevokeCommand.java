package io.deltallm.cli;

import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyStore;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `deltallm key revoke`. Running servers learn of it from the store within seconds.
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Delete a key for good.",
        footer = {"%nExample:", "  deltallm key revoke ci"})
final class KeyRevokeCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    @Parameters(paramLabel = "ID|ALIAS|KEY", description = "Which one.")
    private String name = "";

    KeyRevokeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        GatewayConfig config = configuration.forStore(shell);
        try (JdbcStores stores = Configuration.open(shell, config.store())) {
            stores.migrations().migrate();
            KeyRecord revoked = revoke(stores.keys(), config.keys().salt().reveal());
            if (revoked == null) {
                // What was typed is not repeated: it may be a key.
                throw new Refusal("no key has this id or alias, or is this key");
            }
            String alias = revoked.terms().alias();
            shell.out().println("revoked " + revoked.id() + (alias == null ? "" : " (" + alias + ")"));
            return ExitCode.OK;
        }
    }

    private @Nullable KeyRecord revoke(KeyStore keys, String salt) {
        List<KeyRef> readings = List.of(
                new KeyRef.ById(name), new KeyRef.ByAlias(name), new KeyRef.ByHash(new KeyHasher(salt).hash(name)));
        for (KeyRef reading : readings) {
            KeyRecord revoked = keys.delete(reading);
            if (revoked != null) {
                return revoked;
            }
        }
        return null;
    }
}
