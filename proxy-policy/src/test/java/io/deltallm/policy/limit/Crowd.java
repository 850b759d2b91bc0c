package io.deltallm.policy.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;

/// Several threads that begin at the same moment.
public record Crowd(int size) {
    public static Crowd of(int size) {
        return new Crowd(size);
    }

    /// Runs `work` on every thread; returns when all are done, and fails if one failed.
    public void run(Runnable work) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(size);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                    work.run();
                } catch (Throwable e) {
                    failure.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError("a thread failed", failure.get());
        }
    }
}
