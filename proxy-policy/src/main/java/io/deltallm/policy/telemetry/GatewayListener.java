package io.deltallm.policy.telemetry;

import io.deltallm.codec.chat.Operation;
import io.deltallm.policy.route.Target;

/// Told what happens. Called on several event loops at once: must be thread-safe, must not block, must not throw.
/// Durations are nanoseconds.
public interface GatewayListener {

    /// A request head was parsed.
    default void exchangeStarted() {}

    /// An exchange ended, for whatever reason; once for each `exchangeStarted`.
    default void exchangeEnded(ExchangeFacts facts) {}

    /// A further piece of a streamed reply arrived from `target`, `gapNanos` after the one before.
    default void chunkRelayed(Target target, long gapNanos) {}

    /// A request was refused by the limit of this scope, the `param` of its error. Scopes are few and fixed.
    default void rateLimited(String scope) {}

    /// A request in the format of `from` went on in that of `to` without this parameter, which the latter cannot carry.
    ///
    /// @param parameter as the client names it (`messages[3].content`), so unbounded
    default void translationLost(Operation from, Operation to, String parameter) {}

    /// A client's connection was accepted.
    default void connectionOpened() {}

    /// An accepted connection is gone; once for each `connectionOpened`.
    default void connectionClosed() {}

    /// A client's connection was turned away because too many were open.
    default void connectionRefused() {}

    /// A connection to the provider was made, TCP and TLS together taking `nanos`.
    default void upstreamConnected(Target target, long nanos) {}

    /// No connection to the provider could be made.
    default void upstreamConnectFailed(Target target) {}

    /// A request had to wait `nanos` for a connection because all were in use; told whether or not it got one.
    default void upstreamPoolWaited(Target target, long nanos) {}
}
