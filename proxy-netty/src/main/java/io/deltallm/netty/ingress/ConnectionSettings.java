package io.deltallm.netty.ingress;

import io.deltallm.policy.config.ServerSettings;

/// What a connection puts up with, as the primitives its handlers compare with.
record ConnectionSettings(
        int maxRequestLine, int maxHead, long headerNanos, long idleNanos, long bodyNanos) {

    static ConnectionSettings of(ServerSettings server) {
        int maxUri = Math.toIntExact(server.maxUri().bytes());
        return new ConnectionSettings(
                maxUri,
                Math.toIntExact(server.maxHeader().bytes()) + maxUri,
                server.headerTimeout().toNanos(),
                server.idleTimeout().toNanos(),
                server.bodyTimeout().toNanos());
    }
}
