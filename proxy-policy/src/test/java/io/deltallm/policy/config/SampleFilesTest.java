package io.deltallm.policy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.deltallm.policy.config.Reading.reading;
import static org.assertj.core.api.Assertions.assertThat;

class SampleFilesTest {
    private static final Path SAMPLES = Path.of("..", "conf");
    private static final Pattern VARIABLE = Pattern.compile("(?:\\$\\{|os\\.environ/|api_key_env: )([A-Z_]+)");

    @ParameterizedTest
    @ValueSource(strings = {"config.example.yaml", "minimal.yaml", "litellm-4000.yaml", "clouds.yaml", "formats.yaml"})
    void everySampleIsSound(String name) throws IOException {
        String text = Files.readString(SAMPLES.resolve(name));
        Reading reading = reading(text)
                .with("OPENAI_API_KEY", "sk-1")
                .with("ANTHROPIC_API_KEY", "sk-2")
                .with("GEMINI_API_KEY", "key-3")
                .with("COHERE_API_KEY", "key-4");
        for (String variable : VARIABLE.matcher(text).results().map(match -> match.group(1)).toList()) {
            reading = reading.with(variable, variable.equals("DATABASE_URL") ? "postgresql://u:p@h/d" : "value-of-" + variable);
        }

        assertThat(reading.result().problems()).isEmpty();
        assertThat(reading.config().models()).isNotEmpty();
    }

    @Test
    void theSampleVariablesAreSound() throws IOException {
        Problems problems = new Problems();
        String uncommented = Files.readString(SAMPLES.resolve(".env.example")).replaceAll("(?m)^# ([A-Z_]+=)", "$1");
        Map<String, String> variables = DotEnv.read(".env.example", uncommented, problems);
        ConfigResult result = new ConfigReader().read(new ConfigInput("", "", variables, Overrides.NONE));

        assertThat(problems.all()).isEmpty();
        assertThat(variables).hasSizeGreaterThan(15);
        assertThat(result.problems()).isEmpty();
    }

    /// Prints the table anew: copy it between the marks when a setting changes.
    @Test
    void theReadmeHasTheTableOfTheCode() throws IOException {
        assertThat(Files.readString(SAMPLES.resolve("README.md"))).contains(SettingsTable.markdown());
    }
}
