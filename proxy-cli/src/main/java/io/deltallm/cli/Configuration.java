package io.deltallm.cli;

import io.deltallm.policy.config.ConfigProblem;
import io.deltallm.policy.config.ConfigReader;
import io.deltallm.policy.config.ConfigResult;
import io.deltallm.policy.config.ConfigSource;
import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.config.Overrides;
import io.deltallm.policy.config.StoreSettings;
import io.deltallm.policy.store.StoreException;
import io.deltallm.policy.store.StoreLocation;
import io.deltallm.policy.store.jdbc.JdbcStores;
import io.deltallm.policy.store.jdbc.StorePool;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The `--config` option and what commands do with it: read the file, open the store it names. Blocks on files and
/// databases.
final class Configuration {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file. Without it: DELTALLM_CONFIG_PATH, ./config.yaml, ./config/config.yaml,"
                    + " /etc/deltallm/config.yaml.")
    private @Nullable Path file;

    /// For picocli, which fills in the option.
    Configuration() {
        this(null);
    }

    Configuration(@Nullable Path file) {
        this.file = file;
    }

    @Nullable Path file() {
        return file;
    }

    /// Where the file is looked for.
    ConfigSource source(Shell shell) {
        return new ConfigSource(shell.environment(), shell.directory(), file);
    }

    ConfigResult read(Shell shell, Overrides overrides) {
        return new ConfigReader().read(source(shell), overrides);
    }

    /// The settings, or a refusal once every problem is printed.
    static GatewayConfig accepted(Shell shell, ConfigResult result) {
        GatewayConfig config = result.config();
        if (config == null) {
            result.problems().forEach(problem -> shell.err().println(line(problem)));
            throw new Refusal("the configuration has " + counted(result.errors().size(), "error"));
        }
        return config;
    }

    /// The settings for work on the store, which needs no master key and no second warning. One that has errors leads to
    /// no store: exit code 2, since 1 would say that a key is not valid.
    GatewayConfig forStore(Shell shell) {
        ConfigResult result = read(shell, new Overrides(null, null, null, true, null));
        GatewayConfig config = result.config();
        if (config == null) {
            result.errors().forEach(problem -> shell.err().println(line(problem)));
            throw new StoreException("the configuration has errors, so the store is unknown", null);
        }
        return config;
    }

    /// Opens the store; the caller closes it.
    static JdbcStores open(Shell shell, StoreSettings store) {
        String url = store.url() == null ? null : store.url().reveal();
        StoreLocation location;
        try {
            location = StoreLocation.of(url, shell.directory().resolve(store.path()));
        } catch (IllegalArgumentException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
        return JdbcStores.open(location, new StorePool(store.poolSize(), store.connectionTimeout()));
    }

    static String line(ConfigProblem problem) {
        return (problem.isError() ? "error: " : "warning: ") + problem;
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
