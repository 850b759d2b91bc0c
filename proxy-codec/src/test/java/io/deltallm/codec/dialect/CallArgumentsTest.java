package io.deltallm.codec.dialect;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallArgumentsTest {

    /// A model that was cut off in the middle of a call has its words given back, rather than its client refused for ever.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"x":1}      | {"x":1}
            ` {"x":1}\n` | {"x":1}
            ``           | {}
            ` `          | {}
            null         | {}
            {"x":        | {"INVALID_JSON":"{\\"x\\":"}
            [1]          | {"INVALID_JSON":"[1]"}
            plain        | {"INVALID_JSON":"plain"}
            """)
    void areAnObjectWhateverTheModelWrote(String text, String object) {
        assertThat(CallArguments.of(text).json()).isEqualTo(object);
    }
}
