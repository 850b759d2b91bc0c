package io.deltallm.policy.identity;

import io.deltallm.policy.store.KeyChanges;
import io.deltallm.policy.store.KeyStore;
import io.deltallm.policy.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes key changes of other processes (the command line, other gateways) take effect here: asks the store every second
/// which keys changed and drops those from the [CallerCache]. One question is two index look-ups.
///
/// [#run] is one such question, for tests and for schedulers; [#start] asks on a thread of its own. Confined to one thread.
public final class KeyChangePoller implements Runnable {
    public static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(KeyChangePoller.class);

    private final KeyStore store;
    private final CallerCache cache;
    private @Nullable Long version;
    private boolean failing;

    public KeyChangePoller(KeyStore store, CallerCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /// Polls until closed, on a daemon thread named `key-changes`.
    public static Polling start(KeyStore store, CallerCache cache, Duration interval) {
        Polling polling = new Polling(new KeyChangePoller(store, cache), interval);
        Thread.ofPlatform().daemon().name("key-changes").start(polling::loop);
        return polling;
    }

    /// Asks once. Never throws: an unreachable store is reported once, and asked again next time.
    @Override
    public void run() {
        try {
            poll();
            if (failing) {
                failing = false;
                LOG.info("key changes of other processes are seen again");
            }
        } catch (StoreException e) {
            if (!failing) {
                failing = true;
                LOG.warn("key changes of other processes are not seen for now: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            // The thread must survive: without it, revoked keys would live on until their time in the cache is over.
            LOG.error("could not look for changed keys", e);
        }
    }

    private void poll() {
        if (version == null) {
            version = store.version();
            // Loaded before the first question: nobody knows whether it has changed since.
            cache.invalidateAll();
            return;
        }
        KeyChanges changes = store.changesSince(version);
        if (changes.complete()) {
            changes.hashes().forEach(cache::invalidate);
        } else {
            cache.invalidateAll();
        }
        version = changes.version();
    }

    /// A running poller. Closing stops it without waiting for a question under way.
    public static final class Polling implements AutoCloseable {
        private final KeyChangePoller poller;
        private final Duration interval;
        private final CountDownLatch closed = new CountDownLatch(1);

        private Polling(KeyChangePoller poller, Duration interval) {
            this.poller = poller;
            this.interval = interval;
        }

        private void loop() {
            try {
                do {
                    poller.run();
                } while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
