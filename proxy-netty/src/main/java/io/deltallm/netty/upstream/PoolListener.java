package io.deltallm.netty.upstream;

/// Told how the pools fare. Called on event loops: must not block, must not throw.
public interface PoolListener {
    PoolListener NONE = new PoolListener() {};

    /// `change` more (or fewer) connections are lent out or being opened.
    default void lent(int change) {}

    /// `change` more (or fewer) connections are kept open unused.
    default void idle(int change) {}

    default void connected() {}

    default void connectFailed() {}

    /// A request has to wait because every connection is in use.
    default void waited() {}
}
