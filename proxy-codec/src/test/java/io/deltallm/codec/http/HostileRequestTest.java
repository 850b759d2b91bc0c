package io.deltallm.codec.http;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.http.HeadFeed.Heard;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests whose extent or meaning two readers may see differently: each is refused, wherever its pieces end.
class HostileRequestTest {
    private static final String LINE = "POST / HTTP/1.1\r\n";
    private static final String START = LINE + "Host: g\r\n";
    private static final String CL = "Content-Length: ";
    private static final String TE = "Transfer-Encoding: ";

    static Stream<String> ambiguousFraming() {
        return Stream.of(
                        CL + "4\r\n" + TE + "chunked",
                        TE + "chunked\r\n" + CL + "4",
                        TE + "chunked\r\n" + CL + "0",
                        CL + "4\r\n" + CL + "4",
                        CL + "4\r\n" + CL + "5",
                        CL + "4, 4",
                        CL + "4,",
                        CL + "+4",
                        CL + "-4",
                        CL + "-0",
                        CL + "0x4",
                        CL + "4 4",
                        CL + "4\t4",
                        CL + "4;q",
                        CL + "4.0",
                        CL + "4e1",
                        CL + "\"4\"",
                        CL + "",
                        CL + " ",
                        CL + "\u0664",
                        CL + "1000000000000000000",
                        CL + "9223372036854775808",
                        CL + "18446744073709551620",
                        CL + "99999999999999999999999999",
                        TE + "",
                        TE + "identity",
                        TE + "gzip, chunked",
                        TE + "chunked, identity",
                        TE + "chunked, chunked",
                        TE + "chunked,",
                        TE + ",chunked",
                        TE + "chunked;q=1",
                        TE + "\"chunked\"",
                        TE + "xchunked",
                        TE + "chunkedx",
                        TE + "chunked\r\n" + TE + "identity",
                        TE + "identity\r\n" + TE + "chunked",
                        TE + "chunked\r\n" + TE + "chunked",
                        "transfer-encoding: chunked\r\nTRANSFER-ENCODING: x")
                .map(fields -> START + fields + "\r\n\r\n0123");
    }

    static Stream<String> brokenLines() {
        return Stream.of(
                "POST / HTTP/1.1\nHost: g\r\n\r\n",
                START + "X-A: b\nX-B: c\r\n\r\n",
                START + "X-A: b\n\r\n",
                START + "\n",
                START + "X-A: b\r\n\n",
                "\nPOST / HTTP/1.1\r\nHost: g\r\n\r\n",
                START + "X-A: b\rX-B: c\r\n\r\n",
                START + "X-A: b\r\r\n\r\n",
                START + "\rX: y\r\n\r\n",
                "POST /\r HTTP/1.1\r\nHost: g\r\n\r\n",
                START + "X-A: b\r\n folded\r\n\r\n",
                START + "X-A: b\r\n\tfolded: x\r\n\r\n",
                LINE + " Host: g\r\n\r\n",
                START + "Content-Length : 4\r\n\r\n",
                START + "Content-Length\t: 4\r\n\r\n",
                START + " \r\n\r\n",
                START + ": nameless\r\n\r\n",
                START + "no colon\r\n\r\n",
                START + "nocolon\r\n\r\n",
                START + "X(A): b\r\n\r\n",
                START + "X\u00e9: b\r\n\r\n",
                START + "X-A: a\u0000b\r\n\r\n",
                START + "X-A\u0000: b\r\n\r\n",
                START + "X-A: a\u0001b\r\n\r\n",
                START + "X-A: a\u000bb\r\n\r\n",
                START + "X-A: a\u007fb\r\n\r\n",
                START + "Transfer-Encoding: \u000bchunked\r\n\r\n");
    }

    static Stream<String> brokenStarts() {
        return Stream.of(
                LINE + "\r\n",
                LINE + "Host: g\r\nHost: g\r\n\r\n",
                LINE + "Host: g\r\nhOST: h\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: g\r\nHost: h\r\n\r\n",
                LINE + "Host: a b\r\n\r\n",
                LINE + "Host: a/b\r\n\r\n",
                LINE + "Host: u@a\r\n\r\n",
                LINE + "Host: a?b\r\n\r\n",
                LINE + "Host: a#b\r\n\r\n",
                LINE + "Host: a, b\r\n\r\n",
                LINE + "Host: a\\b\r\n\r\n",
                LINE + "Host: a\u00e9\r\n\r\n",
                "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET http/1.1\r\nHost: g\r\n\r\n",
                "GET /\r\nHost: g\r\n\r\n",
                "GET  HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET /  HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: g\r\n\r\n",
                "GET\t/ HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET /\tHTTP/1.1\r\nHost: g\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\nHost: g\r\n\r\n",
                " GET / HTTP/1.1\r\nHost: g\r\n\r\n",
                "G(T / HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: g\r\n\r\n",
                "OPTIONS ** HTTP/1.1\r\nHost: g\r\n\r\n",
                "CONNECT g:443 HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET g HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET :// HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET a?b://c/d HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET 1a://c/d HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET http:///d HTTP/1.1\r\nHost: g\r\n\r\n",
                "GET / http/1.1\r\nHost: g\r\n\r\n",
                "GET / HTTP/1\r\nHost: g\r\n\r\n",
                "GET / HTTP/1.\r\nHost: g\r\n\r\n",
                "GET / HTTP/1,1\r\nHost: g\r\n\r\n",
                "GET / HTTP/11.1\r\nHost: g\r\n\r\n",
                "GET / HTTP/1.10\r\nHost: g\r\n\r\n",
                "GET / HTTP/x.y\r\nHost: g\r\n\r\n",
                "GET / HTTP/1.\u0000\r\nHost: g\r\n\r\n",
                "GET / HTP/1.1\r\nHost: g\r\n\r\n",
                "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: g\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource({"ambiguousFraming", "brokenLines", "brokenStarts"})
    void refusesWhereverThePiecesEnd(String text) {
        assertRefused(text, ErrorCode.MALFORMED_HTTP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.9", "1.2", "1.9", "2.0", "3.0", "9.9"})
    void knowsNoOtherVersion(String version) {
        assertRefused("GET / HTTP/" + version + "\r\nHost: g\r\n\r\n", ErrorCode.VERSION_NOT_SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "200-ok", "100-continue, x"})
    void meetsNoOtherExpectation(String expectation) {
        assertRefused(START + "Expect: " + expectation + "\r\n\r\n", ErrorCode.EXPECTATION_FAILED);
    }

    private static void assertRefused(String text, ErrorCode code) {
        HeadFeed feed = HeadFeed.ofRequest();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        Heard whole = feed.hear(bytes);

        assertThat(whole.complete()).isTrue();
        assertThat(whole.failure()).isEqualTo(code);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(feed.hear(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(feed.hearByteByByte(bytes)).isEqualTo(whole);
    }
}
