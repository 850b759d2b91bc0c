package io.deltallm.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.json.JsonSyntax;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsChunkCutterTest {

    @Test
    void unwrapsChunksAndLetsExceptionsPass() {
        byte[] stream = AwsMessages.concat(
                AwsMessages.chunk("{\"generation\":\"a\"}"),
                AwsMessages.chunk("{\"generation\":\"größer???>>>\"}"),
                AwsMessages.chunk("{}"),
                AwsMessages.exception("modelStreamErrorException", "{\"message\":\"no\"}"));

        for (int split = 0; split <= stream.length; split++) {
            assertThat(AwsEventCutterTest.cut(new AwsChunkCutter(), stream, split))
                    .as("split at %d", split)
                    .containsExactly(
                            " {\"generation\":\"a\"}",
                            " {\"generation\":\"größer???>>>\"}",
                            " {}",
                            "!modelStreamErrorException {\"message\":\"no\"}");
        }
    }

    @Test
    void takesEscapedSlashes() {
        byte[] stream = AwsMessages.event("chunk", "{\"bytes\":\"Pz8\\/\"}");

        assertThat(AwsEventCutterTest.cut(new AwsChunkCutter(), stream, 0)).containsExactly(" ???");
    }

    @Test
    void refusesWhatIsNoChunk() {
        refuses("{\"bytes\":\"a$bc\"}", "no base64");
        refuses("{\"bytes\":\"a\"}", "cut short");
        refuses("{\"bytes\":7}", "no JSON");
        refuses("[1]", "no JSON");
        refuses("{\"p\":\"abc\"}", "lacks its \"bytes\"");
    }

    private static void refuses(String json, String message) {
        byte[] stream = AwsMessages.event("chunk", json);

        assertThatThrownBy(() -> AwsEventCutterTest.cut(new AwsChunkCutter(), stream, 0))
                .isInstanceOf(FrameProblem.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsRecordedStreams() {
        List<Recording> streams = AwsEventCutterTest.eventStreams().stream()
                .filter(recording -> recording.api().equals("bedrock.invoke-stream"))
                .toList();

        assertThat(streams).isNotEmpty();
        for (Recording recording : streams) {
            byte[] body = AwsEventCutterTest.body(recording);
            List<String> frames = AwsEventCutterTest.cut(new AwsChunkCutter(), body, body.length / 2);

            assertThat(frames).as(recording.id()).isNotEmpty().allMatch(frame -> JsonSyntax.isObject(frame.strip()));
            assertThat(frames.getLast()).contains("amazon-bedrock-invocationMetrics");
        }
    }
}
