package io.deltallm.policy.telemetry;

/// The named instants of an exchange; `Timeline` holds one reading of the monotonic clock for each.
public enum Mark {
    /// The request head was parsed.
    RECEIVED,
    /// The last byte of the request's body had arrived.
    BODY_RECEIVED,
    /// The request was written to the provider (again, on a retry).
    SENT,
    /// The provider's reply head had arrived.
    FIRST_BYTE,
    /// The last byte of the reply was written towards the client.
    LAST_BYTE
}
