package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/// Requests that two HTTP implementations may understand differently are answered, never forwarded, and their
/// connection is closed (RFC 9112 sections 2.2, 3, 5.1, 6 and 7.1).
@ExtendWith(LeakGuard.class)
final class MalformedHttpTest {
    private static final String LINE = "POST /v1/chat/completions HTTP/1.1\r\n";
    private static final String HOST = "Host: gateway\r\n";
    private static final String KEY = "Authorization: Bearer " + GatewayFixture.MASTER_KEY + "\r\n";
    private static final String START = LINE + HOST + KEY;
    private static final String CHUNKED = START + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String WITH_BODY =
            CHUNKED + Integer.toHexString(ChatSample.REQUEST.length()) + "\r\n" + ChatSample.REQUEST + "\r\n";

    private static ScriptedUpstream upstream;
    private static GatewayFixture gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().otherwise(ChatSample.reply());
        gateway = GatewayFixture.inFrontOf(upstream).set("server.max_body", "64KiB").start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> ambiguousFraming() {
        return Stream.of(
                row("content-length and transfer-encoding", START + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row("transfer-encoding and content-length", START + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
                row("two different lengths", START + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
                row("two equal lengths", START + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
                row("a list of lengths", START + "Content-Length: 2, 2\r\n\r\n{}"),
                row("a signed length", START + "Content-Length: +2\r\n\r\n{}"),
                row("a negative length", START + "Content-Length: -2\r\n\r\n{}"),
                row("a hexadecimal length", START + "Content-Length: 0x2\r\n\r\n{}"),
                row("an empty length", START + "Content-Length: \r\n\r\n{}"),
                row("a length with a space", START + "Content-Length: 1 2\r\n\r\n{}"),
                row("a length beyond 64 bits", START + "Content-Length: 99999999999999999999\r\n\r\n{}"),
                row("transfer-encoding identity", START + "Transfer-Encoding: identity\r\n\r\n{}"),
                row("transfer-encoding gzip", START + "Transfer-Encoding: gzip\r\n\r\n{}"),
                row("gzip before chunked", START + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                row("chunked not last", START + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                row("chunked twice", START + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                row("two transfer-encoding fields", START + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row("nearly chunked", START + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                row("chunked behind a vertical tab", START + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                row("an empty transfer-encoding", START + "Transfer-Encoding: \r\n\r\n0\r\n\r\n"),
                row("transfer-encoding in HTTP/1.0", START.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    static Stream<Arguments> brokenLines() {
        return Stream.of(
                row("bare LF after the request line", "POST /v1/chat/completions HTTP/1.1\n" + HOST + KEY + "Content-Length: 0\r\n\r\n"),
                row("bare LF after a field", LINE + "Host: gateway\n" + KEY + "Content-Length: 0\r\n\r\n"),
                row("bare LF as the empty line", START + "Content-Length: 0\r\n\n"),
                row("bare CR within a value", START + "X-A: b\rX-C: d\r\nContent-Length: 0\r\n\r\n"),
                row("a folded line", START + "X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n"),
                row("a line folded by a tab", START + "X-A: b\r\n\tc\r\nContent-Length: 0\r\n\r\n"),
                row("white space before the first field", LINE + " " + HOST + KEY + "Content-Length: 0\r\n\r\n"),
                row("a space before the colon", START + "Content-Length : 0\r\n\r\n"),
                row("a tab before the colon", START + "Content-Length\t: 0\r\n\r\n"),
                row("a field without colon", START + "Nonsense\r\nContent-Length: 0\r\n\r\n"),
                row("a field without name", START + ": value\r\nContent-Length: 0\r\n\r\n"),
                row("a delimiter in a name", START + "X(A): b\r\nContent-Length: 0\r\n\r\n"),
                row("a byte beyond ASCII in a name", START + "X\u00e9: b\r\nContent-Length: 0\r\n\r\n"),
                row("NUL in a value", START + "X-A: b\u0000c\r\nContent-Length: 0\r\n\r\n"),
                row("a control in a value", START + "X-A: b\u0001c\r\nContent-Length: 0\r\n\r\n"),
                row("DEL in a value", START + "X-A: b\u007fc\r\nContent-Length: 0\r\n\r\n"));
    }

    static Stream<Arguments> brokenStarts() {
        return Stream.of(
                row("no Host", LINE + KEY + "Content-Length: 0\r\n\r\n"),
                row("two Hosts", LINE + HOST + HOST + KEY + "Content-Length: 0\r\n\r\n"),
                row("a Host with a space", LINE + "Host: a b\r\n" + KEY + "Content-Length: 0\r\n\r\n"),
                row("no version", "GET /health\r\n\r\n"),
                row("a lower-case version", "GET /health http/1.1\r\n" + HOST + "\r\n"),
                row("a version with a tail", "GET /health HTTP/1.1x\r\n" + HOST + "\r\n"),
                row("a version without minor", "GET /health HTTP/1\r\n" + HOST + "\r\n"),
                row("two spaces before the target", "GET  /health HTTP/1.1\r\n" + HOST + "\r\n"),
                row("a tab before the target", "GET\t/health HTTP/1.1\r\n" + HOST + "\r\n"),
                row("a space in the target", "GET /hea lth HTTP/1.1\r\n" + HOST + "\r\n"),
                row("a control in the target", "GET /hea\u0001lth HTTP/1.1\r\n" + HOST + "\r\n"),
                row("a byte beyond ASCII in the target", "GET /h\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
                row("a target without slash", "GET health HTTP/1.1\r\n" + HOST + "\r\n"),
                row("a delimiter in the method", "G(T /health HTTP/1.1\r\n" + HOST + "\r\n"),
                row("an empty method", " /health HTTP/1.1\r\n" + HOST + "\r\n"));
    }

    static Stream<Arguments> brokenChunks() {
        return Stream.of(
                row("a chunk size of letters", CHUNKED + "xyz\r\n\r\n0\r\n\r\n"),
                row("a negative chunk size", CHUNKED + "-1\r\n{}\r\n0\r\n\r\n"),
                row("a signed chunk size", CHUNKED + "+2\r\n{}\r\n0\r\n\r\n"),
                row("a prefixed chunk size", CHUNKED + "0x2\r\n{}\r\n0\r\n\r\n"),
                row("no chunk size", CHUNKED + "\r\n{}\r\n0\r\n\r\n"),
                row("a space before the chunk size", CHUNKED + " 2\r\n{}\r\n0\r\n\r\n"),
                row("a chunk size beyond 64 bits", CHUNKED + "FFFFFFFFFFFFFFFFF2\r\n{}\r\n0\r\n\r\n"),
                row("bare LF after the chunk size", CHUNKED + "2\n{}\r\n0\r\n\r\n"),
                row("bare CR after the chunk size", CHUNKED + "2\r{}\r\n0\r\n\r\n"),
                row("a chunk longer than its size", CHUNKED + "2\r\n{} \r\n0\r\n\r\n"),
                row("bare LF after the chunk", CHUNKED + "2\r\n{}\n0\r\n\r\n"),
                row("bare LF in a chunk extension", CHUNKED + "2;a=b\nX\r\n{}\r\n0\r\n\r\n"),
                row("a control in a chunk extension", CHUNKED + "2;a=\u0000\r\n{}\r\n0\r\n\r\n"),
                row("an endless chunk extension", CHUNKED + "2;" + "a".repeat(40_000)),
                row("an obs-folded trailer", WITH_BODY + "0\r\nX-A: b\r\n c\r\n\r\n"),
                row("a trailer with a space before its colon", WITH_BODY + "0\r\nX-A : b\r\n\r\n"));
    }

    private static Arguments row(String name, String bytes) {
        return arguments(name, bytes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"ambiguousFraming", "brokenLines", "brokenStarts", "brokenChunks"})
    void isAnsweredWith400AndClosed(String name, String bytes) {
        int before = upstream.requestCount();
        try (var client = RawClient.connect(gateway.port())) {
            RawResponse response = client.sendAsFarAsPossible(bytes.getBytes(ISO_8859_1)).read();

            assertRefused(response, client, List.of(400));
        }
        assertThat(upstream.requestCount()).isEqualTo(before);
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                arguments("a long target", 414, "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments("an endless target", 414, "GET /" + "a".repeat(40_000)),
                arguments("a long field", 431, START + "Content-Length: 0\r\n" + "X-A: " + "b".repeat(20_000) + "\r\n\r\n"),
                arguments("an endless field", 431, START + "X-A: " + "b".repeat(40_000)),
                arguments("many fields", 431, START + "X-A: b\r\n".repeat(3_000) + "\r\n"),
                arguments("endless trailers", 400, WITH_BODY + "0\r\n" + "X-A: b\r\n".repeat(8_000)),
                arguments("a long body", 413, START + "Content-Length: 65537\r\n\r\n"),
                arguments("a chunk beyond the limit", 413, CHUNKED + "10001\r\n" + " ".repeat(0x10001) + "\r\n"),
                arguments("chunks beyond the limit", 413, CHUNKED + ("8000\r\n" + " ".repeat(0x8000) + "\r\n").repeat(3)),
                arguments("HTTP/2.0 spelled out", 505, "GET /health HTTP/2.0\r\n" + HOST + "\r\n"),
                arguments("HTTP/3.0 spelled out", 505, "GET /health HTTP/3.0\r\n" + HOST + "\r\n"),
                arguments("HTTP/0.9 spelled out", 505, "GET /health HTTP/0.9\r\n" + HOST + "\r\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("tooMuch")
    void isAnsweredByItsOwnStatusAndClosed(String name, int status, String bytes) {
        try (var client = RawClient.connect(gateway.port())) {
            RawResponse response = client.sendAsFarAsPossible(bytes.getBytes(ISO_8859_1)).read();

            assertRefused(response, client, List.of(status));
        }
    }

    private static void assertRefused(RawResponse response, RawClient client, List<Integer> statuses) {
        assertThat(statuses).as(response.text()).contains(response.status());
        assertThat(response.header("Content-Type")).startsWith("application/json");
        assertThat(response.header("x-request-id")).isNotBlank();
        assertThat(response.headers().lists("Connection", "close")).isTrue();
        assertThat(response.error("type")).isEqualTo("invalid_request_error");
        assertThat(response.error("message")).isNotBlank();
        assertThat(client.closedByPeer()).isTrue();
    }

    static Stream<Arguments> unusualButSound() {
        String body = ChatSample.REQUEST;
        String length = "Content-Length: " + body.length() + "\r\n";
        String hex = Integer.toHexString(body.length());
        return Stream.of(
                row("absolute-form", START.replace("/v1/chat", "http://gateway/v1/chat") + length + "\r\n" + body),
                row("an empty line first", "\r\n" + START + length + "\r\n" + body),
                row("a tab in a value", START + "X-A: b\tc\r\n" + length + "\r\n" + body),
                row("bytes beyond ASCII in a value", START + "X-A: \u00e9\u00ff\r\n" + length + "\r\n" + body),
                row("an empty value", START + "X-A:\r\n" + length + "\r\n" + body),
                row("no space after the colon", START + length.replace(": ", ":") + "\r\n" + body),
                row("leading zeroes of a length", START + length.replace(": ", ": 000") + "\r\n" + body),
                row("field names in any case", START.toUpperCase(Locale.ROOT).replace("/V1/CHAT/COMPLETIONS", "/v1/chat/completions")
                        .replace(GatewayFixture.MASTER_KEY.toUpperCase(Locale.ROOT), GatewayFixture.MASTER_KEY) + length.toUpperCase(Locale.ROOT) + "\r\n" + body),
                row("chunked in capitals", CHUNKED.replace("chunked", "CHUNKED") + hex + "\r\n" + body + "\r\n0\r\n\r\n"),
                row("chunk size in capitals", CHUNKED + hex.toUpperCase(Locale.ROOT) + "\r\n" + body + "\r\n0\r\n\r\n"),
                row("zeroes before a chunk size", CHUNKED + "000" + hex + "\r\n" + body + "\r\n00\r\n\r\n"),
                row("a chunk extension", CHUNKED + hex + ";a=\"b;c\"\r\n" + body + "\r\n0;x\r\n\r\n"),
                row("trailers", CHUNKED + hex + "\r\n" + body + "\r\n0\r\nX-A: b\r\n\r\n"),
                row("one byte a chunk", CHUNKED + singleByteChunks(body) + "0\r\n\r\n"));
    }

    private static String singleByteChunks(String body) {
        var chunks = new StringBuilder();
        body.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
        return chunks.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusualButSound")
    void isServedAndTheConnectionKept(String name, String bytes) {
        try (var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(bytes).read().status()).isEqualTo(200);
            assertThat(client.send(bytes).read().text()).isEqualTo(ChatSample.REPLY);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusualButSound")
    void isServedWhenItArrivesByteByByte(String name, String bytes) {
        try (var client = RawClient.connect(gateway.port())) {
            client.sendSplit(bytes.getBytes(ISO_8859_1), 1);

            assertThat(client.read().text()).isEqualTo(ChatSample.REPLY);
        }
    }
}
