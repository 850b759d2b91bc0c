package io.deltallm.codec.http;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The head of a request: method, target, fields, and how its body is framed. HTTP/1.1 and HTTP/2 fill the same object.
public final class RequestHead extends HttpHead {
    private static final byte[] SCHEME_END = Ascii.bytes("://");

    private int methodEnd;
    private int pathStart;
    private int pathEnd;
    private int targetEnd;
    private int minorVersion;
    private boolean http2;
    private boolean keepAlive;
    private boolean chunked;
    private boolean expectContinue;
    private long contentLength;

    @Override
    void reset() {
        super.reset();
        methodEnd = 0;
        pathStart = 0;
        pathEnd = 0;
        targetEnd = 0;
        minorVersion = 1;
        http2 = false;
        keepAlive = false;
        chunked = false;
        expectContinue = false;
        contentLength = -1;
    }

    public String method() {
        return text(0, methodEnd);
    }

    public boolean methodIs(String upperCase) {
        if (methodEnd != upperCase.length()) {
            return false;
        }
        for (int i = 0; i < methodEnd; i++) {
            if (bytes[i] != upperCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The path without its query, still percent-encoded, as a span of [#bytes()].
    public int pathStart() {
        return pathStart;
    }

    public int pathEnd() {
        return pathEnd;
    }

    public String path() {
        return text(pathStart, pathEnd);
    }

    /// The query without its question mark, or null if there is none.
    public @Nullable String query() {
        return hasQuery() ? text(pathEnd + 1, targetEnd) : null;
    }

    boolean hasQuery() {
        return pathEnd < targetEnd && bytes[pathEnd] == '?';
    }

    int targetEnd() {
        return targetEnd;
    }

    public boolean http2() {
        return http2;
    }

    /// 0 or 1 for HTTP/1.x.
    public int minorVersion() {
        return minorVersion;
    }

    /// Whether the client wants the connection to stay open (RFC 9112 section 9.3).
    public boolean keepAlive() {
        return keepAlive;
    }

    public boolean chunked() {
        return chunked;
    }

    /// The stated length of the body in bytes, -1 if none is stated.
    public long contentLength() {
        return contentLength;
    }

    /// Whether a body follows: HTTP/1.1 says so by its framing, HTTP/2 by not ending the stream with the head.
    public boolean hasBody() {
        return chunked || contentLength > 0;
    }

    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1).
    public boolean expectContinue() {
        return expectContinue;
    }

    /// Starts a head that came as HTTP/2 pseudo-header fields; `add` the others, then [#finishHttp2].
    public void startHttp2(CharSequence method, CharSequence path) {
        reset();
        http2 = true;
        ensure(method.length() + path.length());
        methodEnd = putAscii(0, method);
        int end = putAscii(methodEnd, path);
        length = end;
        pathStart = methodEnd;
        pathEnd = endOfPath(methodEnd, end);
        targetEnd = end;
    }

    /// Ends a head that came over HTTP/2.
    ///
    /// @param endOfStream whether the message ends with its head
    public @Nullable GatewayError finishHttp2(boolean endOfStream) {
        keepAlive = true;
        GatewayError lengthError = readContentLength();
        if (lengthError != null) {
            return lengthError;
        }
        chunked = !endOfStream && contentLength < 0;
        expectContinue = has(HeaderName.EXPECT);
        return null;
    }

    private int putAscii(int at, CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }

    /// Reads `method SP request-target SP HTTP-version` in `[0, end)` of the bytes (RFC 9112 section 3).
    @Nullable GatewayError readRequestLine(int start, int end) {
        // The readers drop empty lines before the request line, so that it always begins the bytes.
        int at = start;
        while (at < end && Ascii.isToken(bytes[at])) {
            at++;
        }
        methodEnd = at;
        if (at == start || at == end || bytes[at] != ' ') {
            return malformed("the request line has no valid method");
        }
        int targetStart = ++at;
        while (at < end && Ascii.isTarget(bytes[at])) {
            at++;
        }
        if (at == targetStart || at == end || bytes[at] != ' ') {
            return malformed("the request line has no valid target");
        }
        GatewayError target = readTarget(targetStart, at);
        return target != null ? target : readVersion(at + 1, end);
    }

    /// origin-form, absolute-form, or `*` for OPTIONS (RFC 9112 section 3.2).
    private @Nullable GatewayError readTarget(int start, int end) {
        if (bytes[start] == '/') {
            pathStart = start;
        } else if (bytes[start] == '*' && end - start == 1 && methodIs("OPTIONS")) {
            pathStart = start;
        } else {
            int host = endOfScheme(start, end);
            int path = host;
            while (path < end && bytes[path] != '/' && bytes[path] != '?' && bytes[path] != '#') {
                path++;
            }
            if (path == host) {
                return malformed("the request target is neither a path nor an absolute URI");
            }
            pathStart = path;
        }
        pathEnd = endOfPath(pathStart, end);
        targetEnd = end;
        return null;
    }

    /// Behind `scheme "://"` (RFC 3986 section 3.1), or `end` where there is no such thing.
    private int endOfScheme(int start, int end) {
        int at = start;
        while (at < end && (Ascii.isLetter(bytes[at]) || (at > start && Ascii.isSchemeRest(bytes[at])))) {
            at++;
        }
        int behind = at + SCHEME_END.length;
        boolean found = at > start && behind <= end && Arrays.equals(bytes, at, behind, SCHEME_END, 0, SCHEME_END.length);
        return found ? behind : end;
    }

    private int endOfPath(int start, int end) {
        int at = start;
        while (at < end && bytes[at] != '?' && bytes[at] != '#') {
            at++;
        }
        return at;
    }

    private @Nullable GatewayError readVersion(int start, int end) {
        if (end - start != 8
                || !Arrays.equals(bytes, start, start + 5, HTTP_SLASH, 0, 5)
                || !Ascii.isDigit(bytes[start + 5])
                || bytes[start + 6] != '.'
                || !Ascii.isDigit(bytes[start + 7])) {
            return malformed("the request line does not end with an HTTP version");
        }
        if (bytes[start + 5] != '1' || (bytes[start + 7] != '0' && bytes[start + 7] != '1')) {
            return GatewayError.of(
                    ErrorCode.VERSION_NOT_SUPPORTED,
                    "HTTP version \"" + text(start + 5, end) + "\" is not supported (expected: 1.0, 1.1 or HTTP/2)");
        }
        minorVersion = bytes[start + 7] - '0';
        return null;
    }

    private static final byte[] HTTP_SLASH = Ascii.bytes("HTTP/");

    /// Decides how the body is framed and whether the connection stays, refusing every ambiguity (RFC 9112 section 6.3).
    @Nullable GatewayError finish() {
        GatewayError host = checkHost();
        if (host != null) {
            return host;
        }
        GatewayError lengthError = readContentLength();
        if (lengthError != null) {
            return lengthError;
        }
        GatewayError encoding = readTransferEncoding();
        if (encoding != null) {
            return encoding;
        }
        keepAlive = minorVersion == 1
                ? !lists(HeaderName.CONNECTION, "close")
                : lists(HeaderName.CONNECTION, "keep-alive") && !lists(HeaderName.CONNECTION, "close");
        return readExpectation();
    }

    private @Nullable GatewayError checkHost() {
        int host = find(HeaderName.HOST);
        if (host < 0) {
            return minorVersion == 0 ? null : malformed("the Host header is missing");
        }
        if (next(HeaderName.HOST, host + 1) >= 0) {
            return malformed("there is more than one Host header");
        }
        for (int i = valueStart(host); i < valueEnd(host); i++) {
            if (!Ascii.isHost(bytes[i])) {
                return malformed("the Host header is not a host and port");
            }
        }
        return null;
    }

    private @Nullable GatewayError readContentLength() {
        int index = find(HeaderName.CONTENT_LENGTH);
        if (index < 0) {
            return null;
        }
        if (next(HeaderName.CONTENT_LENGTH, index + 1) >= 0) {
            return malformed("there is more than one Content-Length header");
        }
        contentLength = Decimal.parse(bytes, valueStart(index), valueEnd(index));
        return contentLength < 0 ? malformed("Content-Length is not a number of bytes") : null;
    }

    private @Nullable GatewayError readTransferEncoding() {
        int index = find(HeaderName.TRANSFER_ENCODING);
        if (index < 0) {
            return null;
        }
        if (has(HeaderName.CONTENT_LENGTH)) {
            return malformed("both Transfer-Encoding and Content-Length are given");
        }
        if (minorVersion == 0) {
            return malformed("Transfer-Encoding is not part of HTTP/1.0");
        }
        if (next(HeaderName.TRANSFER_ENCODING, index + 1) >= 0 || !valueEquals(index, "chunked")) {
            return malformed("Transfer-Encoding is not \"chunked\" alone");
        }
        chunked = true;
        return null;
    }

    private @Nullable GatewayError readExpectation() {
        int index = find(HeaderName.EXPECT);
        if (index < 0 || minorVersion == 0) {
            return null;
        }
        if (!valueEquals(index, "100-continue")) {
            return GatewayError.of(ErrorCode.EXPECTATION_FAILED, "Expect is not \"100-continue\"");
        }
        expectContinue = hasBody();
        return null;
    }

    static GatewayError malformed(String what) {
        return GatewayError.of(ErrorCode.MALFORMED_HTTP, "Malformed HTTP request: " + what);
    }
}
