package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.anthropic.Messages;
import io.deltallm.codec.dialect.openai.ChatCompletions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutputLimitTest {

    @ParameterizedTest
    @CsvSource({"32000, 16384, 16384", "16384, 16384, 16384", "100, 16384, 100", "32000, 0, 32000"})
    void asksForNoMoreThanTheModelGives(long asked, long most, long sent) {
        Translation translation = new ChatTranslation(new Messages(), new ChatCompletions(), Operation.CHAT_COMPLETIONS);

        TranslatedCall call = translation.begin(
                new Asked(
                        RawJson.ofLiteral("{\"model\":\"m\",\"max_tokens\":" + asked + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                        PathCall.NONE,
                        new ClientCall("0123456789abcdef", "m", false, false, 1_700_000_000L),
                        Map.of(),
                        Map.of()),
                new UpstreamCall("gpt-4o", "openai", Set.of(), 4096, most, List.of(), _ -> {}));

        assertThat(call.body().toString()).contains("\"max_tokens\":" + sent + "}");
    }
}
