package io.deltallm.netty.exchange;

import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.LeakGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class RequestBodyHandlerTest {
    private static final String CHAT_LINE = "POST /v1/chat/completions";

    private final PhaseBench bench = PhaseBench.ofPhases();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void proceedsWithABodyInOnePieceOrMany() {
        bench.post(PhaseBench.CHAT).settle();
        assertThat(bench.provider.last().written()).endsWith(PhaseBench.SENT);
        bench.provider.last().reply("HTTP/1.1 200 OK~Content-Length: 0~~");
        bench.up();

        bench.head(CHAT_LINE, PhaseBench.KEY);
        PhaseBench.CHAT.chars().forEach(c -> bench.piece(Character.toString(c)));
        bench.end().settle();

        assertThat(bench.provider.last().written()).endsWith("content-length: " + PhaseBench.SENT.length() + "\r\n\r\n" + PhaseBench.SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"model\":1}", "{\"messages\":[]}", "{\"model\":\"gpt\"}x", "nonsense"})
    void refusesWhatIsNoRequest(String body) {
        assertThat(bench.post(body).up().status()).isEqualTo(400);
        assertThat(bench.provider.connections()).isZero();
    }

    @Test
    void takesABodyUpToItsLimit() {
        String room = "x".repeat(1024 - PhaseBench.CHAT.length() - ",\"user\":\"\"".length());
        String whole = PhaseBench.CHAT.replace("]}", "],\"user\":\"" + room + "\"}");

        bench.post(whole).settle();
        assertThat(bench.provider.connections()).isOne();
        bench.provider.last().reply("HTTP/1.1 200 OK~Content-Length: 0~~");
        assertThat(bench.up().status()).isEqualTo(200);

        assertThat(bench.head(CHAT_LINE, PhaseBench.KEY).piece(whole).piece(" ").up().status()).isEqualTo(413);
    }

    @Test
    void refusesAStatedLengthBeforeTheBody() {
        assertThat(bench.head(CHAT_LINE, PhaseBench.KEY + "Content-Length: 1025\r\n").up().status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Encoding: gzip, 400", "Content-Type: multipart/form-data, 400", "Content-Type: multipart/form-data; boundary=, 400",
        "Content-Encoding: Identity, 0", "Content-Type: multipart/form-data; boundary=b, 0"
    })
    void judgesTheHeadFirst(String line, int status) {
        assertThat(bench.head("POST /v1/audio/transcriptions", PhaseBench.KEY + line + "\r\n").up().status()).isEqualTo(status);
    }

    @Test
    void asksForABodyOnlyIfItIsWanted() {
        Up wanted = bench.head(CHAT_LINE, PhaseBench.KEY + "Content-Length: 10\r\nExpect: 100-continue\r\n").up();
        assertThat(wanted.signals()).containsExactly(Signal.CONTINUE);
        bench.leave();

        Up unwanted = bench.head(CHAT_LINE, "Content-Length: 10\r\nExpect: 100-continue\r\n").up();
        assertThat(unwanted.signals()).isEmpty();
        assertThat(unwanted.status()).isEqualTo(401);
    }

    @Test
    void releasesThePiecesOfAClientThatLeft() {
        bench.head(CHAT_LINE, PhaseBench.KEY).piece("{\"model\"").piece(":\"gpt\"").leave();

        assertThat(bench.up().status()).isZero();
        assertThat(bench.ended).containsExactly("ABANDONED 0 POST /v1/chat/completions chat/completions");
    }
}
