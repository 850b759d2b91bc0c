package io.deltallm.codec.http;

/// The end of a message, travelling behind its head and the pieces of its body. A value of its own so that the end costs
/// no allocation.
public enum MessageEnd {
    END
}
