package io.deltallm.netty.upstream;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/// What must be equal for two requests to share a connection: address, port, and whether it is TLS (whose server name is
/// the host).
public record Origin(String host, int port, boolean tls) {

    static Origin of(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        return new Origin(bare.toLowerCase(Locale.ROOT), port, tls);
    }

    /// Resolved by the connecting bootstrap, not here: that would block.
    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
