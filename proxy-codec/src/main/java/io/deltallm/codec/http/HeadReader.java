package io.deltallm.codec.http;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.Swar;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Reads heads of HTTP/1.1 messages from a connection, strictly (RFC 9112): lines end with CRLF, no folding, no space
/// before the colon, no control character. One a connection; a head may arrive in any number of pieces. Confined to the
/// connection's event loop.
///
/// The bytes are copied once into the head's array, in blocks so that little of the body behind is copied with them, and
/// every position refers to that copy: the read buffer is free again at once.
public abstract sealed class HeadReader permits HeadReader.OfRequest, HeadReader.OfResponse {
    private static final int BLOCK = 1024;
    private static final int MAX_FIELD_LINES = 128;
    private static final int MAX_EMPTY_LINES = 2;

    private final HttpHead head;
    private final int maxStartLine;
    private final int maxFields;

    private int filled;
    private int scanned;
    private int lineStart;
    private int fieldsStart;
    private int emptyLines;
    private int removed;
    private boolean startLineSeen;
    private @Nullable GatewayError failure;

    private HeadReader(HttpHead head, int maxStartLine, int maxFields) {
        this.head = head;
        this.maxStartLine = maxStartLine;
        this.maxFields = maxFields;
        head.reset();
    }

    /// Reads on. True when the head is complete or has failed: ask [#failure()] first. Bytes behind the head stay in `in`.
    public final boolean read(ByteBuf in) {
        while (in.isReadable()) {
            int block = Math.min(in.readableBytes(), BLOCK);
            int before = filled + removed;
            head.length = filled;
            head.ensure(block + Swar.SLACK);
            in.getBytes(in.readerIndex(), head.bytes, filled, block);
            filled += block;
            int end = scanLines();
            if (end >= 0) {
                in.skipBytes(end + removed - before);
                head.length = end;
                failure = failure != null ? failure : finish();
                return true;
            }
            in.skipBytes(block);
            if (failure != null) {
                return true;
            }
        }
        return false;
    }

    /// Whether some bytes of a head have arrived.
    public final boolean started() {
        return filled > 0;
    }

    public final @Nullable GatewayError failure() {
        return failure;
    }

    /// Makes ready for the next message of the connection.
    public final void reset() {
        head.reset();
        filled = 0;
        scanned = 0;
        lineStart = 0;
        fieldsStart = 0;
        emptyLines = 0;
        removed = 0;
        startLineSeen = false;
        failure = null;
    }

    abstract @Nullable GatewayError readStartLine(int start, int end);

    abstract @Nullable GatewayError finish();

    abstract GatewayError malformed(String what);

    abstract GatewayError tooLarge(ErrorCode code, String what);

    /// Takes in every whole line; the position behind the empty line that ends the head, or -1. Looks no further than
    /// the head may go, so that what is refused does not depend on where the pieces end.
    private int scanLines() {
        int at = scanned;
        while (failure == null) {
            int stop = Math.min(filled, limit());
            at = behindLineFeed(at, stop);
            if (at < 0) {
                scanned = stop;
                failure = stop < filled ? beyondLimit() : null;
                return -1;
            }
            int end = at - 2;
            if (end < lineStart || head.bytes[end] != '\r') {
                failure = malformed("a line does not end with CRLF");
            } else if (end > lineStart) {
                failure = readLine(lineStart, end);
                lineStart = at;
            } else if (startLineSeen) {
                return at;
            } else {
                dropEmptyLine();
                at = 0;
            }
        }
        return -1;
    }

    /// Of the bytes up to here; the line end of the start line, and the empty line, are not counted in the numbers.
    private int limit() {
        return startLineSeen ? fieldsStart + maxFields + 2 : maxStartLine + 2;
    }

    private int behindLineFeed(int from, int to) {
        int at = Swar.indexOf(head.bytes, from, to, '\n');
        return at == to ? -1 : at + 1;
    }

    /// An empty line before the start line is ignored (RFC 9112 section 2.2), by moving what follows to the front.
    private void dropEmptyLine() {
        if (++emptyLines > MAX_EMPTY_LINES) {
            failure = malformed("empty lines stand before the message");
            return;
        }
        System.arraycopy(head.bytes, 2, head.bytes, 0, filled - 2);
        filled -= 2;
        removed += 2;
    }

    private @Nullable GatewayError readLine(int start, int end) {
        if (startLineSeen) {
            return readField(start, end);
        }
        startLineSeen = true;
        fieldsStart = end + 2;
        return readStartLine(start, end);
    }

    /// `field-name ":" OWS field-value OWS` (RFC 9112 section 5).
    private @Nullable GatewayError readField(int start, int end) {
        byte[] bytes = head.bytes;
        int nameEnd = Swar.indexOf(bytes, start, end, ':');
        if (nameEnd == start || nameEnd == end || !Ascii.areToken(bytes, start, nameEnd)) {
            return malformed("a header line is not \"name: value\"");
        }
        int valueStart = Ascii.skipSpace(bytes, nameEnd + 1, end);
        if (!isValue(bytes, valueStart, end)) {
            return malformed("header \"" + head.text(start, nameEnd) + "\" holds a control character");
        }
        if (head.count() == MAX_FIELD_LINES) {
            return tooLarge(ErrorCode.HEADERS_TOO_LARGE, "there are more than " + MAX_FIELD_LINES + " header lines");
        }
        int valueEnd = Ascii.trimSpace(bytes, valueStart, end);
        head.record(start, nameEnd, valueStart, valueEnd, end + 2, HeaderNames.find(bytes, start, nameEnd));
        return null;
    }

    /// Looks at each byte only where eight of them hold a control character: a tab may be one.
    private static boolean isValue(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at += 8) {
            long word = Swar.word(bytes, at);
            if ((Swar.control(word) | Swar.equal(word, 0x7f)) != 0 && !areValue(bytes, at, Math.min(at + 8, end))) {
                return false;
            }
        }
        return true;
    }

    private static boolean areValue(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (!Ascii.isValue(bytes[at])) {
                return false;
            }
        }
        return true;
    }

    private GatewayError beyondLimit() {
        return startLineSeen
                ? tooLarge(ErrorCode.HEADERS_TOO_LARGE, "the header fields are larger than " + maxFields + " bytes")
                : tooLarge(ErrorCode.URI_TOO_LONG, "the first line is larger than " + maxStartLine + " bytes");
    }

    /// Reads what clients send.
    public static final class OfRequest extends HeadReader {
        private final RequestHead head;

        /// @param maxRequestLine bytes; a longer one fails with URI_TOO_LONG
        /// @param maxFields bytes of all header lines; more fail with HEADERS_TOO_LARGE
        public OfRequest(RequestHead head, int maxRequestLine, int maxFields) {
            super(head, maxRequestLine, maxFields);
            this.head = head;
        }

        @Override
        @Nullable GatewayError readStartLine(int start, int end) {
            return head.readRequestLine(start, end);
        }

        @Override
        @Nullable GatewayError finish() {
            return head.finish();
        }

        @Override
        GatewayError malformed(String what) {
            return RequestHead.malformed(what);
        }

        @Override
        GatewayError tooLarge(ErrorCode code, String what) {
            return GatewayError.of(code, "The request is too large: " + what);
        }
    }

    /// Reads what providers answer. Every failure is one of the provider's.
    public static final class OfResponse extends HeadReader {
        private final ResponseHead head;

        public OfResponse(ResponseHead head, int maxFields) {
            super(head, maxFields, maxFields);
            this.head = head;
        }

        @Override
        @Nullable GatewayError readStartLine(int start, int end) {
            return orNull(head.readStatusLine(start, end));
        }

        @Override
        @Nullable GatewayError finish() {
            return orNull(head.finish());
        }

        private @Nullable GatewayError orNull(@Nullable String problem) {
            return problem == null ? null : malformed(problem);
        }

        @Override
        GatewayError malformed(String what) {
            return GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + what);
        }

        @Override
        GatewayError tooLarge(ErrorCode code, String what) {
            return malformed(what);
        }
    }
}
