package io.deltallm.netty.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A point in a script that is passed when the test says so; stays open once opened. Thread-safe.
public final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    public void open() {
        opened.countDown();
    }

    /// Waits until a script has arrived here.
    public void awaitReached() {
        awaitOrFail(reached, "no script reached the gate");
    }

    void pass() throws InterruptedException {
        reached.countDown();
        if (!opened.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the test never opened the gate");
        }
    }

    private static void awaitOrFail(CountDownLatch latch, String message) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError(message + " within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(message, e);
        }
    }
}
