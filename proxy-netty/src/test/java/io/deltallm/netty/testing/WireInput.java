package io.deltallm.netty.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 messages from a socket, for both ends of a test; keeps every byte it read. Confined to one thread.
/// Deliberately plain: it is the second opinion on the gateway's own codec, so it shares no code with it.
final class WireInput {
    private final InputStream input;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    WireInput(InputStream input) {
        this.input = new BufferedInputStream(input, 16 * 1024);
    }

    /// All bytes since the last call.
    byte[] takeRaw() {
        byte[] bytes = raw.toByteArray();
        raw.reset();
        return bytes;
    }

    /// One message head with its empty line, in Latin-1; null when the peer closed before its first byte.
    @Nullable String readHead() throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = read();
            if (next < 0) {
                if (head.isEmpty()) {
                    return null;
                }
                throw new EOFException("closed within a message head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    byte[] readExactly(long length) throws IOException {
        var body = new ByteArrayOutputStream();
        readInto(body, length);
        return body.toByteArray();
    }

    private void readInto(ByteArrayOutputStream body, long length) throws IOException {
        var piece = new byte[8192];
        for (long left = length; left > 0; ) {
            int count = input.read(piece, 0, (int) Math.min(left, piece.length));
            if (count < 0) {
                throw new CutException(body.toByteArray(), left + " bytes of " + length + " missing");
            }
            raw.write(piece, 0, count);
            body.write(piece, 0, count);
            left -= count;
        }
    }

    /// The data of a chunked body, chunk framing and trailers removed.
    byte[] readChunked() throws IOException {
        var body = new ByteArrayOutputStream();
        while (appendChunk(body)) {}
        return body.toByteArray();
    }

    /// One chunk; null after the last.
    byte @Nullable [] readChunk() throws IOException {
        var body = new ByteArrayOutputStream();
        return appendChunk(body) ? body.toByteArray() : null;
    }

    private boolean appendChunk(ByteArrayOutputStream body) throws IOException {
        String line = readLine(body);
        int size = Integer.parseInt(line.split(";")[0].strip(), 16);
        if (size == 0) {
            while (!readLine(body).isEmpty()) {}
            return false;
        }
        readInto(body, size);
        String end = readLine(body);
        if (!end.isEmpty()) {
            throw new IOException("expected CRLF after a chunk, got \"" + end + "\"");
        }
        return true;
    }

    /// Everything until the peer closes.
    byte[] readToEnd() throws IOException {
        byte[] rest = input.readAllBytes();
        raw.writeBytes(rest);
        return rest;
    }

    private String readLine(ByteArrayOutputStream body) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            if (next < 0) {
                throw new CutException(body.toByteArray(), "closed within the chunk framing");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /// Whether a byte or the end arrives before the socket's read times out; takes nothing.
    boolean anythingArrived() throws IOException {
        input.mark(1);
        try {
            input.read();
            input.reset();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    int read() throws IOException {
        int next = input.read();
        if (next >= 0) {
            raw.write(next);
        }
        return next;
    }

    /// The peer closed before the message was whole; carries the part of the body that had arrived.
    static final class CutException extends EOFException {
        private static final long serialVersionUID = 1L;
        private final transient byte[] partial;

        CutException(byte[] partial, String message) {
            super(message);
            this.partial = partial;
        }

        byte[] partial() {
            return partial;
        }
    }
}
