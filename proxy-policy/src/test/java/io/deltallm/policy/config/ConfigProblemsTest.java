package io.deltallm.policy.config;

import java.util.Collections;
import org.junit.jupiter.api.Test;

import static io.deltallm.policy.config.Reading.reading;
import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class ConfigProblemsTest {

    @Test
    void reportsAllProblemsAtOnceWithPathLineValueAndExpectation() {
        assertThat(sound("""
                server:
                  port: many
                  max_body: [1]
                  idle_timeout: -5
                logging:
                  level: loud
                metrics: 7
                model_list:
                  - model_name: ok
                    litellm_params: {model: openai/x, api_key: k, weight: -1, temperature: 3}
                  - litellm_params: {model: openai/x, api_key: k}
                  - model_name: bare
                  - just text
                """).errors()).containsExactly(
                        "server.port: \"many\" (expected: a whole number from 0 to 65535) [line 2]",
                        "server.max_body: a list (expected: a size from 1KiB to 2047MiB, as 64KiB, 10MB) [line 3]",
                        "server.idle_timeout: -5 (expected: a duration > 0, as 30 (seconds), 500ms, 30s, 5m, 1h) [line 4]",
                        "logging.level: \"loud\" (expected: one of trace, debug, info, warn, error) [line 6]",
                        "metrics: 7 (expected: a mapping of settings) [line 7]",
                        "model_list[0].litellm_params.weight: -1 (expected: > 0) [line 10]",
                        "model_list[0].litellm_params.temperature: 3 (expected: a number from 0 to 2) [line 10]",
                        "model_list[1]: model_name is missing (expected: text) [line 11]",
                        "model_list[2]: litellm_params is missing (expected: a mapping with at least model) [line 12]",
                        "model_list[3]: \"just text\" (expected: a mapping of settings) [line 13]");
    }

    @Test
    void warnsOfUnknownKeysWithTheNearestKnownName() {
        Reading reading = sound("""
                servr: {}
                server: {prot: 1}
                model_list:
                  - model_name: m
                    litellm_params: {model: openai/m, api_key: k, apikey: k, quux_quux: 1}
                """);

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).containsExactly(
                "servr: unknown key, ignored; did you mean server? [line 1]",
                "server.prot: unknown key, ignored; did you mean port? [line 2]",
                "model_list[0].litellm_params.apikey: unknown key, ignored; did you mean api_key? [line 5]",
                "model_list[0].litellm_params.quux_quux: unknown key, ignored [line 5]");
    }

    @Test
    void refusesToStartWithoutAMasterKey() {
        assertThat(reading("").errors()).containsExactly("general.master_key: missing (expected: general.master_key,"
                + " general_settings.master_key or DELTALLM_MASTER_KEY; or --insecure-no-auth to let everybody in)");
    }

    @Test
    void startsWithoutAMasterKeyWhenEverybodyIsLetIn() {
        Reading open = reading("").with(new Overrides(null, null, null, true, null));

        assertThat(open.config().keys().open()).isTrue();
        assertThat(open.warnings()).contains("auth.insecure_no_auth: everybody may use this gateway without a key");
    }

    @Test
    void refusesAMasterKeyWhoseVariableIsNotSet() {
        assertThat(reading("general: {master_key: \"${NOPE}\"}").errors())
                .contains("general.master_key: the variable NOPE is not set (expected: text) [line 1]");
    }

    @Test
    void neverShowsSecretsInMessages() {
        Reading reading = reading("""
                general:
                  master_key: [sk-hidden]
                database:
                  url: "mysql://root:sk-hidden@localhost/x"
                model_list:
                  - model_name: m
                    litellm_params:
                      model: openai/m
                      api_key: [sk-hidden]
                      custom_headers: {Authorization: sk-hidden, X-Bad: "sk-hidden\\n"}
                """);

        assertThat(reading.errors()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(String.valueOf(reading.result())).doesNotContain("sk-hidden");
    }

    @Test
    void refusesWhatIsWrittenTwice() {
        assertThat(sound("server: {port: 1}\nlogging: {}\nserver: {port: 2}\n").errors())
                .containsExactly("server: written twice (first in line 1) [line 3]");
    }

    @Test
    void saysWhereBrokenYamlBreaks() {
        assertThat(sound("server:\n  port: [1\nx: 2\n").errors())
                .singleElement()
                .asString()
                .startsWith("YAML: ")
                .endsWith("[line 3]");
    }

    @Test
    void refusesAliasesThatGrowWithoutBound() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, before))));
        }

        assertThat(sound(bomb.toString()).errors()).singleElement().asString().contains("aliases");
        assertThat(sound("a: &a [*a]").errors()).singleElement().asString().contains("aliases");
    }

    @Test
    void refusesATextThatIsNoMapping() {
        assertThat(sound("- a\n- b\n").errors()).containsExactly("YAML: a list (expected: a mapping of settings)");
    }

    @Test
    void neverMakesObjectsFromTags() {
        assertThat(sound("server: !!javax.script.ScriptEngineManager [1]").errors())
                .singleElement()
                .asString()
                .startsWith("YAML: Global tag is not allowed");
    }

    @Test
    void listsTheAcceptedStrategiesWhenOneIsUnknown() {
        assertThat(sound("router: {routing_strategy: clever}").errors())
                .singleElement()
                .asString()
                .startsWith("router.routing_strategy: \"clever\" (expected: one of simple-shuffle, weighted, round-robin,");
    }

    @Test
    void wantsBothHalvesOfTls() {
        assertThat(sound("server: {tls: {cert_file: a.pem}}").errors())
                .containsExactly("server.tls.key_file: missing (expected: a PEM file, since TLS needs both a certificate and"
                        + " its key)");
        assertThat(sound("").with("ENABLE_TLS", "true").errors()).singleElement().asString().startsWith("server.tls.cert_file: missing");
    }

    @Test
    void warnsOfTheSaltEverybodyKnows() {
        assertThat(reading("").with("DELTALLM_MASTER_KEY", "k").warnings())
                .singleElement()
                .asString()
                .startsWith("general.salt_key: not set");
    }
}
