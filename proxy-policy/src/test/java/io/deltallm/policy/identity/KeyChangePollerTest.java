package io.deltallm.policy.identity;

import io.deltallm.policy.identity.CallerCache.Found;
import io.deltallm.policy.limit.LimitRegistry;
import io.deltallm.policy.limit.ManualClock;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyTerms;
import io.deltallm.policy.store.MemoryKeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyChangePollerTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryKeyStore store = new MemoryKeyStore();
    private final CallerCache cache =
            new CallerCache(store, new LimitRegistry(clock), CallerCacheSettings.DEFAULT, clock);
    private final KeyChangePoller poller = new KeyChangePoller(store, cache);
    private final KeyRecord key = new KeyFactory("salt", new SecureRandom(), clock)
            .issue(KeyTerms.OPEN)
            .keyRecord();

    @BeforeEach
    void pollOnce() {
        poller.run();
    }

    @Test
    void dropsAKeyThatAnotherProcessBlocked() {
        store.insert(key);
        poller.run();
        cache.load(key.hash());

        store.setBlocked(new KeyRef.ById(key.id()), true);
        assertThat(cache.peek(key.hash())).isNotNull();
        poller.run();

        assertThat(cache.peek(key.hash())).isNull();
    }

    @Test
    void dropsAKeyThatAnotherProcessDeleted() {
        store.insert(key);
        cache.load(key.hash());
        store.delete(new KeyRef.ById(key.id()));

        poller.run();

        assertThat(cache.load(key.hash())).isEqualTo(Found.UNKNOWN);
    }

    @Test
    void letsAKeyInThatWasRefusedBeforeAnotherProcessMadeIt() {
        cache.load(key.hash());
        store.insert(key);

        poller.run();

        assertThat(cache.load(key.hash())).isInstanceOf(Found.Known.class);
    }

    @Test
    void leavesOtherKeysAlone() {
        store.insert(key);
        poller.run();
        cache.load(key.hash());

        store.insert(new KeyFactory("salt", new SecureRandom(), clock).issue(KeyTerms.OPEN).keyRecord());
        poller.run();

        assertThat(cache.peek(key.hash())).isNotNull();
    }

    @Test
    void catchesUpAfterTheStoreWasDown() {
        store.insert(key);
        poller.run();
        cache.load(key.hash());
        store.setBlocked(new KeyRef.ById(key.id()), true);

        store.goDown();
        poller.run();
        poller.run();
        store.comeBack();
        poller.run();

        assertThat(cache.peek(key.hash())).isNull();
    }

    @Test
    void forgetsEverythingTheFirstTimeBecauseItCannotKnowWhatChangedBefore() {
        store.insert(key);
        cache.load(key.hash());

        new KeyChangePoller(store, cache).run();

        assertThat(cache.peek(key.hash())).isNull();
    }

    @Test
    void pollsOnAThreadOfItsOwnUntilClosed() throws InterruptedException {
        store.insert(key);
        CountDownLatch loadedAgain = new CountDownLatch(1);
        try (KeyChangePoller.Polling _ = KeyChangePoller.start(store, cache, Duration.ofMillis(1))) {
            store.setBlocked(new KeyRef.ById(key.id()), true);
            Thread watcher = Thread.ofVirtual().start(() -> {
                while (!(cache.load(key.hash()) instanceof Found.Known(Caller caller) && caller.blocked())) {
                    Thread.onSpinWait();
                }
                loadedAgain.countDown();
            });

            assertThat(loadedAgain.await(30, TimeUnit.SECONDS)).isTrue();
            watcher.join();
        }
    }
}
