package io.deltallm.netty.exchange;

/// What phases say to the connection besides a reply's head, body and end.
public enum Signal {
    /// Send `100 Continue`: the body is wanted (RFC 9110 section 10.1.1).
    CONTINUE,
    /// The reply cannot be finished: close or reset, so that the client sees the cut.
    CUT
}
