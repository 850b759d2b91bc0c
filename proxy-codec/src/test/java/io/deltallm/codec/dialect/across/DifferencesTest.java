package io.deltallm.codec.dialect.across;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DifferencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":1,\"b\":[true]}|{\"b\":[true],\"a\":1.0}|",
        "{\"a\":{\"b\":1}}|{\"a\":{\"c\":1}}|-/a/b +/a/c",
        "{\"a\":\"1\"}|{\"a\":1}|~/a",
        "{\"a\":null}|{}|-/a",
        "[1,2,3]|[1,3]|-/1",
        "[1,3]|[1,2,3]|+/1",
        "[1,2]|[1,3]|~/1",
        "[{\"a\":1}]|[{\"a\":2}]|~/0/a",
        "[1,2,3,4]|[3]|-/0 -/1 -/3",
        "[]|[[]]|+/0",
    })
    void saysWhereTheyAre(String first, String second, String expected) {
        List<String> differences = Differences.between(OpenAiShapes.parsed(first), OpenAiShapes.parsed(second));

        assertThat(differences).containsExactly(expected == null ? new String[0] : expected.split(" "));
    }
}
