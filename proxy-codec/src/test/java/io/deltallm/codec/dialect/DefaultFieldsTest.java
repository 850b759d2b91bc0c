package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultFieldsTest {

    /// A row: an operation, what is configured, what joins its bodies.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CHAT_COMPLETIONS | temperature=1 max_tokens=5 reasoning_effort="low" own=1 | {max_tokens=5, own=1, reasoning_effort="low", temperature=1}
            CHAT_COMPLETIONS | max_tokens=5 max_completion_tokens=6                    | {max_completion_tokens=6}
            CHAT_COMPLETIONS | max_output_tokens=7 instructions="x" truncation="auto"  | {}
            COMPLETIONS      | max_completion_tokens=6 tools=[] logprobs=true stop="a" | {max_tokens=6, stop="a"}
            RESPONSES        | max_tokens=5 temperature=1 seed=3 n=2 own=1             | {max_output_tokens=5, own=1, temperature=1}
            RESPONSES        | max_tokens=5 max_completion_tokens=6                    | {max_output_tokens=6}
            RESPONSES        | reasoning_effort="low" verbosity="high"                 | {reasoning={"effort":"low"}, text={"verbosity":"high"}}
            RESPONSES        | reasoning_effort="low" reasoning={"summary":"auto"}     | {reasoning={"summary":"auto"}}
            MESSAGES         | max_completion_tokens=6 stop="a" n=2 own=1 top_k=4      | {max_tokens=6, stop_sequences=["a"], top_k=4}
            MESSAGES         | stop=["a","b"] stop_sequences=["c"]                     | {stop_sequences=["c"]}
            MESSAGES_COUNT_TOKENS | max_tokens=6                                       | {}
            EMBEDDINGS       | temperature=1 max_tokens=5 dimensions=8 user="u" own=1  | {dimensions=8, own=1, user="u"}
            IMAGES_GENERATIONS | n=1 size="x" response_format="url" stop="a"           | {n=1, response_format="url", size="x"}
            """)
    void joinBodiesByTheNamesOfTheirOperation(Operation operation, String configured, String expected) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (String field : configured.split(" ")) {
            int equals = field.indexOf('=');
            defaults.put(field.substring(0, equals), field.substring(equals + 1));
        }

        assertThat(new TreeMap<>(DefaultFields.of(operation, "m", defaults))).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"gpt-5-mini, max_completion_tokens", "openai/o3, max_completion_tokens", "gpt-4o, max_tokens"})
    void limitAModelByTheNameThatItTakes(String model, String name) {
        assertThat(DefaultFields.of(Operation.CHAT_COMPLETIONS, model, Map.of("max_tokens", "5")))
                .isEqualTo(Map.of(name, "5"));
    }

    @Test
    void areLeftAsTheyAre() {
        Map<String, String> defaults = Map.of("max_tokens", "5");

        DefaultFields.of(Operation.RESPONSES, "m", defaults);

        assertThat(defaults).containsOnlyKeys("max_tokens");
    }
}
