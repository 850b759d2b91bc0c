package io.deltallm.policy.store;

/// Says where waiting is allowed. Every store method starts with `assert Blocking.allowed()`, so that a call from an
/// event loop fails in the first test that makes it.
public final class Blocking {
    private Blocking() {}

    /// True on every thread but a [NonBlockingThread].
    public static boolean allowed() {
        return !(Thread.currentThread() instanceof NonBlockingThread);
    }
}
