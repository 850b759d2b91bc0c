package io.deltallm.codec.provider;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GptVersionTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-5.4-mini, 5, 4, true",
        "openai/gpt-5.10, 5, 10, true",
        "gpt-6, 6, 0, true",
        "gpt-5.3-codex, 5, 3, false",
        "gpt-5-2025-08-07, 5, 0, false",
        "gpt-4o, 4, 0, false",
        "gpt-oss-120b, 0, 0, false",
        "gpt-, 0, 0, false",
        "gpt-5., 5, 0, false",
        "o3, 0, 0, false"
    })
    void isReadFromTheName(String model, int major, int minor, boolean byResponses) {
        GptVersion version = GptVersion.of(model);

        assertThat(version).isEqualTo(new GptVersion(major, minor));
        assertThat(version.usesToolsByResponses()).isEqualTo(byResponses);
    }
}
