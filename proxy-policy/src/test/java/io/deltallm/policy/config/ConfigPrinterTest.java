package io.deltallm.policy.config;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static io.deltallm.policy.config.Reading.reading;
import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class ConfigPrinterTest {
    private static final Reading READING = sound("""
            server:
              port: 99
              tls: {cert_file: c.pem, key_file: k.pem, min_version: "1.3"}
            database: {url: "postgresql://u:sk-hidden@h/d"}
            model_list:
              - model_name: m
                litellm_params:
                  model: openai/x
                  api_key: sk-hidden
                  temperature: 0.5
                  custom_headers: {X-Token: sk-hidden}
              - model_name: off
                litellm_params: {model: wonder/x}
            router: {model_group_alias: {n: m}}
            """).with("DELTALLM_MASTER_KEY", "sk-hidden").with("DELTALLM_SALT_KEY", "sk-hidden");

    @Test
    void printsEverySettingWithItsSourceAndNoSecret() {
        String printed = ConfigPrinter.print(READING.config());

        assertThat(printed)
                .doesNotContain("sk-hidden")
                .contains("  port: 99  # line 2\n")
                .contains("  host: \"0.0.0.0\"  # default\n")
                .contains("  master_key: \"***\"  # environment DELTALLM_MASTER_KEY\n")
                .contains("      api_key: \"***\"\n")
                .contains("        X-Token: \"***\"\n")
                .contains("# model_list[1] \"off\" is disabled: provider \"wonder\"");
        assertThat(READING.config().toString()).doesNotContain("sk-hidden");
    }

    @Test
    void printsWhatItCanReadAgain() {
        GatewayConfig config = READING.config();
        GatewayConfig again = reading(ConfigPrinter.print(config).replaceAll("url: \"\\*\\*\\*\"", "url: postgresql://h/d")).config();

        assertThat(again.server()).isEqualTo(config.server());
        assertThat(again.limits()).isEqualTo(config.limits());
        assertThat(again.upstream()).isEqualTo(config.upstream());
        assertThat(again.logging()).isEqualTo(config.logging());
        assertThat(again.aliases()).isEqualTo(config.aliases());
        assertThat(again.models()).extracting(ModelSettings::defaults).containsExactly(config.models().getFirst().defaults());
        assertThat(again.models()).extracting(ModelSettings::clocks).containsExactly(config.models().getFirst().clocks());
    }

    @Test
    void theStarterFilePassesItsCheck() {
        String starter = StarterConfig.text(new SplittableRandom(1));

        assertThat(reading(starter).with("OPENAI_API_KEY", "sk-x").result().problems()).isEmpty();
        assertThat(reading(starter).errors()).isEmpty();
        assertThat(reading(starter).warnings()).singleElement().asString().contains("OPENAI_API_KEY is not set");
        assertThat(starter).isNotEqualTo(StarterConfig.text(new SplittableRandom(2)));
    }
}
