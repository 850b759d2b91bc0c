package io.deltallm.netty.offload;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.policy.store.StoreException;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only door from an event loop to blocking work. Thread-safe.
///
/// Each piece of work runs on a virtual thread of its own, at most so many at once; its result comes back to the loop that
/// asked, always in a later task of that loop, never inside [#call]. An exchange that ended meanwhile is the caller's
/// business: the result is delivered all the same.
public final class Offload implements AutoCloseable {
    public static final int DEFAULT_LIMIT = 256;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Offload.class);

    private final int limit;
    private final Semaphore free;

    public Offload() {
        this(DEFAULT_LIMIT);
    }

    /// @param limit how many pieces of work may run at once; a further one is refused with `OVERLOADED`
    public Offload(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    /// Runs `work`, then exactly one of `then` and `failed` on `loop`.
    ///
    /// @param patience after it the work is interrupted and `failed` told; its place is free only when it really ends
    public <T extends @Nullable Object> void call(
            EventExecutor loop, Patience patience, Callable<T> work, Consumer<T> then, Consumer<GatewayError> failed) {
        if (!free.tryAcquire()) {
            String message = "too many requests wait for work beside the event loops (limit: " + limit + ")";
            loop.execute(() -> failed.accept(GatewayError.of(ErrorCode.OVERLOADED, message).retryAfter(1)));
            return;
        }
        new Call<>(loop, patience, work, then, failed).start();
    }

    /// How many pieces of work are running.
    public int running() {
        return limit - free.availablePermits();
    }

    /// Waits briefly for running work, so that a store is not closed under it.
    @Override
    public void close() {
        try {
            if (free.tryAcquire(limit, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(limit);
            } else {
                LOG.warn("{} pieces of blocking work still run after {}", running(), CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One piece of work. `done` and `timer` belong to the loop.
    private final class Call<T extends @Nullable Object> {
        private final EventExecutor loop;
        private final Patience patience;
        private final Callable<T> work;
        private final Consumer<T> then;
        private final Consumer<GatewayError> failed;
        private @Nullable Future<?> timer;
        private boolean done;

        Call(EventExecutor loop, Patience patience, Callable<T> work, Consumer<T> then, Consumer<GatewayError> failed) {
            this.loop = loop;
            this.patience = patience;
            this.work = work;
            this.then = then;
            this.failed = failed;
        }

        void start() {
            if (loop.inEventLoop()) {
                begin();
            } else if (!runs(this::begin)) {
                free.release();
            }
        }

        /// On the loop, so that the result, which comes as a later task, finds the timer in place.
        private void begin() {
            Thread worker = Thread.ofVirtual().name("offload").unstarted(this::run);
            timer = loop.schedule(() -> expire(worker), patience.limit().toNanos(), TimeUnit.NANOSECONDS);
            worker.start();
        }

        private void run() {
            try {
                T result = work.call();
                runs(() -> finish(() -> then.accept(result)));
            } catch (Throwable e) {
                // Errors too: an assertion that failed must end the exchange that waits, not leave it waiting.
                runs(() -> finish(() -> failed.accept(failure(e))));
            } finally {
                free.release();
            }
        }

        private boolean runs(Runnable task) {
            try {
                loop.execute(task);
                return true;
            } catch (RejectedExecutionException e) {
                LOG.debug("the event loop has ended before its blocking work", e);
                return false;
            }
        }

        private void expire(Thread worker) {
            worker.interrupt();
            finish(() -> failed.accept(patience.exhausted()));
        }

        private void finish(Runnable result) {
            if (done) {
                return;
            }
            done = true;
            if (timer != null) {
                timer.cancel(false);
            }
            result.run();
        }
    }

    private static GatewayError failure(Throwable e) {
        if (e instanceof StoreException) {
            LOG.warn("the store failed: {}", e.getMessage());
            return GatewayError.of(ErrorCode.STORE_UNAVAILABLE, "the key store is not available").causedBy(e);
        }
        LOG.error("blocking work failed", e);
        return GatewayError.of(ErrorCode.INTERNAL, "internal error").causedBy(e);
    }
}
