package io.deltallm.codec.dialect.tgi;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.HeardEvents;
import io.deltallm.codec.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.deltallm.codec.dialect.AChat.aChat;
import static io.deltallm.codec.dialect.AChat.everySampling;
import static org.assertj.core.api.Assertions.assertThat;

class TgiGenerateTest {
    private final TgiGenerate dialect = new TgiGenerate();

    @Test
    void writesAConversationAsAPlay() {
        var chat = aChat().says(Role.SYSTEM, "Be brief.").says(Role.USER, "Hi").tool("f", "{}").streamed();

        assertThat(chat.writtenBy(dialect))
                .isEqualTo("{\"inputs\":\"System: Be brief.\\n\\nUser: Hi\\n\\nAssistant:\",\"parameters\":{"
                        + "\"details\":true,\"return_full_text\":false,\"max_new_tokens\":512},\"stream\":true}");
        assertThat(chat.lost()).containsExactly("tools");
    }

    @Test
    void leavesASinglePromptAsItIs() {
        assertThat(aChat().says(Role.USER, "[INST] Hi [/INST]").writtenBy(dialect))
                .startsWith("{\"inputs\":\"[INST] Hi [/INST]\",");
    }

    @Test
    void writesSamplingWithinItsBounds() {
        Sampling greedy =
                new Sampling(9L, 0.0, 1.0, null, null, null, null, null, List.of(), null, null, null);
        var chat = aChat().says(Role.USER, "Hi").sampling(everySampling()).with("repetition_penalty", "1.1");

        assertThat(chat.writtenBy(dialect))
                .contains("\"max_new_tokens\":100,\"temperature\":0.5,\"do_sample\":true,\"top_p\":0.9,\"top_k\":40,"
                        + "\"seed\":7,\"frequency_penalty\":0.1,\"stop\":[\"END\"],\"repetition_penalty\":1.1}");
        assertThat(chat.lost()).containsExactly("presence_penalty", "n", "logit_bias", "logprobs");
        assertThat(aChat().says(Role.USER, "Hi").sampling(greedy).writtenBy(dialect))
                .contains("\"max_new_tokens\":9,\"do_sample\":false}");
    }

    @Test
    void writesASchemaAsAGrammar() {
        var schema = new ResponseFormat.JsonSchema("s", null, RawJson.ofLiteral("{\"type\":\"object\"}"), null);

        assertThat(aChat().says(Role.USER, "Hi").formatted(schema).writtenBy(dialect))
                .contains("\"grammar\":{\"type\":\"json\",\"value\":{\"type\":\"object\"}}");
    }

    @Test
    void readsRecordedReplies() {
        int read = 0;
        for (Recording recording : Recordings.of(List.of("huggingface", "sagemaker"))) {
            if (recording.api().equals("huggingface.tgi") || recording.api().equals("sagemaker.invocations")) {
                HeardEvents heard = HeardEvents.of(dialect, false, recording.body());
                assertThat(heard.failure()).as(recording.id()).isNull();
                assertThat(heard.reason()).as(recording.id()).isEqualTo(FinishReason.STOP);
                assertThat(heard.text()).as(recording.id()).isNotEmpty();
                read++;
            }
        }
        assertThat(read).isEqualTo(2);
    }

    @Test
    void readsAStreamWithoutItsSpecialTokens() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                """
                data:{"index":1,"token":{"id":1,"text":"Hi","logprob":-0.1,"special":false},"generated_text":null,"details":null}

                data:{"index":2,"token":{"id":2,"text":" \\"you\\"","logprob":-0.1,"special":false},"generated_text":null,"details":null}

                data:{"index":3,"token":{"id":3,"text":"</s>","logprob":-0.1,"special":true},"generated_text":"Hi \\"you\\"","details":{"finish_reason":"eos_token","generated_tokens":3,"input_length":5,"seed":null}}

                """);

        assertThat(heard.text()).isEqualTo("Hi \"you\"");
        assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
        assertThat(heard.usage()).isEqualTo(Usage.of(5, 3, 8, 0, 0, false));
    }

    @Test
    void tellsErrorsAndCutStreamsAsFailures() {
        String token = "data:{\"token\":{\"text\":\"Hi\",\"special\":false},\"generated_text\":null,\"details\":null}\n\n";

        assertThat(HeardEvents.of(dialect, true, token).failure()).isNotNull();
        assertThat(HeardEvents.of(
                                dialect,
                                true,
                                token + "data:{\"error\":\"Request failed\",\"error_type\":\"generation\"}\n\n")
                        .failure())
                .extracting("message")
                .isEqualTo("Request failed");
    }

    @Test
    void readsErrors() {
        assertThat(HeardEvents.error(dialect, 503, "{\"error\":\"Model x is loading\",\"estimated_time\":20.3}"))
                .extracting("code", "retryAfterSeconds")
                .containsExactly(ErrorCode.PROVIDER_OVERLOADED, 21L);
        assertThat(HeardEvents.error(
                                dialect,
                                422,
                                "{\"error\":\"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096\","
                                        + "\"error_type\":\"validation\"}")
                        .code())
                .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
    }
}
