package io.deltallm.cli;

import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.config.Secret;
import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `deltallm key validate`: asks the store, not a server. Never repeats the key.
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Say whether a key is valid, and what it may do.",
        footer = {"%nExit codes: 0 valid, 1 unknown, blocked or expired, 2 the store cannot be reached.", "%nExample:",
            "  deltallm key validate \"$OPENAI_API_KEY\""})
final class KeyValidateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    @Parameters(paramLabel = "KEY", description = "The key itself.")
    private String key = "";

    KeyValidateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        GatewayConfig config = configuration.forStore(shell);
        var hasher = new KeyHasher(config.keys().salt().reveal());
        KeyHash hash = hasher.hash(key);
        Secret master = config.keys().masterKey();
        if (master != null && hash.equals(hasher.hash(master.reveal()))) {
            shell.out().println("valid: the master key, for everything, without end");
            return ExitCode.OK;
        }
        try (JdbcStores stores = Configuration.open(shell, config.store())) {
            stores.migrations().migrate();
            return judge(stores.keys().find(hash), InstantSource.system().instant());
        }
    }

    private int judge(@Nullable KeyRecord found, Instant now) {
        if (found == null) {
            shell.out().println("invalid: the store does not know this key");
            return ExitCode.REFUSED;
        }
        String state = KeyText.state(found, now);
        boolean valid = state.equals("valid");
        shell.out().println(valid ? "valid" : "invalid: the key is " + state);
        KeyText.details(shell.out(), found);
        return valid ? ExitCode.OK : ExitCode.REFUSED;
    }
}
