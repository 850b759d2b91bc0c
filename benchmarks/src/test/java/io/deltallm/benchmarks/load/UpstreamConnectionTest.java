package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/// The upstream's bytes, read back by the client's own readers.
class UpstreamConnectionTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Script script = new Script.Plain();
    private final PreparedReplies replies = new PreparedReplies();
    private final EmbeddedChannel channel = new EmbeddedChannel(new UpstreamConnection(replies, () -> script));
    private final MessageHead head = new MessageHead();
    private final MessageBody body = new MessageBody();
    private final List<Long> stamps = new ArrayList<>();
    private final SseCounter events = new SseCounter(stamps::add);

    UpstreamConnectionTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        replies.close();
    }

    @Test
    void answersWithTheWholeReplyWhereverTheRequestIsCut() {
        String request = request("{\"model\":\"bench\"}");

        for (int cut = 0; cut <= request.length(); cut++) {
            send(request.substring(0, cut));
            send(request.substring(cut));

            assertThat(readReply(MessageBody.Sink.NONE)).isTrue();
            assertThat(head.status()).isEqualTo(200);
            assertThat(body.bytes()).isEqualTo(PreparedReplies.PLAIN_BODY_BYTES);
        }
    }

    @Test
    void answersRequestsThatComeTogether() {
        String request = request("{}");

        send(request + request);

        assertThat(readReply(MessageBody.Sink.NONE)).isTrue();
        assertThat(readReply(MessageBody.Sink.NONE)).isTrue();
    }

    @Test
    void streamsATokenEachInterval() {
        script = new Script.Stream(3, INTERVAL);

        send(request("{}"));
        assertThat(readReply(events)).isFalse();
        assertThat(events.events()).isEqualTo(1);

        tick();
        tick();
        assertThat(readOn()).isTrue();
        assertThat(events.events()).isEqualTo(4);
        assertThat(stamps.subList(0, 3)).doesNotContain(0L);
        assertThat(stamps.getLast()).as("[DONE] carries no time").isZero();
    }

    @Test
    void streamsAllTokensAtOnceWhenThereIsNoInterval() {
        script = new Script.Stream(32, Duration.ZERO);

        send(request("{}"));

        assertThat(readReply(events)).isTrue();
        assertThat(events.events()).isEqualTo(33);
        assertThat(events.atBoundary()).isTrue();
    }

    @Test
    void endsWithUsageWhenTheRequestAskedForIt() {
        script = new Script.Stream(2, Duration.ZERO);

        send(request("{\"stream_options\": {\"include_usage\": true}}"));

        assertThat(readReply(events)).isTrue();
        assertThat(events.events()).isEqualTo(4);
    }

    @Test
    void stopsWritingWhenTheConnectionIsGone() {
        script = new Script.Stream(1000, INTERVAL);
        send(request("{}"));
        channel.releaseOutbound();

        channel.close();
        tick();

        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void countsEventsCutAnywhere() {
        String stream = "data: {\"id\":\"chatcmpl-00000000000000ff\"}\n\ndata: [DONE]\n\n";

        for (int cut = 0; cut <= stream.length(); cut++) {
            stamps.clear();
            events.reset();
            count(stream.substring(0, cut));
            count(stream.substring(cut));

            assertThat(events.events()).isEqualTo(2);
            assertThat(stamps).containsExactly(255L, 0L);
        }
    }

    private void count(String piece) {
        ByteBuf in = Unpooled.copiedBuffer(piece, US_ASCII);
        events.data(in, 0, in.readableBytes());
        in.release();
    }

    private void send(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
    }

    private void tick() {
        channel.advanceTimeBy(INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private boolean readReply(MessageBody.Sink sink) {
        head.reset();
        events.reset();
        ByteBuf first = channel.readOutbound();
        assertThat(head.take(first)).isTrue();
        body.begin(head, sink);
        body.take(first);
        first.release();
        return readOn();
    }

    private boolean readOn() {
        ByteBuf next = body.done() ? null : channel.readOutbound();
        while (next != null) {
            body.take(next);
            next.release();
            next = body.done() ? null : channel.readOutbound();
        }
        return body.done();
    }

    private static String request(String json) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
    }
}
