package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChatTranslationTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final Translation TRANSLATION = new ChatTranslation(
            Objects.requireNonNull(DIALECTS.client(Operation.CHAT_COMPLETIONS)),
            Objects.requireNonNull(DIALECTS.upstream(Operation.MESSAGES)),
            Operation.MESSAGES);
    private static final String WHOLE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":\"text\","
                    + "\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":3,"
                    + "\"output_tokens\":2}}";

    private static TranslatedCall call(String body, Map<String, String> defaults) {
        return TRANSLATION.begin(
                new Asked(
                        RawJson.ofLiteral(body),
                        PathCall.NONE,
                        new ClientCall("0123", "m", body.contains("\"stream\":true"), true, 1),
                        defaults,
                        Map.of()),
                new UpstreamCall("claude-sonnet-4-5", "anthropic", Set.of(), 4096, _ -> {}));
    }

    private static ReplyTranslation replied(boolean stream, int status, String type, String body) {
        ReplyTranslation reply = call(
                        "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", Map.of())
                .reply(status, name -> name.equals("content-type") ? type : null);
        reply.feed(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        reply.end();
        return reply;
    }

    @Test
    void streamsAWholeAnswerToWhoAskedForAStream() {
        ReplyTranslation reply = replied(true, 200, "application/json", WHOLE);

        assertThat(reply.failure()).isNull();
        assertThat(reply.streamed()).isTrue();
        assertThat(ClientReply.digest(Operation.CHAT_COMPLETIONS, true, reply.output().toString()).text()).isEqualTo("Hello");
    }

    @Test
    void neverTakesHalfAnAnswerForAWholeOne() {
        ReplyTranslation reply = replied(true, 200, "text/event-stream", "event: ping\ndata: {\"type\":\"ping\"}\n\n");

        assertThat(reply.failure()).isNotNull();
    }

    @Test
    void tellsAnErrorThatIsNoJson() {
        ReplyTranslation reply = replied(false, 502, "text/html", "<html>Bad gateway</html>");

        assertThat(Objects.requireNonNull(reply.failure()).code().status()).isGreaterThanOrEqualTo(500);
        assertThat(reply.output().isEmpty()).isTrue();
    }

    @Test
    void tellsAReplyThatIsNoJson() {
        assertThat(replied(false, 200, "application/json", "{\"id\":").failure())
                .extracting(GatewayError::code)
                .isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
    }

    @Test
    void fillsWhatTheClientLeftOutFromDefaults() {
        String body = call(
                        "{\"model\":\"m\",\"temperature\":0.5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                        Map.of("temperature", "0.2", "max_tokens", "77"))
                .body()
                .toString();

        assertThat(body).contains("\"max_tokens\":77").contains("claude-sonnet-4-5").contains("\"temperature\":0.5");
    }

    @Test
    void handsOnTheProvidersOwnTools() {
        String tool = "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":2}";

        String body = call(
                        "{\"model\":\"m\",\"tools\":[" + tool + "],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                        Map.of())
                .body()
                .toString();

        assertThat(body).contains("\"tools\":[" + tool + "]");
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> call("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}", Map.of()))
                .satisfies(refused -> {
                    assertThat(refused.error().code().status()).isEqualTo(400);
                    assertThat(refused.error().param()).isEqualTo("messages[0].content");
                });
    }
}
