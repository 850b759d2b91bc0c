package io.deltallm.netty.ingress;

import io.deltallm.netty.exchange.PhaseBench;
import io.deltallm.netty.testing.LeakGuard;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class Http1HandlerTest {
    private static final String KEY = "Host: g~Authorization: Bearer sk-master~";
    private static final String MODEL = "GET /v1/models/gpt HTTP/1.1~" + KEY + "~";
    private static final String NOWHERE = "GET /nowhere HTTP/1.1~Host: g~~";
    private static final String CHAT = "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String POST =
            "POST /v1/chat/completions HTTP/1.1~" + KEY + "Content-Length: " + CHAT.length() + "~~" + CHAT;

    private static final ConnectionSettings SETTINGS = new ConnectionSettings(
            200,
            1000,
            Duration.ofSeconds(2).toNanos(),
            Duration.ofSeconds(10).toNanos(),
            Duration.ofSeconds(4).toNanos(),
            1000);

    private final PhaseBench bench = new PhaseBench("");
    private final ConnectionRegistry registry = new ConnectionRegistry();

    @BeforeEach
    void install() {
        bench.channel().pipeline().addLast(new Http1Handler(bench.loop(), SETTINGS, registry, bench.flow()));
        bench.installPhases();
    }

    @AfterEach
    void close() {
        bench.close();
        assertThat(registry.size()).isZero();
    }

    private void send(String text) {
        byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        bench.channel().writeInbound(bench.channel().alloc().directBuffer(bytes.length).writeBytes(bytes));
    }

    private String received() {
        bench.channel().runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (Object message = bench.channel().readOutbound(); message != null; message = bench.channel().readOutbound()) {
            ByteBuf bytes = (ByteBuf) message;
            text.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
        return text.toString();
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    private boolean open() {
        return bench.channel().isActive();
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        send(MODEL + NOWHERE + MODEL);

        assertThat(received()).matches("(?s)HTTP/1.1 200 .*HTTP/1.1 404 .*HTTP/1.1 200 .*");
        assertThat(open()).isTrue();
    }

    @Test
    void answersRequestsThatComeByteByByte() {
        (MODEL + NOWHERE).replace("~", "\r\n").chars().forEach(c -> send(Character.toString(c)));

        assertThat(received()).matches("(?s)HTTP/1.1 200 .*HTTP/1.1 404 .*");
    }

    /// The head is the connection's, and read anew as soon as a reply has ended.
    @Test
    void reportsEachRequestWithItsPath() {
        send(NOWHERE + MODEL);
        send(POST);
        bench.channel().runPendingTasks();
        bench.provider().last().reply("HTTP/1.1 200 OK~Content-Length: 2~~ok");
        received();

        assertThat(bench.ended())
                .containsExactly(
                        "REFUSED 404 GET /nowhere unknown",
                        "COMPLETED 200 GET /v1/models/gpt models",
                        "COMPLETED 200 POST /v1/chat/completions chat/completions");
    }

    @Test
    void keepsTheNextRequestBackUntilTheReplyHasEnded() {
        send(POST + MODEL);
        assertThat(received()).isEmpty();

        bench.provider().last().reply("HTTP/1.1 200 OK~Content-Length: 2~~o");
        assertThat(received()).endsWith("o");
        bench.provider().last().reply("k");

        assertThat(received()).startsWith("kHTTP/1.1 200 OK");
    }

    @Test
    void stopsReadingWhenTooMuchIsParked() {
        send(POST);
        send(MODEL.repeat(1000));
        assertThat(bench.channel().config().isAutoRead()).isFalse();

        bench.channel().runPendingTasks();
        bench.provider().last().reply("HTTP/1.1 200 OK~Content-Length: 2~~ok");

        assertThat(count(received(), "HTTP/1.1 200 OK")).isEqualTo(1001);
        assertThat(bench.channel().config().isAutoRead()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, x, true,  ''",
        "HTTP/1.1, close, false, connection: close",
        "HTTP/1.0, x, false, connection: close",
        "HTTP/1.0, keep-alive, true, connection: keep-alive"
    })
    void closesOrStaysAsAsked(String version, String connection, boolean stays, String said) {
        send("GET /v1/models/gpt " + version + "~" + KEY + "Connection: " + connection + "~~");

        assertThat(received()).startsWith("HTTP/1.1 200 OK\r\n").contains(said);
        assertThat(open()).isEqualTo(stays);
    }

    @Test
    void answersHeadWithoutBody() {
        send(MODEL.replace("GET", "HEAD") + NOWHERE);

        assertThat(received()).matches("(?s)HTTP/1.1 200 OK\r\n.*content-length: [1-9].*\r\n\r\nHTTP/1.1 404 .*");
    }

    @Test
    void framesReplies() {
        send(POST);
        bench.channel().runPendingTasks();
        bench.provider().last().reply("HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~~");
        assertThat(received()).contains("transfer-encoding: chunked").endsWith("\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

        send(POST.replace("HTTP/1.1", "HTTP/1.0"));
        bench.channel().runPendingTasks();
        bench.provider().last().reply("HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~~");
        assertThat(received()).doesNotContain("chunked").endsWith("\r\n\r\nhello");
        assertThat(open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 1025, 4096, 70_000})
    void writesChunksOfAnySize(int size) {
        send(POST);
        bench.channel().runPendingTasks();

        bench.provider().last().reply("HTTP/1.1 200 OK~~" + "x".repeat(size));
        bench.provider().last().hangUp();

        assertThat(received()).endsWith("\r\n\r\n" + Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n");
    }

    @Test
    void asksForABodyThatIsHeldBack() {
        String[] parts = POST.replace("Host: g~", "Host: g~Expect: 100-continue~").split("~~", 2);

        send(parts[0] + "~~");
        assertThat(received()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        send(parts[1]);
        bench.channel().runPendingTasks();

        assertThat(bench.provider().connections()).isOne();
    }

    @Test
    void goesOnBehindARefusalWhoseRequestIsAllHere() {
        send(POST.replace("sk-master~", "~").replace("Authorization: Bearer ", "X: ") + MODEL);

        assertThat(received()).matches("(?s)HTTP/1.1 401 .*HTTP/1.1 200 .*");
        assertThat(open()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100~~half", "Transfer-Encoding: chunked~~5~hello~0~~", "Expect: 100-continue~Content-Length: 1~~"})
    void closesBehindARefusalWhoseRequestIsNotAllHere(String rest) {
        send("POST /nowhere HTTP/1.1~Host: g~" + rest);

        assertThat(received()).startsWith("HTTP/1.1 404 ").contains("connection: close");
        assertThat(open()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1~~, 400", "GET / HTTP/2.5~Host: g~~, 505", "nonsense~~, 400",
        "POST /v1/chat/completions HTTP/1.1~Host: g~Authorization: Bearer sk-master~Transfer-Encoding: chunked~~x~, 400"
    })
    void answersWhatIsNoRequestAndCloses(String text, int status) {
        send(text + NOWHERE);

        assertThat(received()).startsWith("HTTP/1.1 " + status + " ").contains("connection: close").doesNotContain("404");
        assertThat(open()).isFalse();
    }

    @Test
    void holdsItsLimits() {
        send("GET /" + "a".repeat(200) + " HTTP/1.1~Host: g~~");
        assertThat(received()).startsWith("HTTP/1.1 414 ");
    }

    @Test
    void answersHeadsThatAreTooLarge() {
        send("GET / HTTP/1.1~Host: g~X: " + "a".repeat(1000) + "~~");
        assertThat(received()).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void timesAHeadFromItsFirstByte() {
        send("GET / HT");

        bench.clock().advance(Duration.ofMillis(1900));
        assertThat(received()).isEmpty();
        send("TP");
        bench.clock().advance(Duration.ofMillis(200));

        assertThat(received()).startsWith("HTTP/1.1 408 ");
        assertThat(open()).isFalse();
    }

    @Test
    void timesEachPieceOfABody() {
        send(POST.substring(0, POST.length() - 1));
        bench.clock().advance(Duration.ofSeconds(5));

        assertThat(received()).startsWith("HTTP/1.1 408 ");
        assertThat(open()).isFalse();
    }

    @Test
    void closesAnIdleConnectionWithoutAWord() {
        send(MODEL);
        received();

        bench.clock().advance(Duration.ofSeconds(9));
        assertThat(open()).isTrue();
        bench.clock().advance(Duration.ofSeconds(2));

        assertThat(received()).isEmpty();
        assertThat(open()).isFalse();
    }

    @Test
    void waitsForAProviderLongerThanForAClient() {
        send(POST);

        bench.clock().advance(Duration.ofSeconds(20));

        assertThat(received()).isEmpty();
        assertThat(open()).isTrue();
    }

    @Test
    void closesOnDrainOnceItIsIdle() {
        send(POST);
        registry.drain();
        assertThat(open()).isTrue();

        bench.channel().runPendingTasks();
        bench.provider().last().reply("HTTP/1.1 200 OK~Content-Length: 2~~ok");

        assertThat(received()).contains("connection: close").endsWith("ok");
        assertThat(open()).isFalse();
    }

    /// A client that sends request after request and reads no reply must not fill the memory with them.
    @Test
    void readsNoFurtherRequestWhileRepliesPileUp() {
        bench.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        send(MODEL.repeat(1000));
        assertThat(count(received(), "HTTP/1.1 200 OK")).isLessThan(2);
        assertThat(bench.channel().config().isAutoRead()).isFalse();

        bench.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        bench.channel().runPendingTasks();

        assertThat(count(received(), "HTTP/1.1 200 OK")).isGreaterThan(997);
        assertThat(bench.channel().config().isAutoRead()).isTrue();
    }
}
