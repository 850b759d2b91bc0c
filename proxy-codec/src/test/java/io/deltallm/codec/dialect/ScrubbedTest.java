package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScrubbedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Incorrect API key provided: sk-wrong****-key. | Incorrect API key provided: ***.",
        "for gpt-4o in organization org-AbC123dEf on tokens (limit 10) | for gpt-4o in organization *** on tokens (limit 10)",
        "of organization 01234567-89ab-cdef-0123-456789abcdef for sk-ant-api03-abcdef | of organization *** for ***",
        "account org-1a2b3c4d5e <ak-f4jxscgb1> is suspended | account *** <***> is suspended",
        "mail ops@example.com, key sk-proj-0123456789 | mail ***, key ***",
        "a user-provided name | a user-provided name",
        "User: arn:aws:iam::123456789012:user/x, 1234567890123 | User: arn:aws:iam::***:user/x, 1234567890123",
        "key AIzaSyA-1234567890 of AKIAIOSFODNN7EXAMPLE | key *** of ***",
        "projects/my-own-4711/locations/us-central1 | projects/***/locations/us-central1",
        "connect to gpu-7.svc.cluster.local:8000 or 10.1.2.3:80 | connect to ***:8000 or ***:80",
        "model claude-3-5-haiku-20241022, version 1.2.3 | model claude-3-5-haiku-20241022, version 1.2.3",
        "maximum context length is 128000 tokens. | maximum context length is 128000 tokens.",
    })
    void hidesWhatIsTheOperators(String said, String told) {
        assertThat(Scrubbed.text(said)).isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, names = {"CHAT_COMPLETIONS", "RESPONSES", "GENERATE_CONTENT", "CONVERSE", "COHERE_CHAT"})
    void goesOverTheErrorsOfEveryFormat(Operation spoken) {
        Dialects dialects = new Dialects();
        Translation translation = new ChatTranslation(
                Objects.requireNonNull(dialects.client(Operation.MESSAGES)),
                Objects.requireNonNull(dialects.upstream(spoken)),
                spoken);
        TranslatedCall call = translation.begin(
                new Asked(
                        RawJson.ofLiteral("{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                        PathCall.NONE,
                        new ClientCall("0123456789abcdef", "m", false, true, 1),
                        Map.of(),
                        Map.of()),
                new UpstreamCall("m", "p", Set.of(), 4096, _ -> {}));
        String said = spoken == Operation.GENERATE_CONTENT || spoken == Operation.CHAT_COMPLETIONS || spoken == Operation.RESPONSES
                ? "{\"error\":{\"message\":\"no key sk-proj-0123456789\"}}"
                : "{\"message\":\"no key sk-proj-0123456789\"}";

        ReplyTranslation reply = call.reply(400, Fields.NONE);
        reply.feed(Unpooled.wrappedBuffer(said.getBytes(StandardCharsets.UTF_8)));
        reply.end();

        assertThat(Objects.requireNonNull(reply.failure()).message()).isEqualTo("no key ***");
    }
}
