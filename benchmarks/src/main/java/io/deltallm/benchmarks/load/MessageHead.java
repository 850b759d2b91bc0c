package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Collects the head of one HTTP/1.1 message and answers the three questions the load has about it. Resumable at
/// every byte; reused for each message of a connection. Confined to the connection's event loop.
final class MessageHead {
    private static final int MAX_BYTES = 16 * 1024;
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final byte[] bytes = new byte[MAX_BYTES];
    private int length;
    private boolean complete;
    private long contentLength;
    private boolean chunked;

    void reset() {
        length = 0;
        complete = false;
        contentLength = -1;
        chunked = false;
    }

    /// Reads up to and with the empty line; false when more bytes are needed.
    boolean take(ByteBuf in) {
        while (!complete && in.isReadable()) {
            if (length == MAX_BYTES) {
                throw new IllegalStateException("a message head of more than " + MAX_BYTES + " bytes: " + firstLine());
            }
            byte next = in.readByte();
            bytes[length++] = next;
            if (next == '\n' && length >= 4 && bytes[length - 3] == '\n') {
                complete = true;
                readFraming();
            }
        }
        return complete;
    }

    boolean complete() {
        return complete;
    }

    /// The status code of a reply.
    int status() {
        return (bytes[STATUS_AT] - '0') * 100 + (bytes[STATUS_AT + 1] - '0') * 10 + (bytes[STATUS_AT + 2] - '0');
    }

    /// -1 when the head does not say.
    long contentLength() {
        return contentLength;
    }

    boolean chunked() {
        return chunked;
    }

    String firstLine() {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\r');
        return end < 0 ? text : text.substring(0, end);
    }

    private void readFraming() {
        int lineStart = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                readLine(lineStart);
                lineStart = at + 1;
            }
        }
    }

    private void readLine(int start) {
        if (startsWith(start, CONTENT_LENGTH)) {
            contentLength = number(start + CONTENT_LENGTH.length);
        } else if (startsWith(start, TRANSFER_ENCODING)) {
            chunked = true;
        }
    }

    private boolean startsWith(int start, byte[] lowerCaseName) {
        if (start + lowerCaseName.length > length) {
            return false;
        }
        for (int i = 0; i < lowerCaseName.length; i++) {
            // Sets the bit that tells lower from upper case; '-' and ':' already have it.
            if ((bytes[start + i] | 0x20) != lowerCaseName[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int start) {
        long value = 0;
        for (int at = start; bytes[at] != '\r'; at++) {
            if (bytes[at] != ' ') {
                value = value * 10 + (bytes[at] - '0');
            }
        }
        return value;
    }
}
