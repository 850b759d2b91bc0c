package io.deltallm.codec.http;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.http.HeadWriter.Framing;
import io.deltallm.codec.http.HeadWriter.Persistence;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeadWriterTest {
    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final HeadWriter writer = new HeadWriter();

    private static ResponseHead reply(String... fields) {
        HeadFeed feed = HeadFeed.ofResponse();
        assertThat(feed.hear("HTTP/1.1 200 Fine\r\n" + String.join("\r\n", fields) + "\r\n\r\n").message()).isEmpty();
        return feed.response();
    }

    private static RequestHead request(String... fields) {
        HeadFeed feed = HeadFeed.ofRequest();
        String text = "POST /p HTTP/1.1\r\nHost: g\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
        assertThat(feed.hear(text).message()).isEmpty();
        return feed.request();
    }

    private String response(ResponseHead head, Framing framing, Persistence persistence) {
        return text(writer.response(head, framing, persistence, 0, buffers.alloc()));
    }

    private String upstream(RequestHead head) {
        return upstream("POST /v1", head);
    }

    private String upstream(String start, RequestHead head) {
        byte[] rest = Ascii.bytes(" HTTP/1.1\r\nhost: p\r\n");
        return text(writer.request(RequestEntry.whole(Ascii.bytes(start)), rest, head, 7, 0, buffers.alloc()));
    }

    private static String text(ByteBuf written) {
        String text = written.toString(StandardCharsets.ISO_8859_1);
        written.release();
        return text.replace("\r\n", "~");
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH,  IMPLIED,    HTTP/1.1 200 OK~X-A: b~content-length: 12~~",
        "LENGTH,  KEEP_ALIVE, HTTP/1.1 200 OK~X-A: b~content-length: 12~connection: keep-alive~~",
        "CHUNKED, IMPLIED,    HTTP/1.1 200 OK~X-A: b~transfer-encoding: chunked~~",
        "CHUNKED, CLOSE,      HTTP/1.1 200 OK~X-A: b~transfer-encoding: chunked~connection: close~~",
        "CLOSE,   CLOSE,      HTTP/1.1 200 OK~X-A: b~connection: close~~",
        "NONE,    IMPLIED,    HTTP/1.1 200 OK~X-A: b~~",
    })
    void writesItsOwnFramingAndPersistence(Framing framing, Persistence persistence, String expected) {
        ResponseHead head = reply("Content-Length: 12", "X-A: b", "Connection: x", "Keep-Alive: timeout=5");

        assertThat(response(head, framing, persistence)).isEqualTo(expected);
    }

    @Test
    void keepsOrderCaseAndSpacingOfWhatPasses() {
        ResponseHead head = reply("X-A:b", "content-TYPE:   a/b  ", "Trailer: x", "x-c:\td", "TE: x", "Upgrade: h2c", "x-e: f");

        assertThat(response(head, Framing.NONE, Persistence.IMPLIED))
                .isEqualTo("HTTP/1.1 200 OK~X-A:b~content-TYPE:   a/b  ~x-c:\td~x-e: f~~");
    }

    @Test
    void leavesOutWhatWasDroppedAndWritesWhatWasAdded() {
        ResponseHead head = reply("X-A: b", "X-Request-ID: theirs", "X-C: d", "Set-Cookie: c", "Server: s");

        head.dropProviderOnly();
        head.drop(HeaderName.X_REQUEST_ID);
        head.add(HeaderName.X_REQUEST_ID, Ascii.bytes("ours"));
        head.drop("x-c");

        assertThat(response(head, Framing.NONE, Persistence.IMPLIED))
                .isEqualTo("HTTP/1.1 200 OK~X-A: b~Server: s~x-request-id: ours~~");
    }

    @Test
    void leavesOutWhatConnectionNames() {
        ResponseHead head = reply("X-Hop: 1", "X-A: b", "Connection: close, X-HOP", "x-hop: 2", "Connection: other", "Other: 3");

        assertThat(response(head, Framing.NONE, Persistence.IMPLIED)).isEqualTo("HTTP/1.1 200 OK~X-A: b~~");
    }

    @Test
    void writesTheGatewaysOwnReplies() {
        ResponseHead head = new ResponseHead().start(429, 2);
        head.add(HeaderName.CONTENT_TYPE, Ascii.bytes("a/b"));

        assertThat(response(head, Framing.LENGTH, Persistence.IMPLIED))
                .isEqualTo("HTTP/1.1 429 Too Many Requests~content-type: a/b~content-length: 2~~");
        assertThat(response(head.start(999, 0), Framing.LENGTH, Persistence.IMPLIED))
                .isEqualTo("HTTP/1.1 999 Error~content-length: 0~~");
    }

    @Test
    void sendsProvidersNothingThatIsTheClientsOwn() {
        RequestHead head = request(
                "Authorization: Bearer secret", "X-API-Key: secret", "api-key: secret", "X-Goog-Api-Key: secret", "Cookie: c",
                "X-Forwarded-For: 1.2.3.4", "Forwarded: for=x", "Via: v", "OpenAI-Organization: o", "Origin: o", "Expect: 100-continue",
                "Accept-Encoding: gzip", "Content-Length: 3", "Connection: X-Hop", "X-Hop: h", "Keep-Alive: k", "TE: trailers",
                "Proxy-Authorization: secret", "HTTP2-Settings: s", "Upgrade: h2c", "Content-Type: a/b", "User-Agent: u", "X-Own: o");

        assertThat(upstream(head))
                .isEqualTo("POST /v1 HTTP/1.1~host: p~Content-Type: a/b~User-Agent: u~X-Own: o~content-length: 7~~");
    }

    @ParameterizedTest
    @CsvSource({
        "/p,              POST /v1",
        "/p?,             POST /v1",
        "/p?a=b&c,        POST /v1?a=b&c",
        "/p?&&a&,         POST /v1?a",
        "/p?a=b?c#d,      POST /v1?a=b?c#d",
        "/p?KEY=s&a=b,    POST /v1?a=b",
        "/p?api-key=s,    POST /v1",
        "/p?monkey=s&Access_Token=s&token, POST /v1?monkey=s",
    })
    void passesTheQueryOnWithoutCredentials(String target, String expected) {
        HeadFeed feed = HeadFeed.ofRequest();
        assertThat(feed.hear("POST " + target + " HTTP/1.1\r\nHost: g\r\n\r\n").message()).isEmpty();

        assertThat(upstream(feed.request())).startsWith(expected + " HTTP/1.1~host: p~");
    }

    @Test
    void joinsTheQueryToOneThatIsThere() {
        HeadFeed feed = HeadFeed.ofRequest();
        assertThat(feed.hear("POST /p?a=b HTTP/1.1\r\nHost: g\r\n\r\n").message()).isEmpty();

        assertThat(upstream("POST /v1?version=1", feed.request())).startsWith("POST /v1?version=1&a=b HTTP/1.1~");
    }

    @Test
    void growsWithTheHead() {
        RequestHead head = request("X-Long: " + "v".repeat(3000));
        head.add(Ascii.bytes("x-longer"), Ascii.bytes("w".repeat(9000)));

        assertThat(upstream(head))
                .endsWith("X-Long: " + "v".repeat(3000) + "~x-longer: " + "w".repeat(9000) + "~content-length: 7~~");
    }
}
