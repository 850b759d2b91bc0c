package io.deltallm.policy.telemetry;

/// How an exchange ended. Every exchange has exactly one.
public enum Outcome {
    /// The reply, whatever its status, went out whole.
    COMPLETED,
    /// The gateway answered with an error of its own.
    REFUSED,
    /// The provider failed after the reply had begun; the client saw a visible cut.
    CUT,
    /// The client went away first.
    ABANDONED
}
