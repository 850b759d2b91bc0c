package io.deltallm.netty.ingress;

import io.deltallm.policy.config.ServerSettings;

/// What a connection puts up with, as the primitives its handlers compare with.
///
/// @param drainMillis how long a connection that is to close waits for its last exchanges
record ConnectionSettings(
        int maxRequestLine, int maxFields, long headerNanos, long idleNanos, long bodyNanos, long drainMillis) {

    static ConnectionSettings of(ServerSettings server) {
        return new ConnectionSettings(
                Math.toIntExact(server.maxUri().bytes()),
                Math.toIntExact(server.maxHeader().bytes()),
                server.headerTimeout().toNanos(),
                server.idleTimeout().toNanos(),
                server.bodyTimeout().toNanos(),
                server.drainTimeout().toMillis());
    }
}
