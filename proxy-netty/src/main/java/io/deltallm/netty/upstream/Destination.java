package io.deltallm.netty.upstream;

import io.deltallm.policy.route.Target;

/// Where attempts go: an origin's connections, the proof of who pays there, and how long to wait. Confined to one event loop.
public final class Destination {
    private final Target target;
    private final OriginPool pool;
    private final RequestCredential credential;
    private final long firstByteNanos;
    private final long silenceNanos;

    /// @param target whose requests these are
    Destination(Target target, OriginPool pool, RequestCredential credential) {
        this.target = target;
        this.pool = pool;
        this.credential = credential;
        this.firstByteNanos = target.clocks().firstByte().toNanos();
        this.silenceNanos = target.clocks().silence().toNanos();
    }

    Target target() {
        return target;
    }

    OriginPool pool() {
        return pool;
    }

    RequestCredential credential() {
        return credential;
    }

    long firstByteNanos() {
        return firstByteNanos;
    }

    long silenceNanos() {
        return silenceNanos;
    }
}
