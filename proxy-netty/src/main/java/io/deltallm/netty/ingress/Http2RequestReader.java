package io.deltallm.netty.ingress;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.RequestHead;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the fields of an HTTP/2 request into a [RequestHead], with the checks that HTTP/1.1 gets from its reader: what
/// passes may be written to a provider as HTTP/1.1, so nothing in it may look like a line break (RFC 9113 section 8.2.1).
///
/// The frame codec has refused before: pseudo-header fields that are missing, unknown, repeated or behind others, upper
/// case in names, fields of a connection, `te` other than `trailers`.
final class Http2RequestReader {
    private static final int MAX_LINES = 128;
    /// What HTTP/1.1 puts around a field: colon, space, line end. Both protocols count alike.
    private static final int FIELD_OVERHEAD = 4;

    private final RequestHead head;
    private final ConnectionSettings settings;

    private @Nullable AsciiString host;
    private int size;
    private int lines;

    Http2RequestReader(RequestHead head, ConnectionSettings settings) {
        this.head = head;
        this.settings = settings;
    }

    /// Fills the head.
    ///
    /// @param endOfStream whether the request has no body
    @Nullable GatewayError read(Http2Headers headers, boolean endOfStream) {
        GatewayError problem = readTarget(headers);
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            if (problem != null) {
                return problem;
            }
            AsciiString name = AsciiString.of(field.getKey());
            if (!PseudoHeaderName.hasPseudoHeaderFormat(name)) {
                problem = readField(name, AsciiString.of(field.getValue()));
            }
        }
        problem = problem != null ? problem : readAuthority(headers.authority());
        problem = problem != null ? problem : head.finishHttp2(endOfStream);
        return problem != null ? problem : checkExpectation();
    }

    private @Nullable GatewayError readTarget(Http2Headers headers) {
        CharSequence method = headers.method();
        CharSequence path = headers.path();
        if (method == null || path == null || headers.scheme() == null) {
            return malformed("method \"CONNECT\" is not served");
        }
        if (path.length() > settings.maxRequestLine()) {
            return GatewayError.of(
                    ErrorCode.URI_TOO_LONG, "The path is longer than " + settings.maxRequestLine() + " bytes");
        }
        AsciiString target = AsciiString.of(path);
        if (!isToken(AsciiString.of(method))) {
            return malformed(":method is no method");
        }
        if (!isTarget(target) || !originForm(target, method)) {
            return malformed(":path is not a path");
        }
        head.startHttp2(method, path);
        return null;
    }

    private static boolean originForm(AsciiString path, CharSequence method) {
        return path.byteAt(0) == '/' || (path.contentEquals("*") && AsciiString.contentEquals(method, "OPTIONS"));
    }

    private @Nullable GatewayError readField(AsciiString name, AsciiString value) {
        size += name.length() + value.length() + FIELD_OVERHEAD;
        if (size > settings.maxFields()) {
            return tooLarge("The header fields are larger than " + settings.maxFields() + " bytes");
        }
        if (++lines > MAX_LINES) {
            return tooLarge("There are more than " + MAX_LINES + " header lines");
        }
        if (!isToken(name)) {
            return malformed("a header name is no token");
        }
        if (!isValue(value)) {
            return malformed("header \"" + name + "\" holds a control character or ends with a space");
        }
        if (name.contentEquals(HeaderName.HOST.lowerCase())) {
            if (host != null) {
                return malformed("there is more than one Host header");
            }
            host = value;
            return null;
        }
        head.add(name.toByteArray(), value.toByteArray());
        return null;
    }

    /// The authority stands for the host, and they may not differ (RFC 9113 section 8.3.1).
    private @Nullable GatewayError readAuthority(@Nullable CharSequence authority) {
        AsciiString asked = authority == null ? host : AsciiString.of(authority);
        if (asked == null || !isAuthority(asked)) {
            return malformed(":authority is not a host and port");
        }
        if (host != null && !host.contentEqualsIgnoreCase(asked)) {
            return malformed(":authority and the Host header differ");
        }
        head.add(HeaderName.HOST, asked.toByteArray());
        return null;
    }

    private @Nullable GatewayError checkExpectation() {
        int index = head.find(HeaderName.EXPECT);
        return index < 0 || head.valueEquals(index, "100-continue")
                ? null
                : GatewayError.of(ErrorCode.EXPECTATION_FAILED, "Expect is not \"100-continue\"");
    }

    private static boolean isToken(AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isToken(text.byteAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTarget(AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isTarget(text.byteAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isAuthority(AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            byte b = text.byteAt(i);
            if (!Ascii.isTarget(b) || b == '/' || b == '@' || b == '?' || b == '#' || b == ',' || b == '\\') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isValue(AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isValue(text.byteAt(i))) {
                return false;
            }
        }
        return text.isEmpty() || !(isSpace(text.byteAt(0)) || isSpace(text.byteAt(text.length() - 1)));
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    private static GatewayError tooLarge(String message) {
        return GatewayError.of(ErrorCode.HEADERS_TOO_LARGE, message);
    }

    private static GatewayError malformed(String what) {
        return GatewayError.of(ErrorCode.MALFORMED_HTTP, "Malformed HTTP request: " + what);
    }
}
