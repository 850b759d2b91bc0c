package io.deltallm.policy.telemetry;

import io.deltallm.policy.route.Target;

/// Told what happens. Called on event loops: must not block, must not throw. Durations are nanoseconds.
public interface GatewayListener {

    /// A request head was parsed.
    default void exchangeStarted() {}

    /// An exchange ended, for whatever reason; once for each `exchangeStarted`.
    default void exchangeEnded(ExchangeFacts facts) {}

    /// A further piece of a streamed reply arrived from `target`, `gapNanos` after the one before.
    default void chunkRelayed(Target target, long gapNanos) {}
}
