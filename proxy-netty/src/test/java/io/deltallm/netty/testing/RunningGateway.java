package io.deltallm.netty.testing;

import io.deltallm.netty.Gateway;
import io.deltallm.netty.exchange.Translations;
import io.deltallm.policy.config.ConfigInput;
import io.deltallm.policy.config.ConfigReader;
import io.deltallm.policy.config.ConfigReload;
import io.deltallm.policy.config.ConfigResult;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.config.ReloadResult;
import io.deltallm.policy.config.SnapshotBuilder;
import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyTerms;
import io.deltallm.policy.store.StoreLocation;
import io.deltallm.policy.store.jdbc.JdbcStores;
import io.deltallm.policy.store.jdbc.StorePool;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// A gateway with its store, put together as a process does it. Its methods block.
final class RunningGateway implements AutoCloseable {
    private final JdbcStores stores;
    private final LiveSnapshot snapshots;
    private final Gateway gateway;
    private final int port;
    private boolean stopped;

    private RunningGateway(JdbcStores stores, LiveSnapshot snapshots, Translations translations) {
        this.stores = stores;
        this.snapshots = snapshots;
        this.gateway = Gateway.start(snapshots, stores.keys(), () -> true, "test", translations);
        this.port = gateway.address().getPort();
    }

    /// @param store where the SQLite file is to be
    static RunningGateway start(String config, Path store, Translations translations) {
        var snapshot = SnapshotBuilder.build(Objects.requireNonNull(read(config).config()), 1, Instant.now());
        JdbcStores stores = JdbcStores.open(new StoreLocation.Sqlite(store), StorePool.DEFAULT);
        stores.migrations().migrate();
        return new RunningGateway(stores, new LiveSnapshot(snapshot), translations);
    }

    private static ConfigResult read(String config) {
        ConfigResult result = new ConfigReader().read(ConfigInput.of(config));
        // A warning is a typing error of the test; that an open gateway warns of itself is as it should be.
        if (result.problems().stream().anyMatch(problem -> !problem.path().equals("auth.insecure_no_auth"))) {
            throw new AssertionError("the configuration of the test is not sound: " + result.problems());
        }
        return result;
    }

    int port() {
        return port;
    }

    void storeKey(String key, KeySpec spec) {
        insert(issue(key, spec), spec);
    }

    /// The same key on other terms, as an update of its row does it: the key keeps its id.
    void changeKey(String key, KeySpec spec) {
        KeyRecord old = Objects.requireNonNull(stores.keys().delete(new KeyRef.ByHash(hash(key))));
        KeyRecord fresh = issue(key, spec);
        insert(new KeyRecord(
                fresh.hash(), old.id(), fresh.displayName(), fresh.terms(), false, fresh.createdAt(), fresh.updatedAt()), spec);
    }

    void revokeKey(String key) {
        stores.keys().delete(new KeyRef.ByHash(hash(key)));
        gateway.callers().invalidate(hash(key));
    }

    private void insert(KeyRecord key, KeySpec spec) {
        stores.keys().insert(key);
        if (spec.blocked()) {
            stores.keys().setBlocked(new KeyRef.ByHash(key.hash()), true);
        }
        gateway.callers().invalidate(key.hash());
    }

    private KeyRecord issue(String key, KeySpec spec) {
        var limits = new KeyLimits(
                spec.requestsPerMinute() == 0 ? null : spec.requestsPerMinute(),
                spec.tokensPerMinute() == 0 ? null : spec.tokensPerMinute(),
                spec.parallel() == 0 ? null : spec.parallel());
        var terms = new KeyTerms(null, KeyOwner.NOBODY, List.copyOf(spec.models()), limits, null, spec.expires(), "{}");
        return new KeyFactory(salt(), new SecureRandom(), InstantSource.system()).record(key, terms).keyRecord();
    }

    private KeyHash hash(String key) {
        return new KeyHasher(salt()).hash(key);
    }

    private String salt() {
        return snapshots.current().config().keys().salt().reveal();
    }

    void reload(String config) {
        switch (ConfigReload.reload(snapshots.current(), read(config), Instant.now())) {
            case ReloadResult.Reloaded(var snapshot, _) -> snapshots.replace(snapshot);
            case ReloadResult.Rejected(var problems) -> throw new AssertionError("the configuration was refused: " + problems);
        }
    }

    /// As a process does on SIGTERM.
    void stop() {
        stopped = true;
        gateway.stop(snapshots.current().config().server().drainTimeout());
    }

    @Override
    public void close() {
        if (!stopped) {
            gateway.close();
        }
        stores.close();
    }
}
