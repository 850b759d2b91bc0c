package io.deltallm.netty.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// TLS towards providers: BoringSSL, TLS 1.2 or newer, server name and host name always checked. Thread-safe.
///
/// Reading the trusted certificates takes a while; it happens once, at the first provider with `https`.
public final class UpstreamTls {
    private final Once context;

    /// @param caFile trusted certificates in PEM, or null for those of the JDK
    public UpstreamTls(@Nullable File caFile) {
        this.context = new Once(caFile);
    }

    SslHandler newHandler(ByteBufAllocator alloc, Origin origin) {
        return context.built().newHandler(alloc, origin.host(), origin.port());
    }

    /// Reads the certificates now, off the event loops, so that no request has to wait for it.
    public void prepare() {
        SslContext _ = context.built();
    }

    /// Two loops may build it at once; one of the results stays.
    private static final class Once {
        private final @Nullable File caFile;
        private volatile @Nullable SslContext built;

        Once(@Nullable File caFile) {
            this.caFile = caFile;
        }

        SslContext built() {
            SslContext current = built;
            if (current == null) {
                current = build(caFile);
                built = current;
            }
            return current;
        }

        private static SslContext build(@Nullable File caFile) {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm("HTTPS")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_1_1));
            if (caFile != null) {
                builder.trustManager(caFile);
            }
            try {
                return builder.build();
            } catch (SSLException e) {
                throw new IllegalStateException("cannot set up TLS towards providers: " + e.getMessage(), e);
            }
        }
    }
}
