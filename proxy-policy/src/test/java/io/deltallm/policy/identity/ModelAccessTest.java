package io.deltallm.policy.identity;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ModelAccessTest {
    @ParameterizedTest
    @ValueSource(strings = {"*", "all-proxy-models"})
    void meansEveryModel(String name) {
        assertThat(ModelAccess.of(List.of("gpt-4o", name))).isSameAs(ModelAccess.ALL);
        assertThat(ModelAccess.of(List.of())).isSameAs(ModelAccess.ALL);
        assertThat(ModelAccess.ALL.mayUse("anything")).isTrue();
    }

    @Test
    void allowsOnlyWhatIsListed() {
        ModelAccess access = ModelAccess.of(List.of("gpt-4o", "claude-*", "openai/*-mini"));

        assertThat(access.mayUse("gpt-4o")).isTrue();
        assertThat(access.mayUse("claude-opus")).isTrue();
        assertThat(access.mayUse("openai/gpt-4o-mini")).isTrue();
        assertThat(access.mayUse("gpt-4o-mini")).isFalse();
        assertThat(access.mayUse("GPT-4o")).isFalse();
        assertThat(access.mayUse("")).isFalse();
        assertThat(access.describe()).isEqualTo("gpt-4o, claude-*, openai/*-mini");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4*, gpt-4, true",
        "gpt-4*, gpt-4-turbo, true",
        "gpt-4*, gpt-3, false",
        "*-mini, o4-mini, true",
        "*-mini, o4-mini-high, false",
        "a*b*c, abc, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false",
        "**, anything, true",
        "a.c, abc, false",
        "a**b, ab, true",
        "*a, b, false",
    })
    void matchesStarsOnly(String pattern, String model, boolean matches) {
        assertThat(new Glob(pattern).matches(model)).isEqualTo(matches);
    }

    @Test
    @Timeout(10)
    void isNotSlowedDownByAHostilePattern() {
        String pattern = "*a".repeat(500) + "b";
        String model = "a".repeat(5_000);
        long start = System.nanoTime();

        assertThat(new Glob(pattern).matches(model)).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
