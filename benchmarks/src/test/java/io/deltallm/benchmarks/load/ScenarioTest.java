package io.deltallm.benchmarks.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScenarioTest {
    @Test
    void asksWithExactlyAsManyBytesAsItSays() {
        for (Scenario scenario : Scenario.all()) {
            assertThat(scenario.requestBody()).hasSize(scenario.requestBytes());
        }
    }

    @Test
    void takesAGroupOfScenariosByItsPrefix() {
        assertThat(Scenario.named("sse")).extracting(Scenario::name).containsExactly("sse-32", "sse-500", "sse-burst");
        assertThat(Scenario.named("one")).extracting(Scenario::name).containsExactly("one");
    }

    @Test
    void namesTheScenariosThereAreWhenOneIsUnknown() {
        assertThatThrownBy(() -> Scenario.named("2k")).hasMessageContaining("\"2k\"").hasMessageContaining("1k, 100k");
    }

    @Test
    void readsTheCommandLine() {
        CompareOptions options = CompareOptions.parse(
                new String[] {"--only", "direct,haproxy", "--duration", "0.5", "--access-log", "--scenario", "1k,rate"});

        assertThat(options.peers()).containsExactly("direct", "haproxy");
        assertThat(options.duration()).hasMillis(500);
        assertThat(options.accessLog()).isTrue();
        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("1k", "rate");
    }

    @Test
    void refusesAnOptionItDoesNotKnow() {
        assertThatThrownBy(() -> CompareOptions.parse(new String[] {"--speed", "11"}))
                .hasMessageContaining("unknown option --speed");
    }
}
