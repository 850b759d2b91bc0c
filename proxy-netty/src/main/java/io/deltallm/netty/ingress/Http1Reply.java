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
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/// Frames the replies of one HTTP/1.1 connection (RFC 9112 section 6). Confined to its event loop.
final class Http1Reply {
    /// Up to here a copy beside head and framing is cheaper than buffers of its own in a gathering write: then a small
    /// reply, or a burst of events, is one plain write. Larger pieces go out as the buffers they came in.
    private static final int COPY_BYTES = 2048;
    /// Room for the events that come while the loop was busy elsewhere: they too go out by one plain write.
    private static final int BURST_BYTES = 2048;
    private static final byte[] LAST_CHUNK = Ascii.bytes("0\r\n\r\n");
    private static final int CRLF = '\r' << 8 | '\n';
    /// A chunk's size line and the line end behind it.
    private static final int FRAMING_BYTES = 12;

    private final HeadWriter heads;

    private Framing framing = Framing.NONE;
    private boolean bodyless;
    private boolean closes;
    private @Nullable ByteBuf pending;

    Http1Reply(HeadWriter heads) {
        this.heads = heads;
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
    void head(ResponseHead reply, RequestHead request, boolean stay, ByteBufAllocator alloc) {
        framing = framing(reply, request);
        bodyless = framing == Framing.NONE || request.methodIs("HEAD");
        closes = closes || !stay || framing == Framing.CLOSE;
        pending = heads.response(reply, framing, persistence(request), room(reply), alloc);
    }

    private int room(ResponseHead reply) {
        if (bodyless) {
            return 0;
        }
        return framing == Framing.LENGTH && reply.contentLength() <= COPY_BYTES
                ? (int) reply.contentLength()
                : BURST_BYTES;
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
        } else if (framing == Framing.CHUNKED) {
            chunk(piece, size, ctx);
        } else if (size <= COPY_BYTES) {
            copy(piece, size, room(size, ctx));
        } else {
            writePending(ctx);
            ctx.write(piece, ctx.voidPromise());
        }
    }

    private void chunk(@Owned ByteBuf piece, int size, ChannelHandlerContext ctx) {
        ByteBuf target = room(FRAMING_BYTES + (size <= COPY_BYTES ? size : 0), ctx);
        writeSizeLine(target, size);
        if (size <= COPY_BYTES) {
            copy(piece, size, target);
            target.writeShort(CRLF);
        } else {
            writePending(ctx);
            ctx.write(piece, ctx.voidPromise());
            room(FRAMING_BYTES, ctx).writeShort(CRLF);
        }
    }

    private static void copy(@Owned ByteBuf piece, int size, ByteBuf target) {
        target.writeBytes(piece, piece.readerIndex(), size);
        piece.release();
    }

    /// The pending buffer, if that much still fits into it; else a new one.
    private ByteBuf room(int bytes, ChannelHandlerContext ctx) {
        ByteBuf current = pending;
        if (current != null && current.writableBytes() >= bytes) {
            return current;
        }
        writePending(ctx);
        ByteBuf fresh = ctx.alloc().ioBuffer(Math.max(BURST_BYTES, bytes));
        pending = fresh;
        return fresh;
    }

    /// Hands on what was put together: before a flush, and before a buffer that goes out as it is.
    void writePending(ChannelHandlerContext ctx) {
        ByteBuf current = pending;
        if (current != null) {
            pending = null;
            ctx.write(current, ctx.voidPromise());
        }
    }

    /// The connection is gone.
    void release() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    private static void writeSizeLine(ByteBuf target, int size) {
        int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(size)) / 4);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            target.writeByte(Character.forDigit(size >>> shift & 15, 16));
        }
        target.writeShort(CRLF);
    }

    void end(ChannelHandlerContext ctx) {
        if (framing == Framing.CHUNKED && !bodyless) {
            room(LAST_CHUNK.length, ctx).writeBytes(LAST_CHUNK);
        }
    }
}
