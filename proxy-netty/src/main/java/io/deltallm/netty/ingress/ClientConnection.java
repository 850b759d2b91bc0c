package io.deltallm.netty.ingress;

/// A client's connection, whatever it speaks, as a stop sees it. Confined to its event loop.
interface ClientConnection {
    /// Takes no further request: closes now if none runs, else behind the last one.
    void drain();
}
