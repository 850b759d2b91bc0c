package io.deltallm.cli;

import io.deltallm.cli.log.Logging;
import io.deltallm.policy.config.ConfigResult;
import io.deltallm.policy.config.ConfigSource;
import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.config.Overrides;
import io.deltallm.policy.config.SnapshotBuilder;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of the gateway, in start order: configuration, log, store, gateway, watch; then it waits to be told to stop
/// and undoes them in reverse.
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);

    private final Shell shell;
    private final Configuration configuration;
    private final Overrides overrides;
    private final boolean rehearse;
    private final InstantSource clock = InstantSource.system();
    private final CountDownLatch stop = new CountDownLatch(1);

    Server(Shell shell, Configuration configuration, Overrides overrides, boolean rehearse) {
        this.shell = shell;
        this.configuration = configuration;
        this.overrides = overrides;
        this.rehearse = rehearse;
    }

    int run() throws InterruptedException {
        // Before the file is read, or a change in between would go unnoticed.
        var watcher = new ConfigWatcher(watched(), WATCH_PAUSE);
        ConfigResult result = configuration.read(shell, overrides);
        GatewayConfig config = Configuration.accepted(shell, result);
        Logging.configure(config.logging(), shell.directory());
        try (JdbcStores stores = Configuration.open(shell, config.store())) {
            stores.migrations().migrate();
            Reloader.report(result.problems());
            serve(config, stores, watcher);
        } finally {
            Logging.close();
        }
        return ExitCode.OK;
    }

    private void serve(GatewayConfig config, JdbcStores stores, ConfigWatcher watcher) throws InterruptedException {
        var snapshots = new LiveSnapshot(SnapshotBuilder.build(config, 1, clock.instant()));
        shell.signals().onStop(stop::countDown);
        GatewayStarter.Running gateway = shell.gateways().start(snapshots, stores);
        var reloader = new Reloader(snapshots, () -> configuration.read(shell, overrides), clock);
        shell.signals().onReload(reloader);
        try (var _ = watcher.start(reloader)) {
            greet(Welcome.of(config, gateway.address()), config, stores);
            stop.await();
        } finally {
            LOG.info("stopping; running requests have {} to end", config.server().drainTimeout());
            gateway.stop(config.server().drainTimeout());
            LOG.info("stopped");
        }
    }

    private void greet(Welcome welcome, GatewayConfig config, JdbcStores stores) {
        LOG.info("deltallm {} listens on {}, models: {}", Release.version(), welcome.url(), config.models().size());
        if (overrides.demo() != null) {
            String key = DemoKey.issue(stores.keys(), config.keys().salt().reveal(), clock);
            welcome.printDemo(shell.out(), key);
            if (rehearse) {
                new Rehearsal(welcome.url(), key, stop::countDown).start();
            }
        }
    }

    private List<Path> watched() {
        ConfigSource source = configuration.source(shell);
        List<Path> files = new ArrayList<>(List.of(source.dotEnv()));
        Path file = source.file();
        if (file != null) {
            files.add(file);
        }
        return files;
    }
}
