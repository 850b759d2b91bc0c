package io.deltallm.policy.config;

import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.limit.Rates;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static io.deltallm.policy.config.Reading.reading;
import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class DialectTest {
    private static final String EARLY = """
            general:
              master_key: "sk-top"
              max_requests_per_minute: 100
              max_tokens_per_minute: 100000
            router:
              routing_strategy: "simple"
              num_retries: 3
              timeout: 60
              enable_cooldowns: true
            model_list:
              - model_name: "gpt-4"
                litellm_params:
                  model: "gpt-4"
                  api_key: "${OPENAI_API_KEY}"
              - model_name: "claude-3-opus"
                litellm_params:
                  model: "claude-3-opus-20240229"
                  api_key: "${ANTHROPIC_API_KEY}"
              - model_name: "gemini-pro"
                litellm_params:
                  model: "gemini-pro"
                  api_key: "${GOOGLE_API_KEY}"
            cache:
              mode: "redis"
              ttl: 3600
            database:
              url: "postgresql://user:pass@localhost/deltallm"
              pool_size: 7
            logging:
              level: "DEBUG"
              format: "text"
            """;

    private static final String LITELLM = """
            model_list:
              - model_name: gpt-4
                litellm_params:
                  model: openai/gpt-4
                  api_key: os.environ/OPENAI_API_KEY
                  max_tokens: 4096
                  temperature: 0.7
              - model_name: llama2
                litellm_params:
                  model: ollama/llama2
                  api_base: http://host.docker.internal:11434
            router_settings:
              routing_strategy: usage-based-routing
              timeout: 30
              model_group_alias:
                gpt-4-group: ["gpt-4", "gpt-4-turbo"]
              fallbacks:
                - gpt-4: ["gpt-3.5-turbo"]
            general_settings:
              master_key: os.environ/LITELLM_MASTER_KEY
              max_budget: 100.0
              tpm_limit: 10000
              rpm_limit: 100
              max_parallel_requests: 10
              cache_params:
                host: os.environ/REDIS_HOST
            litellm_settings:
              success_callback: ["langfuse"]
            """;

    @Test
    void readsTheEarlyDialect() {
        GatewayConfig config = reading(EARLY)
                .with("OPENAI_API_KEY", "sk-o")
                .with("ANTHROPIC_API_KEY", "sk-a")
                .with("GOOGLE_API_KEY", "g")
                .config();

        assertThat(config.keys().masterKey()).isEqualTo(new Secret("sk-top"));
        assertThat(config.limits().rates().perKey()).isEqualTo(new Rates(100, 100_000, 0));
        assertThat(config.limits().rates().proxyWide()).isEqualTo(Rates.UNLIMITED);
        assertThat(config.upstream().clocks().total()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.store().url()).isEqualTo(new Secret("postgresql://user:pass@localhost/deltallm"));
        assertThat(config.store().poolSize()).isEqualTo(7);
        assertThat(config.logging().level()).isEqualTo(LoggingSettings.Level.DEBUG);
        assertThat(config.logging().format()).isEqualTo(LoggingSettings.Format.TEXT);
        assertThat(config.models()).extracting(model -> model.provider().name())
                .containsExactly("openai", "anthropic", "gemini");
        assertThat(config.models().getFirst().provider().signer()).isEqualTo(new Signer.Bearer("sk-o"));
    }

    @Test
    void namesWhatIsNotImplementedYetInOneWarning() {
        List<String> warnings = reading(EARLY)
                .with("OPENAI_API_KEY", "x")
                .with("ANTHROPIC_API_KEY", "x")
                .with("GOOGLE_API_KEY", "x")
                .with("DELTALLM_SALT_KEY", "salt")
                .warnings();

        assertThat(warnings)
                .containsExactly("not implemented yet: ignored: cache, router.enable_cooldowns, router.num_retries");
    }

    @Test
    void readsTheLiteLlmDialect() {
        Reading reading = reading(LITELLM)
                .with("LITELLM_MASTER_KEY", "sk-m")
                .with("DELTALLM_SALT_KEY", "salt")
                .with("OPENAI_API_KEY", "sk-o");
        GatewayConfig config = reading.config();

        assertThat(config.keys().masterKey()).isEqualTo(new Secret("sk-m"));
        assertThat(config.limits().rates().perKey()).isEqualTo(new Rates(100, 10_000, 10));
        ModelSettings gpt = config.models().getFirst();
        assertThat(gpt.upstreamModel()).isEqualTo("gpt-4");
        assertThat(gpt.defaults()).isEqualTo(Map.of("max_tokens", "4096", "temperature", "0.7"));
        assertThat(gpt.clocks().total()).isEqualTo(Duration.ofSeconds(30));
        assertThat(gpt.clocks().firstByte()).isEqualTo(Duration.ofSeconds(30));
        ModelSettings llama = config.models().getLast();
        assertThat(llama.provider().baseUri()).isEqualTo(URI.create("http://host.docker.internal:11434/v1"));
        assertThat(llama.provider().signer()).isEqualTo(new Signer.None());
        assertThat(config.aliases()).isEqualTo(Map.of("gpt-4-group", List.of("gpt-4")));
        assertThat(reading.warnings())
                .containsExactly(
                        "not implemented yet: ignored: general_settings.cache_params, general_settings.max_budget,"
                                + " litellm_settings.success_callback, router_settings.fallbacks",
                        "router.routing_strategy: usage-based does not exist yet; it acts as simple-shuffle",
                        "router_settings.model_group_alias.gpt-4-group[1]: ignored, since model_list has no entry named"
                                + " \"gpt-4-turbo\" [line 16]");
    }

    @Test
    void readsTheNewerSpellings() {
        GatewayConfig config = sound("""
                model_list:
                  - model_name: small
                    deltallm_params:
                      model: groq/llama-3.1-8b
                      api_key_env: MY_GROQ
                deltallm_settings:
                  request_timeout: 45
                general_settings:
                  deltallm_key_header_name: X-My-Key
                """).with("MY_GROQ", "gsk").config();

        assertThat(config.models().getFirst().provider().signer()).isEqualTo(new Signer.Bearer("gsk"));
        assertThat(config.upstream().clocks().total()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.keys().headerName()).isEqualTo("X-My-Key");
    }

    @Test
    void mergesDialectsAndReportsWhatIsSaidTwice() {
        Reading reading = sound("""
                general:
                  max_requests_per_minute: 5
                general_settings:
                  rpm_limit: 7
                  tpm_limit: 9
                """);

        assertThat(reading.config().limits().rates().perKey()).isEqualTo(new Rates(5, 9, 0));
        assertThat(reading.warnings())
                .containsExactly("general_settings.rpm_limit: ignored, since general.max_requests_per_minute (line 2)"
                        + " says the same setting [line 4]");
    }

    @Test
    void makesPlainLimitsProxyWideWhenTheirScopeIsGlobal() {
        GatewayConfig config = sound("general_settings: {scope: global, rpm_limit: 100, max_parallel_requests: 3}").config();

        assertThat(config.limits().rates().perKey()).isEqualTo(Rates.UNLIMITED);
        assertThat(config.limits().rates().proxyWide()).isEqualTo(new Rates(100, 0, 3));
    }

    @Test
    void mergesAnchors() {
        GatewayConfig config = sound("""
                model_list:
                  - model_name: a
                    litellm_params: &base
                      model: openai/a
                      api_base: http://localhost:1/v1
                      weight: 2
                  - model_name: b
                    litellm_params:
                      <<: *base
                      model: openai/b
                """).config();

        assertThat(config.models()).extracting(ModelSettings::upstreamModel).containsExactly("a", "b");
        assertThat(config.models()).extracting(ModelSettings::weight).containsExactly(2, 2);
    }
}
