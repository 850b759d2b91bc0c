package io.deltallm.netty.ingress;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/// The client connections of one event loop, so that a stop can close the idle ones and see the busy ones out. Confined to
/// that loop.
final class ConnectionRegistry {
    private final Set<ClientConnection> connections = new HashSet<>();
    private boolean draining;

    void add(ClientConnection connection) {
        connections.add(connection);
    }

    void remove(ClientConnection connection) {
        connections.remove(connection);
    }

    /// Whether replies should close their connections.
    boolean draining() {
        return draining;
    }

    int size() {
        return connections.size();
    }

    /// From now on every connection closes behind what it still carries; idle ones close now.
    void drain() {
        draining = true;
        new ArrayList<>(connections).forEach(ClientConnection::drain);
    }
}
