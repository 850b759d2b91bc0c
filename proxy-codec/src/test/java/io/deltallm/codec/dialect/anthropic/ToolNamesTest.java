package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ToolNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"add", "my.tool", "a b:c", "größe", "json_output", "x-x-", "-x2", "-xzz-a", "a-x-y.z", "数"})
    void givesEveryNameBackThatItMadeSafe(String name) {
        String safe = ToolNames.safe(name);

        assertThat(safe).matches("[a-zA-Z0-9_-]+").isNotEqualTo(ToolNames.ANSWER);
        assertThat(ToolNames.original(RawJson.ofText(safe)).text()).isEqualTo(name);
    }

    @Test
    void leavesSafeNamesAndIdsAsTheyAre() {
        assertThat(ToolNames.safe("get_weather-2")).isEqualTo("get_weather-2");
        assertThat(ToolNames.safeId("toolu_01-a")).isEqualTo("toolu_01-a");
        assertThat(ToolNames.safeId("functions.add:0")).isEqualTo("functions_add_0");
    }
}
