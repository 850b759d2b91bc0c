package io.deltallm.netty.ingress;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the TLS handler of a connection: once hands are shaken, serves the protocol that was agreed on (RFC 7301), or
/// HTTP/1.1 where the client named none, then leaves. A handshake that fails or takes too long closes the connection.
/// Confined to the connection's event loop.
final class AlpnHandler extends ApplicationProtocolNegotiationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AlpnHandler.class);

    private final IngressLoop ingress;

    AlpnHandler(IngressLoop ingress) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.ingress = ingress;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            ingress.http2(ctx.channel());
        } else {
            ingress.http1(ctx.channel());
        }
    }

    /// Port scanners, old clients and plain text cause these: worth a line to whoever looks for it only.
    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("TLS handshake with {} failed: {}", ctx.channel().remoteAddress(), cause.getMessage());
        ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection of {} failed: {}", ctx.channel().remoteAddress(), cause.getMessage());
        ctx.close();
    }
}
