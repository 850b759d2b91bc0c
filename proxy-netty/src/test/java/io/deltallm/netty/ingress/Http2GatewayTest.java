package io.deltallm.netty.ingress;

import io.deltallm.netty.ingress.Http2Wire.Frame;
import io.deltallm.netty.ingress.Http2Wire.Reply;
import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.KeySpec;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// HTTP/2 by prior knowledge, frame by frame, through a whole gateway.
@ExtendWith(LeakGuard.class)
final class Http2GatewayTest {
    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int INTERNAL_ERROR = 2;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int INITIAL_WINDOW = 4;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = plan().start();
    }

    private GatewayFixture.Plan plan() {
        return GatewayFixture.inFrontOf(upstream).set("server.event_loop_threads", 1);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private static String[] post(String... more) {
        List<String> fields = new ArrayList<>(List.of(
                ":method", "POST", ":scheme", "http", ":path", ChatSample.PATH, ":authority", "gateway",
                "authorization", "Bearer " + GatewayFixture.MASTER_KEY, "content-type", "application/json"));
        fields.addAll(Arrays.asList(more));
        return fields.toArray(String[]::new);
    }

    private static Http2Wire chat(Http2Wire client, int stream, String body) {
        return client.headers(stream, false, post()).data(stream, true, body);
    }

    static IntStream splits() {
        return IntStream.rangeClosed(1, Http2Wire.PREFACE.length);
    }

    @ParameterizedTest
    @MethodSource("splits")
    void knowsThePrefaceWhereverItIsSplit(int at) {
        try (var client = Http2Wire.open(gateway.port())) {
            client.write(Arrays.copyOf(Http2Wire.PREFACE, at));
            client.write(Arrays.copyOfRange(Http2Wire.PREFACE, at, Http2Wire.PREFACE.length)).settings();

            Frame first = client.await(Http2Wire.SETTINGS);

            assertThat(first.flags()).isZero();
        }
    }

    @Test
    void answersTheSameAsOverHttp1() {
        upstream.next(Script.reply(200).header("Content-Type", "application/json").header("X-Custom-Header", "kept")
                .header("Connection", "keep-alive, X-Hop").header("X-Hop", "gone").header("Keep-Alive", "timeout=5").whole(ChatSample.REPLY));
        try (var client = Http2Wire.connect(gateway.port())) {
            Reply reply = chat(client, 1, ChatSample.REQUEST).reply(1, false);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo(ChatSample.REPLY);
            assertThat(reply.headers().get("content-length")).asString().isEqualTo("" + ChatSample.REPLY.length());
            assertThat(reply.headers().get("x-custom-header")).asString().isEqualTo("kept");
            assertThat(reply.headers().names()).noneMatch(name -> List.of("x-hop", "connection", "keep-alive").contains(name.toString()));
            assertThat(reply.headers().names()).allMatch(name -> name.toString().equals(name.toString().toLowerCase(Locale.ROOT)));
            assertThat(upstream.takeRequest().text()).isEqualTo(ChatSample.REQUEST.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
        }
    }

    @Test
    void answersHeadWithoutABody() {
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, true, ":method", "HEAD", ":scheme", "http", ":path", "/health/liveliness", ":authority", "gateway");

            Frame head = client.await(Http2Wire.HEADERS);

            assertThat(head.endsStream()).isTrue();
            assertThat(client.decode(head).status()).asString().isEqualTo("200");
        }
    }

    @Test
    void continuesWhereTheClientWaitsForIt() {
        upstream.next(ChatSample.reply());
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, false, post("expect", "100-continue"));

            assertThat(client.decode(client.await(Http2Wire.HEADERS)).status()).asString().isEqualTo("100");
            assertThat(client.data(1, true, ChatSample.REQUEST).reply(1, false).status()).isEqualTo(200);
        }
    }

    @Test
    void takesTrailersAsTheEnd() {
        upstream.next(ChatSample.reply());
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, false, post()).data(1, false, ChatSample.REQUEST).headers(1, true, "x-checksum", "1");

            assertThat(client.reply(1, false).status()).isEqualTo(200);
        }
    }

    static List<Arguments> refused() {
        String auth = "Bearer " + GatewayFixture.MASTER_KEY;
        return List.of(
                Arguments.of("a path that is none", 400, new String[] {":method", "GET", ":scheme", "http", ":path", "models", ":authority", "g"}),
                Arguments.of("a space in the path", 400, new String[] {":method", "GET", ":scheme", "http", ":path", "/a b", ":authority", "g"}),
                Arguments.of("a method that is no token", 400, new String[] {":method", "G T", ":scheme", "http", ":path", "/", ":authority", "g"}),
                Arguments.of("CONNECT", 400, new String[] {":method", "CONNECT", ":authority", "g:1"}),
                Arguments.of("no authority", 400, new String[] {":method", "GET", ":scheme", "http", ":path", "/"}),
                Arguments.of("userinfo", 400, new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "me@g"}),
                Arguments.of("another host", 400, new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "g", "host", "h"}),
                Arguments.of("two hosts", 400, new String[] {":method", "GET", ":scheme", "http", ":path", "/", "host", "g", "host", "g"}),
                Arguments.of("an expectation", 417, new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "g", "expect", "tea"}),
                Arguments.of("a long path", 414, new String[] {":method", "GET", ":scheme", "http", ":path", "/" + "a".repeat(9000), ":authority", "g"}),
                Arguments.of("large fields", 431, new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "g", "x", "a".repeat(20_000)}),
                Arguments.of("an unknown path", 404, new String[] {":method", "GET", ":scheme", "http", ":path", "/nothing", ":authority", "g"}),
                Arguments.of("the same host", 200, new String[] {":method", "GET", ":scheme", "http", ":path", "/v1/models", ":authority", "G", "host", "g", "authorization", auth}),
                Arguments.of("only a host", 200, new String[] {":method", "GET", ":scheme", "http", ":path", "/v1/models", "host", "g", "authorization", auth}),
                Arguments.of("te: trailers", 200, new String[] {":method", "GET", ":scheme", "http", ":path", "/v1/models", ":authority", "g", "te", "trailers", "authorization", auth}));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void answersWhatIsNoRequest(String what, int status, String[] fields) {
        try (var client = Http2Wire.connect(gateway.port())) {
            assertThat(client.headers(1, true, fields).reply(1, false).status()).as(what).isEqualTo(status);
        }
    }

    static List<Arguments> reset() {
        return List.of(
                Arguments.of("no method", new String[] {":scheme", "http", ":path", "/", ":authority", "g"}),
                Arguments.of("no path", new String[] {":method", "GET", ":scheme", "http", ":authority", "g"}),
                Arguments.of("an empty path", new String[] {":method", "GET", ":scheme", "http", ":path", "", ":authority", "g"}),
                Arguments.of("a line break in the path", new String[] {":method", "GET", ":scheme", "http", ":path", "/a\r\nx: y", ":authority", "g"}),
                Arguments.of("no scheme", new String[] {":method", "GET", ":path", "/", ":authority", "g"}),
                Arguments.of("two paths", new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":path", "/a", ":authority", "g"}),
                Arguments.of("an unknown pseudo field", new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":magic", "g"}),
                Arguments.of("a status", new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":status", "200"}),
                Arguments.of("a late pseudo field", new String[] {":method", "GET", ":scheme", "http", "x", "y", ":path", "/"}),
                Arguments.of("upper case", new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "g", "X-Big", "y"}),
                Arguments.of("connection", new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "g", "connection", "close"}),
                Arguments.of("transfer-encoding", new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "g", "transfer-encoding", "chunked"}),
                Arguments.of("te", new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "g", "te", "gzip"}),
                Arguments.of("two lengths", new String[] {":method", "POST", ":scheme", "http", ":path", "/", ":authority", "g", "content-length", "1", "content-length", "2"}),
                Arguments.of("a missing body", new String[] {":method", "POST", ":scheme", "http", ":path", "/", ":authority", "g", "content-length", "5"}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reset")
    void resetsWhatIsMalformed(String what, String[] fields) {
        try (var client = Http2Wire.connect(gateway.port())) {
            Frame reset = client.headers(1, true, fields).await(Http2Wire.RST_STREAM);

            assertThat(reset.errorCode()).as(what).isEqualTo(PROTOCOL_ERROR);
            assertThat(client.headers(3, true, ":method", "GET", ":scheme", "http", ":path", "/health/liveliness", ":authority", "g").reply(3, false).status())
                    .as("the connection goes on").isEqualTo(200);
        }
    }

    @Test
    void neverPassesALineBreakOn() {
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, false, post("x-evil", "a\r\nauthorization: Bearer stolen"));

            assertThat(client.reply(1, true)).matches(reply -> reply.status() == 400 || reply.status() == 0)
                    .extracting(Reply::resetCode).isEqualTo(PROTOCOL_ERROR);
            assertThat(upstream.requestCount()).isZero();
        }
    }

    @Test
    void resetsABodyThatIsLongerThanStated() {
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, false, post("content-length", "3")).data(1, true, "12345");

            assertThat(client.await(Http2Wire.RST_STREAM).errorCode()).isEqualTo(PROTOCOL_ERROR);
            assertThat(upstream.requestCount()).isZero();
        }
    }

    @Test
    void tellsTheClientToStopSendingWhatIsRefused() {
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, false, ":method", "POST", ":scheme", "http", ":path", ChatSample.PATH, ":authority", "g",
                    "authorization", "Bearer sk-unknown").data(1, false, "{");

            Reply reply = client.reply(1, true);

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.ended()).isTrue();
            assertThat(reply.body()).contains("authentication_error");
            assertThat(reply.resetCode()).isEqualTo(NO_ERROR);
        }
    }

    @Test
    void showsACutReplyAsAReset() {
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).cut());
        try (var client = Http2Wire.connect(gateway.port())) {
            Reply reply = chat(client, 1, ChatSample.STREAM_REQUEST).reply(1, true);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).startsWith(ChatSample.delta("a")).doesNotContain("[DONE]");
            assertThat(reply.ended()).isFalse();
            assertThat(reply.resetCode()).isEqualTo(INTERNAL_ERROR);
        }
    }

    @Test
    void cancelsTheUpstreamOfACancelledStreamOnly() {
        var gate = new Gate();
        upstream.next(Script.silence()).next(ChatSample.openStream().piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.DONE).end());
        try (var client = Http2Wire.connect(gateway.port())) {
            chat(client, 1, ChatSample.REQUEST);
            var first = upstream.takeRequest();
            chat(client, 3, ChatSample.STREAM_REQUEST);
            gate.awaitReached();

            client.reset(1);
            first.awaitPeerClosed();
            gate.open();

            assertThat(client.reply(3, false).body()).isEqualTo(ChatSample.delta("a") + ChatSample.DONE);
        }
        gateway.awaitIdle();
    }

    @Test
    void holdsTheProviderBackWhileTheClientGivesNoWindow() {
        byte[] piece = new byte[64 << 10];
        Arrays.fill(piece, (byte) 'x');
        Script.Reply large = Script.reply(200).header("Content-Type", "application/octet-stream");
        for (int i = 0; i < 512; i++) {
            large.piece(piece);
        }
        upstream.next(large.end()).otherwise(ChatSample.reply());
        try (var client = Http2Wire.connect(gateway.port())) {
            chat(client, 1, ChatSample.REQUEST);
            client.await(Http2Wire.HEADERS);
            awaitStandstill();

            assertThat(upstream.bytesWritten()).isLessThan(16L << 20);
            client.window(0, 1 << 26).window(1, 1 << 26);
            assertThat(client.reply(1, false).body()).hasSize(32 << 20);
        }
    }

    private void awaitStandstill() {
        long[] seen = {-1, 0};
        Eventually.until("the upstream is held back", () -> {
            long written = upstream.bytesWritten();
            seen[1] = written == seen[0] ? seen[1] + 1 : 0;
            seen[0] = written;
            return written > 0 && seen[1] > 200;
        });
    }

    @Test
    void opensAMebibyteForEachUpload() {
        try (var client = Http2Wire.connect(gateway.port())) {
            Frame settings = client.await(Http2Wire.SETTINGS);

            ByteBuffer payload = ByteBuffer.wrap(settings.payload());
            int window = 0;
            while (payload.hasRemaining()) {
                int id = payload.getShort();
                int value = payload.getInt();
                window = id == INITIAL_WINDOW ? value : window;
            }
            assertThat(window).isEqualTo(1 << 20);
            int more = ByteBuffer.wrap(client.await(Http2Wire.WINDOW_UPDATE).payload()).getInt();
            more += ByteBuffer.wrap(client.await(Http2Wire.WINDOW_UPDATE).payload()).getInt();
            assertThat(more).isEqualTo((8 << 20) - 65_535);
        }
    }

    @Test
    void keepsTheOrderOfABodyThatWaitedForTheKeyStore() {
        // Each key is asked for once, which makes its first request wait with its body behind it.
        for (int i = 0; i < 20; i++) {
            String key = gateway.newKey(KeySpec.aKey());
            upstream.next(ChatSample.reply());
            try (var client = Http2Wire.connect(gateway.port())) {
                client.headers(1, false, ":method", "POST", ":scheme", "http", ":path", ChatSample.PATH, ":authority", "g", "authorization", "Bearer " + key);
                String body = ChatSample.REQUEST;
                for (int at = 0; at < body.length(); at += 10) {
                    int end = Math.min(body.length(), at + 10);
                    client.data(1, end == body.length(), body.substring(at, end));
                }

                assertThat(client.reply(1, false).status()).isEqualTo(200);
                assertThat(upstream.takeRequest().text()).isEqualTo(body.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
            }
        }
    }

    @Test
    void endsAConnectionThatResetsTooMuch() {
        try (var client = Http2Wire.connect(gateway.port())) {
            boolean open = true;
            for (int stream = 1; open && stream < 4000; stream += 2) {
                open = client.tryFrame(Http2Wire.HEADERS, Http2Wire.END_HEADERS, stream, Http2Wire.block(post()))
                        && client.tryFrame(Http2Wire.RST_STREAM, 0, stream, Http2Wire.CANCEL);
            }

            assertThat(client.await(Http2Wire.GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
        gateway.awaitIdle();
    }

    @Test
    void endsAConnectionThatNeverEndsItsHeaders() {
        try (var client = Http2Wire.connect(gateway.port())) {
            client.frame(Http2Wire.HEADERS, 0, 1, Http2Wire.block(post()));
            boolean open = true;
            for (int i = 0; open && i < 100; i++) {
                open = client.tryFrame(Http2Wire.CONTINUATION, 0, 1);
            }

            assertThat(client.await(Http2Wire.GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void endsAConnectionOfEmptyDataFrames() {
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, false, post());
            boolean open = true;
            for (int i = 0; open && i < 100; i++) {
                open = client.tryFrame(Http2Wire.DATA, 0, 1);
            }

            assertThat(client.await(Http2Wire.GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void refusesMoreStreamsThanItAllows() {
        upstream.otherwise(Script.silence());
        try (var client = Http2Wire.connect(gateway.port())) {
            for (int i = 0; i < 257; i++) {
                client.headers(2 * i + 1, false, post());
            }

            Frame refused = client.await(Http2Wire.RST_STREAM);

            assertThat(refused.stream()).isEqualTo(2 * 256 + 1);
            assertThat(refused.errorCode()).isEqualTo(7);
        }
        gateway.awaitIdle();
    }

    @Test
    void saysGoodbyeToAnIdleConnection() {
        gateway.close();
        gateway = plan().set("server.idle_timeout", "300ms").start();
        try (var client = Http2Wire.connect(gateway.port())) {
            client.headers(1, true, ":method", "GET", ":scheme", "http", ":path", "/health/liveliness", ":authority", "g").reply(1, false);

            assertThat(client.await(Http2Wire.GOAWAY).errorCode()).isEqualTo(NO_ERROR);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void givesUpOnABodyThatStalls() {
        gateway.close();
        gateway = plan().set("server.body_timeout", "200ms").start();
        try (var client = Http2Wire.connect(gateway.port())) {
            Reply reply = client.headers(1, false, post()).data(1, false, "{").reply(1, true);

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.resetCode()).isEqualTo(NO_ERROR);
        }
    }

    @Test
    void closesAConnectionThatNeverSaysWhatItSpeaks() {
        gateway.close();
        gateway = plan().set("server.header_timeout", "200ms").start();
        try (var client = Http2Wire.open(gateway.port())) {
            client.write(Arrays.copyOf(Http2Wire.PREFACE, 5));

            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void finishesItsStreamsBeforeItStops() throws InterruptedException {
        var gate = new Gate();
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.DONE).end());
        try (var client = Http2Wire.connect(gateway.port()); var idle = Http2Wire.connect(gateway.port())) {
            idle.await(Http2Wire.SETTINGS);
            chat(client, 1, ChatSample.STREAM_REQUEST);
            gate.awaitReached();

            Thread stopping = Thread.ofVirtual().start(gateway::stop);
            assertThat(idle.await(Http2Wire.GOAWAY).errorCode()).isEqualTo(NO_ERROR);
            assertThat(idle.closedByPeer()).isTrue();
            gate.open();

            assertThat(client.reply(1, false).body()).isEqualTo(ChatSample.delta("a") + ChatSample.DONE);
            assertThat(client.closedByPeer()).isTrue();
            stopping.join();
        }
    }
}
