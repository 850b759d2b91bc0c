package io.deltallm.cli;

import io.deltallm.cli.log.Logging;
import io.deltallm.policy.config.ConfigProblem;
import io.deltallm.policy.config.ConfigReload;
import io.deltallm.policy.config.ConfigResult;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.config.ReloadResult;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a changed configuration in force, or says why not. Thread-safe: a signal and the file watch may come at once.
final class Reloader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final LiveSnapshot snapshots;
    private final Supplier<ConfigResult> read;
    private final InstantSource clock;
    private final ReentrantLock reloading = new ReentrantLock();

    /// @param read reads the file again; blocks
    Reloader(LiveSnapshot snapshots, Supplier<ConfigResult> read, InstantSource clock) {
        this.snapshots = snapshots;
        this.read = read;
        this.clock = clock;
    }

    @Override
    public void run() {
        reloading.lock();
        try {
            reload();
        } catch (RuntimeException e) {
            LOG.error("the configuration could not be reloaded; the running one stays in force", e);
        } finally {
            reloading.unlock();
        }
    }

    private void reload() {
        switch (ConfigReload.reload(snapshots.current(), read.get(), clock.instant())) {
            case ReloadResult.Reloaded(var snapshot, var problems) -> {
                snapshots.replace(snapshot);
                Logging.level(snapshot.config().logging());
                report(problems);
                LOG.info("configuration reloaded, version {}", snapshot.version());
            }
            case ReloadResult.Rejected(var problems) -> {
                report(problems);
                LOG.error("configuration rejected; version {} stays in force", snapshots.current().version());
            }
        }
    }

    static void report(List<ConfigProblem> problems) {
        for (ConfigProblem problem : problems) {
            if (problem.isError()) {
                LOG.error("configuration: {}", problem);
            } else {
                LOG.warn("configuration: {}", problem);
            }
        }
    }
}
