package io.deltallm.codec.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The head of a reply: status, fields, and how its body is framed. Read from a provider, or made by the gateway itself.
public final class ResponseHead extends HttpHead {
    private static final byte[] HTTP_1 = Ascii.bytes("HTTP/1.");

    private static final long PROVIDER_ONLY = HeaderNames.mask(HeaderName::providerOnly);

    private int status;
    private int minorVersion;
    private boolean keepAlive;
    private boolean chunked;
    private long contentLength;

    @Override
    void reset() {
        super.reset();
        status = 0;
        minorVersion = 1;
        keepAlive = false;
        chunked = false;
        contentLength = -1;
    }

    /// Starts a reply of the gateway's own.
    ///
    /// @param bodyBytes the length of its body
    public ResponseHead start(int newStatus, long bodyBytes) {
        reset();
        status = newStatus;
        contentLength = bodyBytes;
        keepAlive = true;
        return this;
    }

    /// Takes out what a provider says to the gateway and not to its clients.
    public void dropProviderOnly() {
        drop(PROVIDER_ONLY);
    }

    /// Whether field `index` goes on to the client: it was not dropped and is no hop's own (RFC 9110 section 7.6.1).
    public boolean passesOn(int index) {
        HeaderName name = name(index);
        return lineEnd(index) > nameStart(index)
                && (name == null || !name.hopByHop())
                && !(has(HeaderName.CONNECTION) && HeadWriter.nominated(this, index));
    }

    public int status() {
        return status;
    }

    /// The body's length in bytes; -1 if it is chunked or ends with the connection.
    public long contentLength() {
        return contentLength;
    }

    public boolean chunked() {
        return chunked;
    }

    /// Says that the body's length is not known after all: bytes will be taken out of it on the way.
    public void forgetLength() {
        contentLength = -1;
    }

    /// States the body's length after all.
    public void stateLength(long bodyBytes) {
        contentLength = bodyBytes;
    }

    /// Whether the connection it came on can be used again.
    public boolean keepAlive() {
        return keepAlive;
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    public boolean interim() {
        return status >= 100 && status < 200;
    }

    /// Whether a reply of this status never has a body (RFC 9110 section 6.4.1).
    public static boolean bodiless(int status) {
        return status < 200 || status == 204 || status == 304;
    }

    /// Reads `HTTP-version SP status-code SP [reason]` (RFC 9112 section 4); a message on failure.
    @Nullable String readStatusLine(int start, int end) {
        if (end - start < 12
                || !Arrays.equals(bytes, start, start + HTTP_1.length, HTTP_1, 0, HTTP_1.length)
                || bytes[start + 8] != ' '
                || (end - start > 12 && bytes[start + 12] != ' ')) {
            return "the status line is not one of HTTP/1.x";
        }
        minorVersion = bytes[start + 7] - '0';
        status = (int) Decimal.parse(bytes, start + 9, start + 12);
        if ((minorVersion != 0 && minorVersion != 1) || status < 100 || status > 999) {
            return "the status line is not one of HTTP/1.x";
        }
        return null;
    }

    /// Decides how the body is framed and whether the connection stays (RFC 9112 section 6.3); a message on failure.
    @Nullable String finish() {
        int length = find(HeaderName.CONTENT_LENGTH);
        if (length >= 0) {
            contentLength = Decimal.parse(bytes, valueStart(length), valueEnd(length));
            if (contentLength < 0 || next(HeaderName.CONTENT_LENGTH, length + 1) >= 0) {
                return "Content-Length is not one number";
            }
        }
        int encoding = find(HeaderName.TRANSFER_ENCODING);
        if (encoding >= 0) {
            if (length >= 0) {
                return "both Transfer-Encoding and Content-Length are given";
            }
            if (!valueEquals(encoding, "chunked") || next(HeaderName.TRANSFER_ENCODING, encoding + 1) >= 0) {
                return "Transfer-Encoding is not \"chunked\" alone";
            }
            chunked = true;
        }
        boolean framed = chunked || contentLength >= 0 || bodiless(status);
        // Chunks in HTTP/1.0 are faulty framing: read them, then close (RFC 9112 section 6.1).
        keepAlive = framed
                && (minorVersion == 1
                        ? !lists(HeaderName.CONNECTION, "close")
                        : lists(HeaderName.CONNECTION, "keep-alive") && !chunked);
        return null;
    }
}
