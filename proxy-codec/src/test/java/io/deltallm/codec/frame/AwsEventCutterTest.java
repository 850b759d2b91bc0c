package io.deltallm.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsEventCutterTest {
    private static final byte[] STREAM = AwsMessages.concat(
            AwsMessages.event("messageStart", "{\"role\":\"assistant\"}"),
            AwsMessages.event("contentBlockDelta", "{\"delta\":{\"text\":\"äöü \uD83D\uDE00\"}}"),
            AwsMessages.event("contentBlockDelta", "{\"delta\":{\"text\":\"b\"}}"),
            AwsMessages.event("empty", ""),
            AwsMessages.exception("throttlingException", "{\"message\":\"slow down\"}"),
            AwsMessages.error("InternalFailure", "it broke"));
    private static final List<String> FRAMES = List.of(
            "messageStart {\"role\":\"assistant\"}",
            "contentBlockDelta {\"delta\":{\"text\":\"äöü \uD83D\uDE00\"}}",
            "contentBlockDelta {\"delta\":{\"text\":\"b\"}}",
            "empty ",
            "!throttlingException {\"message\":\"slow down\"}",
            "!error:InternalFailure it broke");

    @Test
    void tellsEventsExceptionsAndErrors() {
        assertThat(cut(new AwsEventCutter(), STREAM, STREAM.length)).isEqualTo(FRAMES);
    }

    @Test
    void takesAStreamCutAnywhere() {
        for (int split = 0; split <= STREAM.length; split++) {
            assertThat(cut(new AwsEventCutter(), STREAM, split)).as("split at %d", split).isEqualTo(FRAMES);
        }
    }

    @Test
    void takesAStreamByteByByte() {
        List<String> frames = new ArrayList<>();
        AwsEventCutter cutter = new AwsEventCutter();
        for (byte one : STREAM) {
            cutter.feed(Unpooled.wrappedBuffer(new byte[] {one}), frame -> frames.add(told(frame)));
        }
        cutter.end(frame -> frames.add(told(frame)));

        assertThat(frames).isEqualTo(FRAMES);
    }

    @Test
    void refusesEveryDamagedByte() {
        byte[] message = AwsMessages.event("messageStop", "{\"stopReason\":\"end_turn\"}");
        for (int i = 0; i < message.length; i++) {
            byte[] damaged = message.clone();
            damaged[i] ^= 0x10;

            assertThatThrownBy(() -> cut(new AwsEventCutter(), damaged, damaged.length))
                    .as("byte %d", i)
                    .isInstanceOf(FrameProblem.class)
                    .hasMessageContaining("checksum");
        }
    }

    @Test
    void refusesLengthsOutOfRange() {
        refuses(AwsMessages.prelude(15, 0), "15 bytes long");
        refuses(AwsMessages.prelude(-1, 0), "4294967295 bytes long");
        refuses(AwsMessages.prelude(26 << 20, 0), "27262976 bytes long");
        refuses(AwsMessages.prelude(100, 85), "headers");
        refuses(AwsMessages.prelude(100, -5), "headers");
        refuses(AwsMessages.prelude(1 << 20, (128 << 10) + 1), "headers");
    }

    @Test
    void refusesHeadersThatAreNone() {
        refuses(AwsMessages.message(new byte[] {5, 'a'}, new byte[0]), "longer than all");
        refuses(AwsMessages.message(new byte[] {1, 'a', 7, 0, 9, 'b'}, new byte[0]), "longer than all");
        refuses(AwsMessages.message(new byte[] {1, 'a', 7, 0}, new byte[0]), "longer than all");
        refuses(AwsMessages.message(new byte[] {1, 'a', 12}, new byte[0]), "unknown type 12");
    }

    @Test
    void passesOverHeadersOfEveryType() {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        int[] lengths = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};
        for (int type = 0; type < lengths.length; type++) {
            headers.writeBytes(new byte[] {1, 'x', (byte) type});
            headers.writeBytes(lengths[type] < 0 ? new byte[] {0, 2, 'a', 'b'} : new byte[lengths[type]]);
        }
        headers.writeBytes(AwsMessages.headers(Map.of(":event-type", "chunk")));
        byte[] message = AwsMessages.message(headers.toByteArray(), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(cut(new AwsEventCutter(), message, 3)).containsExactly("chunk {}");
    }

    @Test
    void refusesAStreamThatEndsWithinAMessage() {
        byte[] cutShort = Arrays.copyOf(STREAM, STREAM.length - 1);

        assertThatThrownBy(() -> cut(new AwsEventCutter(), cutShort, cutShort.length))
                .isInstanceOf(FrameProblem.class)
                .hasMessageContaining("ended within a message");
    }

    @Test
    void keepsAMessageOfMegabytesInSmallPieces() {
        String text = "x".repeat(3 << 20);
        byte[] message = AwsMessages.event("image", text);
        List<Integer> lengths = new ArrayList<>();
        AwsEventCutter cutter = new AwsEventCutter();
        for (int at = 0; at < message.length; at += 16384) {
            byte[] piece = Arrays.copyOfRange(message, at, Math.min(message.length, at + 16384));
            cutter.feed(Unpooled.wrappedBuffer(piece), frame -> lengths.add(frame.length()));
        }

        assertThat(lengths).containsExactly(text.length());
    }

    @Test
    void readsRecordedStreams() {
        List<Recording> streams = eventStreams();

        assertThat(streams).isNotEmpty();
        for (Recording recording : streams) {
            byte[] body = body(recording);
            List<String> frames = cut(new AwsEventCutter(), body, body.length / 3);

            assertThat(frames).as(recording.id()).isNotEmpty().noneMatch(frame -> frame.startsWith("!"));
        }
    }

    static List<Recording> eventStreams() {
        return Recordings.of(List.of("bedrock")).stream()
                .filter(recording -> recording.response().has("body_base64"))
                .toList();
    }

    static byte[] body(Recording recording) {
        return Base64.getDecoder().decode(recording.response().path("body_base64").asText());
    }

    private static void refuses(byte[] bytes, String message) {
        assertThatThrownBy(() -> cut(new AwsEventCutter(), bytes, bytes.length))
                .isInstanceOf(FrameProblem.class)
                .hasMessageContaining(message);
    }

    static List<String> cut(FrameCutter cutter, byte[] stream, int split) {
        List<String> frames = new ArrayList<>();
        cutter.feed(Unpooled.wrappedBuffer(stream, 0, split), frame -> frames.add(told(frame)));
        cutter.feed(Unpooled.wrappedBuffer(stream, split, stream.length - split), frame -> frames.add(told(frame)));
        cutter.end(frame -> frames.add(told(frame)));
        return frames;
    }

    private static String told(Frame frame) {
        return frame.event() + " " + frame.text();
    }
}
