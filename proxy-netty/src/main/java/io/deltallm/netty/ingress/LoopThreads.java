package io.deltallm.netty.ingress;

import io.deltallm.policy.store.NonBlockingThread;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/// Makes event-loop threads, which never wait: a store that is asked on one of them says so.
public final class LoopThreads extends DefaultThreadFactory {
    public LoopThreads() {
        super("loop", false, Thread.NORM_PRIORITY);
    }

    @Override
    protected Thread newThread(Runnable task, String name) {
        return new LoopThread(threadGroup, task, name);
    }

    private static final class LoopThread extends FastThreadLocalThread implements NonBlockingThread {
        LoopThread(@Nullable ThreadGroup group, Runnable task, String name) {
            super(group, task, name);
        }
    }
}
