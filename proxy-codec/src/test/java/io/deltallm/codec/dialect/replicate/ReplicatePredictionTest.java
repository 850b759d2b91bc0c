package io.deltallm.codec.dialect.replicate;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.HeardEvents;
import io.deltallm.codec.dialect.replicate.Prediction.Status;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.frame.Frame;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static io.deltallm.codec.dialect.AChat.aChat;
import static io.deltallm.codec.dialect.AChat.everySampling;
import static org.assertj.core.api.Assertions.assertThat;

class ReplicatePredictionTest {
    private final ReplicatePrediction dialect = new ReplicatePrediction();

    @Test
    void writesPromptAndInstructions() {
        var chat = aChat().says(Role.SYSTEM, "Be brief.")
                .says(Role.USER, "Hi")
                .sampling(everySampling())
                .with("length_penalty", "1.1")
                .with("store", "true")
                .streamed();

        assertThat(chat.writtenBy(dialect))
                .isEqualTo("{\"input\":{\"prompt\":\"Hi\",\"system_prompt\":\"Be brief.\",\"max_tokens\":100,"
                        + "\"temperature\":0.5,\"top_p\":0.9,\"top_k\":40,\"frequency_penalty\":0.1,"
                        + "\"presence_penalty\":0.2,\"seed\":7,\"stop_sequences\":\"END\",\"length_penalty\":1.1},"
                        + "\"stream\":true}");
        assertThat(chat.lost()).containsExactly("n", "logit_bias", "logprobs", "store");
    }

    @Test
    void writesSeveralTurnsAsAPlay() {
        assertThat(aChat().says(Role.USER, "Hi").says(Role.ASSISTANT, "Hello").says(Role.USER, "Bye").writtenBy(dialect))
                .isEqualTo("{\"input\":{\"prompt\":\"User: Hi\\n\\nAssistant: Hello\\n\\nUser: Bye\\n\\nAssistant:\"}}");
    }

    @Test
    void namesTheVersionOfAModelThatHasOne() {
        assertThat(aChat().says(Role.USER, "Hi").to("meta/llama:ac73").writtenBy(dialect))
                .isEqualTo("{\"version\":\"ac73\",\"input\":{\"prompt\":\"Hi\"}}");
    }

    @Test
    void readsAPredictionThatSucceeded() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                false,
                "{\"id\":\"p1\",\"status\":\"succeeded\",\"error\":null,\"output\":[\"Hel\",\"\",\"lo\"],"
                        + "\"metrics\":{\"input_token_count\":3,\"output_token_count\":2,\"predict_time\":0.5}}");

        assertThat(heard.text()).isEqualTo("Hello");
        assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
        assertThat(heard.usage()).isEqualTo(Usage.of(3, 2, 5, 0, 0, false));
        assertThat(HeardEvents.of(dialect, false, "{\"status\":\"succeeded\",\"output\":\"Hello\"}").text())
                .isEqualTo("Hello");
    }

    @Test
    void tellsEveryOtherEndAsAFailure() {
        assertThat(HeardEvents.of(dialect, false, "{\"status\":\"failed\",\"error\":\"CUDA out of memory\"}").failure())
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_FAILED, "CUDA out of memory");
        assertThat(HeardEvents.of(dialect, false, "{\"status\":\"processing\"}").failure())
                .extracting("code")
                .isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
        assertThat(HeardEvents.of(dialect, false, "{\"status\":\"canceled\"}").failure()).isNotNull();
        assertThat(HeardEvents.of(dialect, false, "{\"detail\":\"no\"}").failure())
                .extracting("message")
                .isEqualTo("no");
    }

    @Test
    void readsWhereARecordedPredictionGoesOn() {
        int read = 0;
        for (Recording recording : Recordings.of(List.of("replicate"))) {
            if (!recording.api().equals("replicate.predictions")) {
                continue;
            }
            Prediction prediction = Prediction.read(Frame.of(recording.body()));
            assertThat(prediction.status()).as(recording.id()).isEqualTo(Status.RUNNING);
            String id = Objects.requireNonNull(prediction.id()).text();
            assertThat(prediction.getUrl()).isEqualTo("https://api.replicate.com/v1/predictions/" + id);
            assertThat(prediction.cancelUrl()).isEqualTo(prediction.getUrl() + "/cancel");
            if (recording.stream()) {
                assertThat(prediction.streamUri(URI.create("https://api.replicate.com")))
                        .hasHost("streaming-api.svc.us.c.replicate.net")
                        .hasPath("/v1/streams/56o77r2wpzc3krgyiy444okt3coned5wjmkdbltjpnkdrh2hbhha");
            }
            read++;
        }
        assertThat(read).isEqualTo(2);
    }

    @Test
    void readsTheRecordedStreamWithItsLineFeeds() {
        for (Recording recording : Recordings.of(List.of("replicate"))) {
            if (recording.api().equals("replicate.stream")) {
                HeardEvents heard = HeardEvents.of(dialect, true, recording.body());
                assertThat(heard.text())
                        .startsWith("Sure, here's a joke about OpenTelemetry:\n\nWhy did the OpenTelemetry agent")
                        .contains("Because it was feeling a little \"disconnected\" from its trace!\n\nI hope")
                        .endsWith("assist you with?");
                assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
            }
        }
    }

    @Test
    void tellsErrorsAndCutStreamsAsFailures() {
        String output = "event: output\ndata: Hi\n\n";

        assertThat(HeardEvents.of(dialect, true, output).failure()).isNotNull();
        assertThat(HeardEvents.of(dialect, true, output + "event: error\ndata: {\"detail\":\"it broke\"}\n\n").failure())
                .extracting("message")
                .isEqualTo("it broke");
        assertThat(HeardEvents.of(dialect, true, output + "event: done\ndata: {\"reason\":\"canceled\"}\n\n").failure())
                .isNotNull();
    }

    @Test
    void readsErrors() {
        assertThat(HeardEvents.error(
                        dialect, 402, "{\"title\":\"Insufficient credit\",\"detail\":\"You have no credit\",\"status\":402}"))
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_QUOTA_EXHAUSTED, "You have no credit");
    }
}
