package io.deltallm.codec.frame;

import io.deltallm.codec.CountedBuffers;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class FrameCutterTest {
    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private List<String> cut(Supplier<FrameCutter> cutter, String text, int split) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> frames = new ArrayList<>();
        FrameCutter fresh = cutter.get();
        FrameCutter.FrameSink sink = frame -> frames.add(frame.event() + "|" + frame.text());
        feed(fresh, bytes, 0, split, sink);
        feed(fresh, bytes, split, bytes.length, sink);
        fresh.end(sink);
        return frames;
    }

    private void feed(FrameCutter cutter, byte[] bytes, int from, int to, FrameCutter.FrameSink sink) {
        ByteBuf piece = buffers.of(java.util.Arrays.copyOfRange(bytes, from, to));
        try {
            cutter.feed(piece, sink);
            assertThat(piece.readableBytes()).isEqualTo(to - from);
        } finally {
            piece.release();
        }
    }

    private void cutsTheSameWhereverItIsSplit(Supplier<FrameCutter> cutter, String text, String... frames) {
        for (int split = 0; split <= text.getBytes(StandardCharsets.UTF_8).length; split++) {
            assertThat(cut(cutter, text, split)).as("split at %d", split).containsExactly(frames);
        }
    }

    @Test
    void cutsEventsOfAllLineEnds() {
        cutsTheSameWhereverItIsSplit(
                SseFrameCutter::new,
                ": comment\n\ndata: {\"a\":1}\n\nevent: ping\r\ndata:two\r\n\r\nid: 7\rdata: three\r\r\n\nretry: 5\n\n",
                "|{\"a\":1}", "ping|two", "|three");
    }

    /// A stream may live for hours behind one large picture.
    @Test
    void givesBackTheMemoryOfALargeEvent() {
        SseFrameCutter cutter = new SseFrameCutter();
        List<Integer> sizes = new ArrayList<>();
        FrameCutter.FrameSink sink = frame -> sizes.add(frame.bytes().length);
        byte[] large = ("data: " + "x".repeat(5 << 20) + "\n\n").getBytes(StandardCharsets.UTF_8);
        byte[] small = "data: x\n\n".getBytes(StandardCharsets.UTF_8);

        feed(cutter, large, 0, large.length, sink);
        feed(cutter, small, 0, small.length, sink);

        assertThat(sizes.getFirst()).isGreaterThan(5 << 20);
        assertThat(sizes.getLast()).isLessThan(10_000);
    }

    @Test
    void joinsDataLines() {
        cutsTheSameWhereverItIsSplit(
                SseFrameCutter::new, "event: output\ndata: a\ndata:  é\ndata\n\n data: no field\n\n", "output|a\n é\n");
    }

    @Test
    void takesALastEventWithoutItsBlankLine() {
        cutsTheSameWhereverItIsSplit(SseFrameCutter::new, "data: 1\n\ndata: 2", "|1", "|2");
    }

    @Test
    void cutsLines() {
        cutsTheSameWhereverItIsSplit(
                LineFrameCutter::new, "{\"a\":1}\n\r\n  \n{\"b\":\"é\"}\r\n{\"c\":3}", "|{\"a\":1}", "|{\"b\":\"é\"}", "|{\"c\":3}");
    }

    @Test
    void takesAWholeBodyForOneFrame() {
        cutsTheSameWhereverItIsSplit(BodyCutter::new, "{\n\"a\":1}\n", "|{\n\"a\":1}\n");
    }

    @Test
    void tellsEventsAsSoonAsTheyAreWhole() {
        List<String> frames = new ArrayList<>();
        SseFrameCutter cutter = new SseFrameCutter();

        feed(cutter, "data: 1\n\ndata: 2\n".getBytes(StandardCharsets.UTF_8), 0, 17, frame -> frames.add(frame.text()));

        assertThat(frames).containsExactly("1");
    }

    @Test
    void keepsLongEventsWhole() {
        String image = "x".repeat(300_000);
        List<String> frames = new ArrayList<>();
        SseFrameCutter cutter = new SseFrameCutter();
        byte[] bytes = ("data: a\n\ndata: " + image + "\n\ndata: b\n\n").getBytes(StandardCharsets.UTF_8);

        for (int at = 0; at < bytes.length; at += 1_000) {
            feed(cutter, bytes, at, Math.min(bytes.length, at + 1_000), frame -> frames.add(frame.text()));
        }

        assertThat(frames).containsExactly("a", image, "b");
    }
}
