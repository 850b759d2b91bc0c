package io.deltallm.policy.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the gateway listens, and what it puts up with from clients.
///
/// @param eventLoopThreads 0 means one a core
/// @param tls null for plain text
/// @param maxBody the largest request body
/// @param maxHeader of all header fields of a request together
/// @param maxUri the longest request target
/// @param headerTimeout from the first byte of a request head to its last
/// @param idleTimeout how long a connection without a request stays open
/// @param bodyTimeout between two reads of a request body
/// @param maxConnections open at once
/// @param drainTimeout how long running exchanges may take when the gateway stops
/// @param streamKeepalive silence in a translated stream that is filled with a sign of life; zero for never
/// @param urlFetch where media of requests are fetched from
public record ServerSettings(
        String host,
        int port,
        int eventLoopThreads,
        Transport transport,
        @Nullable TlsSettings tls,
        ByteSize maxBody,
        ByteSize maxHeader,
        ByteSize maxUri,
        Duration headerTimeout,
        Duration idleTimeout,
        Duration bodyTimeout,
        int maxConnections,
        Duration drainTimeout,
        Duration streamKeepalive,
        UrlFetchSettings urlFetch,
        CorsSettings cors) {

    /// How sockets are driven.
    public enum Transport {
        /// The best there is on this machine.
        AUTO,
        IO_URING,
        EPOLL,
        NIO
    }

    static ServerSettings of(SettingValues values) {
        return new ServerSettings(
                values.text(Setting.HOST),
                values.whole(Setting.PORT),
                values.whole(Setting.EVENT_LOOP_THREADS),
                values.constant(Setting.TRANSPORT, Transport.class),
                TlsSettings.of(values),
                values.size(Setting.MAX_BODY),
                values.size(Setting.MAX_HEADER),
                values.size(Setting.MAX_URI),
                values.span(Setting.HEADER_TIMEOUT),
                values.span(Setting.IDLE_TIMEOUT),
                values.span(Setting.BODY_TIMEOUT),
                values.whole(Setting.MAX_CONNECTIONS),
                values.span(Setting.DRAIN_TIMEOUT),
                values.span(Setting.STREAM_KEEPALIVE),
                UrlFetchSettings.of(values),
                CorsSettings.of(values));
    }
}
