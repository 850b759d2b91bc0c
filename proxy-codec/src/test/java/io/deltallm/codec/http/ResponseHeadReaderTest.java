package io.deltallm.codec.http;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.http.HeadFeed.Heard;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseHeadReaderTest {
    private static final String BODY = "data: {}\n\nHTTP/1.1 200 OK\r\n\r\n";
    private static final String CL = "Content-Length: ";
    private static final String TE = "Transfer-Encoding: ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 200 OK       | Content-Length: 5                           | 200 length 5 stays
            HTTP/1.1 200          | Content-Length: 5                           | 200 length 5 stays
            HTTP/1.1 200 a b é    | Content-Length: 5                           | 200 length 5 stays
            HTTP/1.1 200 OK       | Transfer-Encoding: CHUNKED                  | 200 length -1 chunked stays
            HTTP/1.1 200 OK       | X-A: b                                      | 200 length -1 closes
            HTTP/1.1 200 OK       | Content-Length: 5!Connection: close         | 200 length 5 closes
            HTTP/1.0 200 OK       | Content-Length: 5                           | 200 length 5 closes
            HTTP/1.0 200 OK       | Content-Length: 5!Connection: keep-alive    | 200 length 5 stays
            HTTP/1.0 200 OK       | Transfer-Encoding: chunked!Connection: keep-alive | 200 length -1 chunked closes
            HTTP/1.1 100 Continue | X-A: b                                      | 100 length -1 stays
            HTTP/1.1 204 No       | X-A: b                                      | 204 length -1 stays
            HTTP/1.1 304 Not      | Content-Length: 5                           | 304 length 5 stays
            HTTP/1.1 999 Odd      | Content-Length: 0                           | 999 length 0 stays
            """)
    void readsSoundHeadsWholeAndInPieces(String line, String fields, String start) {
        HeadFeed feed = HeadFeed.ofResponse();
        byte[] bytes = (line + "\r\n" + fields.replace("!", "\r\n") + "\r\n\r\n" + BODY).getBytes(StandardCharsets.ISO_8859_1);

        Heard whole = feed.hear(bytes);

        assertThat(whole.message()).isEmpty();
        assertThat(whole.start()).isEqualTo(start);
        assertThat(whole.rest()).isEqualTo(BODY);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(feed.hear(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(feed.hearByteByByte(bytes)).isEqualTo(whole);
    }

    static Stream<String> broken() {
        return Stream.of(
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.2 200 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 20x OK\r\n\r\n",
                "HTTP/1.1 200OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\nX: y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\n\r\n",
                "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: \u0000\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + CL + "5\r\n" + CL + "5\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + CL + "5, 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + CL + "-1\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + CL + "5\r\n" + TE + "chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + TE + "gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + TE + "chunked\r\n" + TE + "chunked\r\n\r\n",
                "\r\n\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void blamesTheProviderWhereverThePiecesEnd(String text) {
        HeadFeed feed = HeadFeed.ofResponse();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        Heard whole = feed.hear(bytes);

        assertThat(whole.failure()).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(feed.hear(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(feed.hearByteByByte(bytes)).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 200 %s!!, 87", "HTTP/1.1 200 OK!X: %s!!, 95"})
    void blamesTheProviderForAHeadThatIsTooLarge(String line, int room) {
        HeadFeed feed = HeadFeed.ofResponse(100);
        String text = line.replace("!", "\r\n");

        assertThat(feed.hear(text.formatted("x".repeat(room))).failure()).isNull();
        for (int more : new int[] {1, 50, 5000}) {
            byte[] bytes = text.formatted("x".repeat(room + more)).getBytes(StandardCharsets.ISO_8859_1);
            Heard whole = feed.hear(bytes);
            assertThat(whole.failure()).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
            assertThat(whole.message()).contains("larger than 100 bytes");
            assertThat(feed.hearByteByByte(bytes)).isEqualTo(whole);
        }
    }

    @Test
    void blamesTheProviderForTooManyFields() {
        Heard heard = HeadFeed.ofResponse().hear("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(129) + "\r\n");

        assertThat(heard.failure()).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
    }
}
