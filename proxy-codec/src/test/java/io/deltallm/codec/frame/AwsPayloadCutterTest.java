package io.deltallm.codec.frame;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AwsPayloadCutterTest {

    @Test
    void findsTheContainersEventsWhereverStreamAndPartsAreCut() {
        byte[] stream = AwsMessages.concat(
                AwsMessages.event("initial-response", "{}"),
                AwsMessages.event("PayloadPart", ""),
                AwsMessages.event("PayloadPart", "data: {\"a\""),
                AwsMessages.event("PayloadPart", ":\"größer\"}\n"),
                AwsMessages.event("PayloadPart", "\ndata: 2\n\nevent: last\ndata: 3\n\ndata: [DO"),
                AwsMessages.event("PayloadPart", "NE]"),
                AwsMessages.exception("ModelStreamError", "{\"Message\":\"no\",\"ErrorCode\":\"StreamBroken\"}"));

        for (int split = 0; split <= stream.length; split++) {
            assertThat(AwsEventCutterTest.cut(new AwsPayloadCutter(), stream, split))
                    .as("split at %d", split)
                    .containsExactly(
                            " {\"a\":\"größer\"}",
                            " 2",
                            "last 3",
                            "!ModelStreamError {\"Message\":\"no\",\"ErrorCode\":\"StreamBroken\"}",
                            " [DONE]");
        }
    }

    @Test
    void findsThemInPartsOfAByteEach() {
        String events = "data: 1\r\n\r\ndata: ü\r\n\r\n";
        List<String> frames = new ArrayList<>();
        AwsPayloadCutter cutter = new AwsPayloadCutter();
        byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
        byte[] headers = AwsMessages.headers(Map.of(":event-type", "PayloadPart"));
        for (byte one : bytes) {
            cutter.feed(
                    Unpooled.wrappedBuffer(AwsMessages.message(headers, new byte[] {one})),
                    frame -> frames.add(frame.text()));
        }
        cutter.end(frame -> frames.add(frame.text()));

        assertThat(frames).containsExactly("1", "ü");
    }

    @Test
    void refusesDamage() {
        byte[] stream = AwsMessages.event("PayloadPart", "data: 1\n\n");
        stream[stream.length - 6] ^= 1;

        assertThatThrownBy(() -> AwsEventCutterTest.cut(new AwsPayloadCutter(), stream, 3))
                .isInstanceOf(FrameProblem.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void refusesAStreamThatEndsWithinAMessage() {
        byte[] whole = AwsMessages.event("PayloadPart", "data: 1\n\n");
        byte[] stream = Arrays.copyOf(whole, whole.length - 1);

        assertThatThrownBy(() -> AwsEventCutterTest.cut(new AwsPayloadCutter(), stream, 3))
                .isInstanceOf(FrameProblem.class)
                .hasMessageContaining("within a message");
    }

    @Test
    void refusesAContainerThatSendsNoEvents() {
        byte[] stream = AwsMessages.event("PayloadPart", "{\"token\":{\"text\":\"a\"}}\n");

        assertThatThrownBy(() -> AwsEventCutterTest.cut(new AwsPayloadCutter(), stream, 0))
                .isInstanceOf(FrameProblem.class)
                .hasMessageContaining("bare JSON");
    }
}
