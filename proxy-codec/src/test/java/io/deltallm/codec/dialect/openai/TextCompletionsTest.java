package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextCompletionsTest {
    private static final List<ChatEvent> REPLY = List.of(
            new ChatEvent.Started(RawJson.ofText("chatcmpl-1"), RawJson.ofText("theirs")),
            new ChatEvent.ThinkingDelta(0, RawJson.ofText("hm")),
            new ChatEvent.TextDelta(0, RawJson.ofText("One\n")),
            new ChatEvent.TextDelta(0, RawJson.ofText("two")),
            new ChatEvent.Stopped(0, FinishReason.LENGTH, null),
            new ChatEvent.Used(Usage.of(1, 2, 3, 0, 0, false)));

    private static ChatRequest read(String body) {
        return new TextCompletions()
                .readRequest(new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8)), PathCall.NONE);
    }

    private static String written(boolean streamed, boolean includeUsage) {
        ReplyWriter writer = new TextCompletions()
                .replyWriter(new ClientCall("made", "asked", streamed, includeUsage, 1_800_000_000L));
        JsonOutput out = new JsonOutput();
        REPLY.forEach(event -> writer.write(event, out));
        writer.end(out);
        return out.toString();
    }

    @Test
    void asksAChatModelWithThePromptAsTheUsersWords() {
        ChatRequest request = read("{\"model\":\"m\",\"prompt\":[\"Say hi\"],\"max_tokens\":5,\"stop\":[\"x\"],\"echo\":false,\"best_of\":1,"
                + "\"suffix\":null,\"logprobs\":3,\"stream\":true}");

        assertThat(request.messages()).containsExactly(Message.text(Role.USER, "Say hi"));
        assertThat(request.sampling().maxTokens()).isEqualTo(5);
        assertThat(request.stream()).isTrue();
        // Told as lost by whoever writes it.
        assertThat(request.dialect()).isEqualTo("completions");
        assertThat(request.extras()).containsOnlyKeys("logprobs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"model\":\"m\"}|prompt", "{\"prompt\":\"x\"}|model", "{\"model\":\"m\",\"prompt\":[1,2]}|prompt",
        "{\"model\":\"m\",\"prompt\":[\"a\",\"b\"]}|prompt", "{\"model\":\"m\",\"prompt\":\"x\",\"echo\":true}|echo",
        "{\"model\":\"m\",\"prompt\":\"x\",\"suffix\":\"y\"}|suffix", "{\"model\":\"m\",\"prompt\":\"x\",\"best_of\":2}|best_of",
    })
    void refusesWhatNoChatModelDoes(String body, String field) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(Refused.class, refused ->
                assertThat(refused.error().param()).isEqualTo(field));
    }

    @Test
    void writesAPlainCompletion() {
        assertThat(written(false, false)).isEqualTo("{\"id\":\"cmpl-made\",\"object\":\"text_completion\",\"created\":1800000000,"
                + "\"model\":\"theirs\",\"choices\":[{\"text\":\"One\\ntwo\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"prompt_tokens_details\":"
                + "{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}}");
    }

    @Test
    void writesAStream() {
        String head = "data: {\"id\":\"cmpl-made\",\"object\":\"text_completion\",\"created\":1800000000,\"model\":\"theirs\",\"choices\":[";

        assertThat(written(true, false)).isEqualTo(
                head + "{\"text\":\"One\\n\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                        + head + "{\"text\":\"two\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                        + head + "{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\n"
                        + "data: [DONE]\n\n");
    }

    @Test
    void endsAStreamWithItsUsageWhereAskedTo() {
        assertThat(written(true, true))
                .contains("\"finish_reason\":null}],\"usage\":null}\n\n")
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":1")
                .endsWith("}}}\n\ndata: [DONE]\n\n");
    }
}
