package io.deltallm.codec.http;

import io.deltallm.codec.Owned;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts heads of HTTP/1.1 messages together in one array and hands them out as buffers. One an event loop; not
/// thread-safe.
public final class HeadWriter {
    private static final byte[] CRLF = Ascii.bytes("\r\n");
    private static final byte[] CONTENT_LENGTH = Ascii.bytes("content-length: ");
    private static final byte[] CHUNKED = Ascii.bytes("transfer-encoding: chunked\r\n");
    private static final byte[] CLOSE = Ascii.bytes("connection: close\r\n");
    private static final byte[] KEEP_ALIVE = Ascii.bytes("connection: keep-alive\r\n");
    private static final String[] CREDENTIALS = {"key", "api_key", "api-key", "apikey", "token", "access_token"};
    private static final byte[][] STATUS_LINES = new byte[1000][];

    private byte[] bytes = new byte[4096];
    private int length;

    /// How a reply's body is framed towards the client.
    public enum Framing {
        /// By the length the head states.
        LENGTH,
        CHUNKED,
        /// By closing the connection: for HTTP/1.0.
        CLOSE,
        /// There is no body and no length to state: 1xx, 204, 304.
        NONE
    }

    /// What the reply says of the connection.
    public enum Persistence {
        /// Nothing: HTTP/1.1 stays open.
        IMPLIED,
        KEEP_ALIVE,
        CLOSE
    }

    /// A reply's head: status line, every field that is not a hop's own, framing.
    ///
    /// @param room bytes that the buffer shall have left behind the head, for a small body
    public @Owned ByteBuf response(
            ResponseHead head, Framing framing, Persistence persistence, int room, ByteBufAllocator alloc) {
        length = 0;
        append(statusLine(head.status()));
        appendFields(head, null);
        switch (framing) {
            case LENGTH -> appendLength(head.contentLength());
            case CHUNKED -> append(CHUNKED);
            case CLOSE, NONE -> {}
        }
        switch (persistence) {
            case IMPLIED -> {}
            case KEEP_ALIVE -> append(KEEP_ALIVE);
            case CLOSE -> append(CLOSE);
        }
        append(CRLF);
        return copy(room, alloc);
    }

    /// A request's head towards a provider.
    ///
    /// @param entry method and target, and what of the client's head goes on
    /// @param rest ` HTTP/1.1`, `host`, credential and fixed fields, each line with its CRLF
    /// @param head the client's head, whose query joins the target and whose passing fields follow
    /// @param contentLength the body's length in bytes
    /// @param room bytes that the buffer shall have left behind the head, for a small body
    public @Owned ByteBuf request(
            RequestEntry entry, byte[] rest, RequestHead head, long contentLength, int room, ByteBufAllocator alloc) {
        length = 0;
        append(entry.start());
        if (head.hasQuery() && entry.passage().query()) {
            appendQuery(head, head.pathEnd() + 1, head.targetEnd());
        }
        append(rest);
        append(entry.lines());
        appendFields(head, entry.passage());
        appendLength(contentLength);
        append(CRLF);
        return copy(room, alloc);
    }

    /// The client's query, but for parameters that may be its credential.
    private void appendQuery(HttpHead head, int start, int end) {
        byte separator = '?';
        for (int i = 0; i < length; i++) {
            separator = bytes[i] == '?' ? (byte) '&' : separator;
        }
        int from = start;
        while (from < end) {
            int to = from;
            while (to < end && head.bytes()[to] != '&') {
                to++;
            }
            if (to > from && !isCredential(head.bytes(), from, to)) {
                ensure(1);
                bytes[length++] = separator;
                separator = '&';
                append(head.bytes(), from, to);
            }
            from = to + 1;
        }
    }

    private static boolean isCredential(byte[] query, int start, int end) {
        int nameEnd = start;
        while (nameEnd < end && query[nameEnd] != '=') {
            nameEnd++;
        }
        for (String name : CREDENTIALS) {
            if (Ascii.equalsIgnoreCase(query, start, nameEnd, name)) {
                return true;
            }
        }
        return false;
    }

    /// Copies runs of neighbouring lines in one go; a field named by `Connection` is a hop's own (RFC 9110 section 7.6.1).
    private void appendFields(HttpHead head, @Nullable HeadPassage passage) {
        boolean connection = head.has(HeaderName.CONNECTION);
        int runStart = 0;
        int runEnd = 0;
        for (int i = 0; i < head.count(); i++) {
            int start = head.nameStart(i);
            int end = head.lineEnd(i);
            if (end == start || !passes(head, i, passage) || (connection && nominated(head, i))) {
                continue;
            }
            if (start != runEnd) {
                append(head.bytes(), runStart, runEnd);
                runStart = start;
            }
            runEnd = end;
        }
        append(head.bytes(), runStart, runEnd);
    }

    /// @param passage null towards a client
    private static boolean passes(HttpHead head, int index, @Nullable HeadPassage passage) {
        HeaderName name = head.name(index);
        if (passage == null) {
            return name == null || !name.hopByHop();
        }
        return (name == null || name.passesUpstream()) && passage.passes(head, index);
    }

    static boolean nominated(HttpHead head, int index) {
        return head.lists(HeaderName.CONNECTION, lowerCase(head, index));
    }

    private static String lowerCase(HttpHead head, int index) {
        StringBuilder name = new StringBuilder();
        for (int i = head.nameStart(index); i < head.nameEnd(index); i++) {
            name.append((char) Ascii.lower(head.bytes()[i]));
        }
        return name.toString();
    }

    private void appendLength(long value) {
        append(CONTENT_LENGTH);
        ensure(22);
        length = Decimal.write(bytes, length, value);
        append(CRLF);
    }

    private void append(byte[] source) {
        append(source, 0, source.length);
    }

    private void append(byte[] source, int start, int end) {
        ensure(end - start);
        System.arraycopy(source, start, bytes, length, end - start);
        length += end - start;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private @Owned ByteBuf copy(int room, ByteBufAllocator alloc) {
        return alloc.ioBuffer(length + room).writeBytes(bytes, 0, length);
    }

    private static byte[] statusLine(int status) {
        byte[] line = STATUS_LINES[status];
        if (line == null) {
            line = Ascii.bytes("HTTP/1.1 " + status + " " + ReasonPhrase.of(status) + "\r\n");
            // A race writes equal bytes twice, which is harmless.
            STATUS_LINES[status] = line;
        }
        return line;
    }
}
