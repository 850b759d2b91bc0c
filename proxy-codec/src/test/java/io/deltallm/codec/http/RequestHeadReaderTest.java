package io.deltallm.codec.http;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.http.HeadFeed.Heard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/// Sound requests, and how far a request may go; the unsound ones are in [HostileRequestTest].
class RequestHeadReaderTest {
    private static final String HOST = "Host: gateway\r\n";
    private static final String BODY = "{\"model\":\"m\"}\r\n\r\nGET / HTTP/1.1\r\n";

    static Stream<Arguments> soundHeads() {
        return Stream.of(
                sound("GET / HTTP/1.1\r\n" + HOST + "\r\n", "GET / ?null 1.1 length -1 stays"),
                sound("GET /a?b=c&d HTTP/1.1\r\n" + HOST + "\r\n", "GET /a ?b=c&d 1.1 length -1 stays"),
                sound("GET /a? HTTP/1.1\r\n" + HOST + "\r\n", "GET /a ? 1.1 length -1 stays"),
                sound("GET /a#f?b HTTP/1.1\r\n" + HOST + "\r\n", "GET /a ?null 1.1 length -1 stays"),
                sound("GET /%2F%00 HTTP/1.1\r\n" + HOST + "\r\n", "GET /%2F%00 ?null 1.1 length -1 stays"),
                sound("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", "OPTIONS * ?null 1.1 length -1 stays"),
                sound("GET http://gateway:80/v1/models?x HTTP/1.1\r\n" + HOST + "\r\n", "GET /v1/models ?x 1.1 length -1 stays"),
                sound("GET HTTPS://gateway HTTP/1.1\r\n" + HOST + "\r\n", "GET  ?null 1.1 length -1 stays"),
                sound("GET http://gateway?x HTTP/1.1\r\n" + HOST + "\r\n", "GET  ?x 1.1 length -1 stays"),
                sound("M-SEARCH!#$%&'*+.^_`|~ / HTTP/1.1\r\n" + HOST + "\r\n", "M-SEARCH!#$%&'*+.^_`|~ / ?null 1.1 length -1 stays"),
                sound("\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n", "GET / ?null 1.1 length -1 stays"),
                sound("\r\n\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n", "GET / ?null 1.1 length -1 stays"),
                sound("GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / ?null 1.1 length -1 stays"),
                sound("GET / HTTP/1.1\r\nhOsT:\t [::1]:8000 \t\r\n\r\n", "GET / ?null 1.1 length -1 stays"),
                sound("GET / HTTP/1.0\r\n\r\n", "GET / ?null 1.0 length -1 closes"),
                sound("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET / ?null 1.0 length -1 stays"),
                sound("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", "GET / ?null 1.0 length -1 closes"),
                sound("GET / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n", "GET / ?null 1.0 length 9 closes"),
                sound("GET / HTTP/1.1\r\n" + HOST + "Connection: x,\t ClOsE ,y\r\n\r\n", "GET / ?null 1.1 length -1 closes"),
                sound("GET / HTTP/1.1\r\n" + HOST + "Connection: x\r\nConnection: close\r\n\r\n", "GET / ?null 1.1 length -1 closes"),
                sound("GET / HTTP/1.1\r\n" + HOST + "Connection: closed\r\n\r\n", "GET / ?null 1.1 length -1 stays"),
                sound("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n", "POST / ?null 1.1 length 0 stays"),
                sound("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 007\r\n\r\n", "POST / ?null 1.1 length 7 stays"),
                sound("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 999999999999999999\r\n\r\n", "POST / ?null 1.1 length 999999999999999999 stays"),
                sound("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding:  ChunKed \r\n\r\n", "POST / ?null 1.1 length -1 chunked stays"),
                sound("POST / HTTP/1.1\r\n" + HOST + "Expect: 100-Continue\r\nContent-Length: 9\r\n\r\n", "POST / ?null 1.1 length 9 stays waits"),
                sound("POST / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n", "POST / ?null 1.1 length 0 stays"),
                sound("POST / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n", "POST / ?null 1.1 length -1 chunked stays waits"));
    }

    private static Arguments sound(String head, String start) {
        return arguments(head, start);
    }

    @ParameterizedTest
    @MethodSource("soundHeads")
    void readsSoundHeadsWholeAndInPieces(String head, String start) {
        HeadFeed feed = HeadFeed.ofRequest();
        byte[] bytes = (head + BODY).getBytes(StandardCharsets.ISO_8859_1);

        Heard whole = feed.hear(bytes);

        assertThat(whole.message()).isEmpty();
        assertThat(whole.start()).isEqualTo(start);
        assertThat(whole.rest()).isEqualTo(BODY);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(feed.hear(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(feed.hearByteByByte(bytes)).isEqualTo(whole);
    }

    @Test
    void keepsFieldsAsTheyCame() {
        Heard heard = HeadFeed.ofRequest()
                .hear("GET / HTTP/1.1\r\nHost: g\r\nX-Empty:\r\nx_odd!: \t a  b\u00e9\t \r\nAUTHORIZATION:Bearer x:y\r\n\r\n");

        assertThat(heard.fields())
                .containsExactly(
                        "Host=g/HOST", "X-Empty=/null", "x_odd!=a  b\u00e9/null", "AUTHORIZATION=Bearer x:y/AUTHORIZATION");
    }

    @Test
    void readsHeadsLargerThanItsFirstArrays() {
        StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\n" + HOST);
        for (int i = 0; i < 100; i++) {
            head.append("x-").append(i).append(": ").append("v".repeat(30)).append("\r\n");
        }
        HeadFeed feed = HeadFeed.ofRequest(MAX, MAX);

        Heard whole = feed.hear(head + "\r\n" + BODY);

        assertThat(whole.fields()).hasSize(101).endsWith("x-99=" + "v".repeat(30) + "/null");
        assertThat(whole.rest()).isEqualTo(BODY);
        assertThat(feed.hearByteByByte((head + "\r\n" + BODY).getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(whole);
    }

    @Test
    void readsOneRequestAfterTheOther() {
        RequestHead head = new RequestHead();
        HeadReader.OfRequest reader = new HeadReader.OfRequest(head, MAX, MAX);
        ByteBuf in = Unpooled.copiedBuffer(
                "POST /a HTTP/1.1\r\nHost: g\r\nContent-Length: 3\r\nX-A: b\r\n\r\nGET /b HTTP/1.1\r\nHost: g\r\n\r\n",
                StandardCharsets.ISO_8859_1);

        assertThat(reader.read(in)).isTrue();
        assertThat(head.path()).isEqualTo("/a");
        reader.reset();
        assertThat(reader.started()).isFalse();
        assertThat(reader.read(in)).isTrue();

        assertThat(List.of(head.method(), head.path())).containsExactly("GET", "/b");
        assertThat(head.count()).isOne();
        assertThat(head.contentLength()).isEqualTo(-1);
        assertThat(head.has(HeaderName.CONTENT_LENGTH)).isFalse();
        assertThat(in.isReadable()).isFalse();
        in.release();
    }

    private static final int MAX = 16 * 1024;

    static Stream<Arguments> limits() {
        String line = "GET /" + "a".repeat(40 - "GET / HTTP/1.1".length()) + " HTTP/1.1";
        String fields = HOST + "X-A: " + "b".repeat(100 - HOST.length() - "X-A: \r\n".length()) + "\r\n\r\n";
        return Stream.of(
                arguments("line at its limit", line + "\r\n" + HOST + "\r\n", null),
                arguments("line one above", line.replace("/a", "/aa") + "\r\n" + HOST + "\r\n", ErrorCode.URI_TOO_LONG),
                arguments("line far above", line.replace("/a", "/" + "a".repeat(5000)) + "\r\n" + HOST + "\r\n", ErrorCode.URI_TOO_LONG),
                arguments("fields at its limit", line + "\r\n" + fields, null),
                arguments("fields at its limit behind empty lines", "\r\n\r\n" + line + "\r\n" + fields, null),
                arguments("fields one above", line + "\r\n" + fields.replace(": b", ": bb"), ErrorCode.HEADERS_TOO_LARGE),
                arguments("fields far above", line + "\r\n" + fields.replace(": b", ": " + "b".repeat(5000)), ErrorCode.HEADERS_TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void holdsItsLimitsWhereverThePiecesEnd(String what, String head, ErrorCode failure) {
        HeadFeed feed = HeadFeed.ofRequest(40, 100);
        byte[] bytes = (head + BODY).getBytes(StandardCharsets.ISO_8859_1);

        Heard whole = feed.hear(bytes);

        assertThat(whole.complete()).isTrue();
        assertThat(whole.failure()).isEqualTo(failure);
        for (int cut = 0; cut <= Math.min(bytes.length, 200); cut++) {
            assertThat(feed.hear(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(feed.hearByteByByte(bytes)).isEqualTo(whole);
    }

    @Test
    void takes128FieldsAndNoMore() {
        String head = "GET / HTTP/1.1\r\n" + HOST + "a: b\r\n".repeat(127);

        assertThat(HeadFeed.ofRequest().hear(head + "\r\n").fields()).hasSize(128);
        assertThat(HeadFeed.ofRequest().hear(head + "c: d\r\n\r\n").failure()).isEqualTo(ErrorCode.HEADERS_TOO_LARGE);
    }

    @Test
    void saysWhetherAHeadHasBegun() {
        HeadReader.OfRequest reader = new HeadReader.OfRequest(new RequestHead(), MAX, MAX);
        ByteBuf in = Unpooled.copiedBuffer("\r\nG", StandardCharsets.ISO_8859_1);

        assertThat(reader.read(in.readSlice(2))).isFalse();
        assertThat(reader.started()).as("an empty line is no beginning").isFalse();
        assertThat(reader.read(in)).isFalse();
        assertThat(reader.started()).isTrue();
        in.release();
    }
}
