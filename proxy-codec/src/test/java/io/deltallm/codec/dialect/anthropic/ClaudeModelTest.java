package io.deltallm.codec.dialect.anthropic;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClaudeModelTest {

    @ParameterizedTest
    @CsvSource({
        "claude-3-opus-20240229, opus, 300",
        "claude-3-7-sonnet@20250219, sonnet, 307",
        "anthropic.claude-3-5-sonnet-20240620-v1:0, sonnet, 305",
        "us.anthropic.claude-haiku-4-5-20251001-v1:0, haiku, 405",
        "anthropic/claude-opus-4.7, opus, 407",
        "claude-sonnet-4-20250514, sonnet, 400",
        "claude-opus-4-1, opus, 401",
        "claude-sonnet-5, sonnet, 500",
        "claude-fable-5-20260901, fable, 500",
        "claude-instant-1.2, instant, 102",
        "claude-2.1, '', 201",
        "claude-latest, '', 0",
        "deepseek-chat, '', 0",
    })
    void readsFamilyAndVersionFromEveryHostsName(String name, String family, int version) {
        assertThat(ClaudeModel.of(name)).isEqualTo(new ClaudeModel(family, version));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-3-5-haiku-20241022, false, false, false, true",
        "claude-3-7-sonnet-20250219, true, false, false, true",
        "claude-opus-4-1, true, false, true, true",
        "claude-sonnet-4-5, true, false, true, true",
        "claude-sonnet-4-6, true, false, true, true",
        "claude-opus-4-7, true, true, true, true",
        "claude-sonnet-5, true, true, true, true",
        "claude-mythos-5, true, true, true, false",
        "unknown, true, false, false, true",
    })
    void knowsWhatEachGenerationTakes(
            String name, boolean thinks, boolean adaptsOnly, boolean format, boolean forcedTool) {
        ClaudeModel model = ClaudeModel.of(name);

        assertThat(model.thinks()).isEqualTo(thinks);
        assertThat(model.adaptsOnly()).isEqualTo(adaptsOnly);
        assertThat(model.takesFormat()).isEqualTo(format);
        assertThat(model.takesForcedTool()).isEqualTo(forcedTool);
    }
}
