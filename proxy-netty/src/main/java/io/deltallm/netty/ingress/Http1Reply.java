package io.deltallm.netty.ingress;

import io.deltallm.codec.Owned;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeadWriter;
import io.deltallm.codec.http.HeadWriter.Framing;
import io.deltallm.codec.http.HeadWriter.Persistence;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/// Frames the replies of one HTTP/1.1 connection (RFC 9112 section 6). Confined to its event loop.
final class Http1Reply {
    /// Up to here a copy beside its framing is cheaper than two more buffers in the gathering write.
    private static final int COPY_BYTES = 1024;
    private static final byte[] LAST_CHUNK = Ascii.bytes("0\r\n\r\n");
    private static final ByteBuf CRLF = constant("\r\n");
    private static final int MAX_SIZE_LINE = 10;

    private final HeadWriter heads;

    private Framing framing = Framing.NONE;
    private boolean bodyless;
    private boolean closes;

    Http1Reply(HeadWriter heads) {
        this.heads = heads;
    }

    private static ByteBuf constant(String text) {
        byte[] bytes = Ascii.bytes(text);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
    }

    /// Whether the connection closes behind this reply.
    boolean closes() {
        return closes;
    }

    /// Whatever the next head says, the connection closes behind its reply.
    void close() {
        closes = true;
    }

    /// @param stay whether the connection could go on after this reply
    @Owned ByteBuf head(ResponseHead reply, RequestHead request, boolean stay, ByteBufAllocator alloc) {
        framing = framing(reply, request);
        bodyless = framing == Framing.NONE || request.methodIs("HEAD");
        closes = closes || !stay || framing == Framing.CLOSE;
        return heads.response(reply, framing, persistence(request), alloc);
    }

    private static Framing framing(ResponseHead reply, RequestHead request) {
        if (ResponseHead.bodiless(reply.status())) {
            return Framing.NONE;
        }
        if (reply.contentLength() >= 0) {
            return Framing.LENGTH;
        }
        return request.minorVersion() == 1 ? Framing.CHUNKED : Framing.CLOSE;
    }

    private Persistence persistence(RequestHead request) {
        if (closes) {
            return Persistence.CLOSE;
        }
        return request.minorVersion() == 0 ? Persistence.KEEP_ALIVE : Persistence.IMPLIED;
    }

    void body(@Owned ByteBuf piece, ChannelHandlerContext ctx) {
        int size = piece.readableBytes();
        if (bodyless || size == 0) {
            piece.release();
        } else if (framing != Framing.CHUNKED) {
            ctx.write(piece, ctx.voidPromise());
        } else if (size <= COPY_BYTES) {
            ByteBuf chunk = ctx.alloc().ioBuffer(size + MAX_SIZE_LINE + 2);
            writeSizeLine(chunk, size);
            chunk.writeBytes(piece, piece.readerIndex(), size).writeShort('\r' << 8 | '\n');
            piece.release();
            ctx.write(chunk, ctx.voidPromise());
        } else {
            ByteBuf line = ctx.alloc().ioBuffer(MAX_SIZE_LINE);
            writeSizeLine(line, size);
            ctx.write(line, ctx.voidPromise());
            ctx.write(piece, ctx.voidPromise());
            ctx.write(CRLF.duplicate(), ctx.voidPromise());
        }
    }

    private static void writeSizeLine(ByteBuf target, int size) {
        int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(size)) / 4);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            target.writeByte(Character.forDigit(size >>> shift & 15, 16));
        }
        target.writeShort('\r' << 8 | '\n');
    }

    void end(ChannelHandlerContext ctx) {
        if (framing == Framing.CHUNKED && !bodyless) {
            ctx.write(ctx.alloc().ioBuffer(LAST_CHUNK.length).writeBytes(LAST_CHUNK), ctx.voidPromise());
        }
    }
}
