package io.deltallm.netty.exchange;

import io.deltallm.policy.telemetry.Outcome;

/// Gives back what a phase acquired for an exchange. Registered on the line that acquires; called exactly once, whatever
/// the outcome. A handler implements it itself, so that registering allocates nothing.
interface Ending {
    void ended(Exchange exchange, Outcome outcome);
}
