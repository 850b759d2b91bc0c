package io.deltallm.netty.ingress;

import io.deltallm.policy.config.TlsSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS towards clients, made from certificate files: BoringSSL where it runs, the JDK elsewhere. Thread-safe.
///
/// The context can be exchanged while connections are accepted, so that a renewed certificate needs no restart;
/// connections that stand keep theirs. Contexts own native memory: one that was exchanged is given back with the next
/// exchange, when no event loop can still be about to use it, the last ones by [#close()].
///
/// Cipher suites are the ones HTTP/2 allows (RFC 9113 section 9.2.2): forward secret and authenticated, nothing else.
final class TlsContexts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

    private final TlsSettings settings;
    private final TicketKeys ticketKeys = new TicketKeys(System::nanoTime);
    /// Null once closed.
    private final AtomicReference<@Nullable SslContext> current;
    private final AtomicReference<@Nullable SslContext> former = new AtomicReference<>();

    /// Blocks on the files.
    ///
    /// @throws IllegalStateException naming the file that cannot be used, and why
    TlsContexts(TlsSettings settings) {
        this.settings = settings;
        this.current = new AtomicReference<>(build());
    }

    SslHandler newHandler(ByteBufAllocator alloc, long handshakeNanos) {
        SslContext context = Objects.requireNonNull(current.get(), "closed");
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            ticketKeys.rotateIfDue(sessions);
        }
        SslHandler handler = context.newHandler(alloc);
        handler.setHandshakeTimeout(handshakeNanos, TimeUnit.NANOSECONDS);
        return handler;
    }

    /// Reads the files again; keeps what there is if they cannot be used. Blocks.
    void reload() {
        if (current.get() == null) {
            return;
        }
        try {
            SslContext next = build();
            ReferenceCountUtil.release(former.getAndSet(current.getAndSet(next)));
        } catch (IllegalStateException e) {
            LOG.error("the TLS certificate stays as it was: {}", e.getMessage());
        }
    }

    /// No connection is accepted any more; those that stand keep what they need.
    @Override
    public void close() {
        ReferenceCountUtil.release(former.getAndSet(null));
        ReferenceCountUtil.release(current.getAndSet(null));
    }

    private SslContext build() {
        X509Certificate[] chain = PemFiles.certificates("server.tls.cert_file", settings.certFile());
        PrivateKey key = PemFiles.privateKey("server.tls.key_file", settings.keyFile(), chain[0]);
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain)
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                .protocols(settings.minVersion().equals("TLSv1.3")
                        ? new String[] {"TLSv1.3"}
                        : new String[] {"TLSv1.3", "TLSv1.2"})
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1));
        askForClientCertificates(builder);
        SslContext context = build(builder);
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            ticketKeys.install(sessions);
        }
        LOG.info(
                "TLS certificate of {} from {}, valid until {}",
                chain[0].getSubjectX500Principal(),
                settings.certFile(),
                chain[0].getNotAfter().toInstant());
        return context;
    }

    private SslContext build(SslContextBuilder builder) {
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "server.tls: " + settings.certFile() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void askForClientCertificates(SslContextBuilder builder) {
        ClientAuth asked =
                switch (settings.clientAuth()) {
                    case NONE -> ClientAuth.NONE;
                    case OPTIONAL -> ClientAuth.OPTIONAL;
                    case REQUIRE -> ClientAuth.REQUIRE;
                };
        builder.clientAuth(asked);
        Path signers = settings.clientCaFile();
        if (asked == ClientAuth.NONE) {
            return;
        }
        if (signers == null) {
            throw new IllegalStateException("server.tls.client_ca_file is missing, but server.tls.client_auth is "
                    + asked.name().toLowerCase(Locale.ROOT));
        }
        builder.trustManager(PemFiles.certificates("server.tls.client_ca_file", signers));
    }
}
