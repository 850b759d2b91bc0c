package io.deltallm.codec.dialect.alephalpha;

import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.HeardEvents;
import org.junit.jupiter.api.Test;

import static io.deltallm.codec.dialect.AChat.aChat;
import static io.deltallm.codec.dialect.AChat.everySampling;
import static org.assertj.core.api.Assertions.assertThat;

class AlephAlphaCompleteTest {
    private final AlephAlphaComplete dialect = new AlephAlphaComplete();

    @Test
    void writesAPrompt() {
        var chat = aChat().says(Role.USER, "Hi").sampling(everySampling()).streamed();

        assertThat(chat.writtenBy(dialect))
                .isEqualTo("{\"model\":\"m\",\"prompt\":\"Hi\",\"maximum_tokens\":100,\"temperature\":0.5,\"top_k\":40,"
                        + "\"top_p\":0.9,\"frequency_penalty\":0.1,\"presence_penalty\":0.2,"
                        + "\"stop_sequences\":[\"END\"],\"stream\":true}");
        assertThat(chat.lost()).containsExactly("seed", "n", "logit_bias", "logprobs");
    }

    @Test
    void readsAPlainReply() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                false,
                "{\"model_version\":\"1\",\"completions\":[{\"completion\":\" Hello\",\"finish_reason\":\"maximum_tokens\"}],"
                        + "\"num_tokens_prompt_total\":2,\"num_tokens_generated\":1}");

        assertThat(heard.text()).isEqualTo(" Hello");
        assertThat(heard.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(heard.usage()).isEqualTo(Usage.of(2, 1, 3, 0, 0, false));
    }

    @Test
    void readsAStream() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                """
                data: {"type":"stream_chunk","index":0,"completion":" Hel"}

                data: {"type":"stream_chunk","index":0,"completion":"lo"}

                data: {"type":"stream_summary","index":0,"model_version":"1","finish_reason":"end_of_text"}

                data: {"type":"completion_summary","num_tokens_prompt_total":2,"num_tokens_generated":2}

                """);

        assertThat(heard.text()).isEqualTo(" Hello");
        assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
        assertThat(heard.usage()).isEqualTo(Usage.of(2, 2, 4, 0, 0, false));
    }

    @Test
    void tellsACutStreamAndAnErrorAsFailures() {
        assertThat(HeardEvents.of(dialect, true, "data: {\"type\":\"stream_chunk\",\"completion\":\" Hel\"}\n\n")
                        .failure())
                .isNotNull();
        assertThat(HeardEvents.of(dialect, true, "data: {\"error\":\"it broke\",\"code\":\"X\"}\n\n").failure())
                .extracting("message")
                .isEqualTo("it broke");
    }
}
