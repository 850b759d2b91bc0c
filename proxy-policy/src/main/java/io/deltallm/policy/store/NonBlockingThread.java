package io.deltallm.policy.store;

/// Marks a thread that must never wait: the event-loop threads of proxy-netty implement it. See [Blocking].
public interface NonBlockingThread {}
