package io.deltallm.policy.credential;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a token fresh: fetches it on a virtual thread of its own, again before it ends, and again soon where that
/// failed. The last good one is kept until its end. Thread-safe; [#current] never blocks.
///
/// [#refresh] is one fetch, for tests and schedulers; [#start] fetches until closed.
public final class RefreshingToken<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshingToken.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    /// A machine that slept has a clock that leapt.
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String name;
    private final Fetch<T> fetch;
    private final InstantSource clock;
    private final CountDownLatch firstFetch = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Expiring<T> current;

    // Of the fetching thread only.
    private int failures;

    /// Where tokens come from. Blocks.
    @FunctionalInterface
    public interface Fetch<T> {
        /// @throws IOException if there is none now; its message must not hold a secret
        Expiring<T> fetch() throws IOException, InterruptedException;
    }

    /// @param name for the log: `aws`, `google`
    public RefreshingToken(String name, Fetch<T> fetch, InstantSource clock) {
        this.name = name;
        this.fetch = fetch;
        this.clock = clock;
    }

    /// Begins to fetch.
    public RefreshingToken<T> start() {
        Thread.ofVirtual().name("credentials-" + name).start(this::loop);
        return this;
    }

    /// Waits until the first fetch has succeeded or failed.
    ///
    /// @return whether there is a token
    public boolean awaitFirst(Duration atMost) throws InterruptedException {
        boolean fetched = firstFetch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        return fetched && current() != null;
    }

    /// The token that is valid now; null while there is none.
    public @Nullable T current() {
        Expiring<T> latest = current;
        return latest != null && latest.isValidAt(clock.instant()) ? latest.value() : null;
    }

    /// Fetches once.
    ///
    /// @return how long to wait for the next
    Duration refresh() throws InterruptedException {
        try {
            Expiring<T> fetched = fetch.fetch();
            current = fetched;
            if (failures > 0) {
                LOG.info("credentials of {} are fetched again", name);
            }
            failures = 0;
            return untilNext(fetched);
        } catch (IOException | RuntimeException e) {
            return failed(e);
        } finally {
            firstFetch.countDown();
        }
    }

    private Duration untilNext(Expiring<T> fetched) {
        Instant now = clock.instant();
        if (fetched.refreshAt().isAfter(now.plus(LONGEST_WAIT))) {
            return LONGEST_WAIT;
        }
        Duration wait = Duration.between(now, fetched.refreshAt());
        return wait.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : wait;
    }

    private Duration failed(Exception problem) {
        if (failures == 0) {
            // Of others' exceptions nobody knows what they quote.
            String told = problem instanceof IOException ? problem.getMessage() : problem.getClass().getSimpleName();
            LOG.warn("credentials of {} cannot be fetched for now: {}", name, told);
        }
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        return wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait;
    }

    private void loop() {
        try {
            Duration wait = refresh();
            while (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                Expiring<T> latest = current;
                wait = latest != null && clock.instant().isBefore(latest.refreshAt()) ? untilNext(latest) : refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the fetching, without waiting for one under way.
    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public String toString() {
        return "RefreshingToken[" + name + "]";
    }
}
