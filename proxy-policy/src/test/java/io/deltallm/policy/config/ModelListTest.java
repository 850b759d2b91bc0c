package io.deltallm.policy.config;

import io.deltallm.codec.provider.Signer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class ModelListTest {

    private static Reading model(String params) {
        return sound("""
                model_list:
                  - model_name: m
                    litellm_params: {%s}
                """.formatted(params));
    }

    private static ModelSettings only(Reading reading) {
        List<ModelSettings> models = reading.config().models();
        assertThat(models).as("usable of %s", reading.warnings()).hasSize(1);
        return models.getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, openai", "o3-mini, openai", "text-embedding-3-small, openai", "dall-e-3, openai", "whisper-1, openai",
        "tts-1, openai", "claude-3-opus-20240229, anthropic", "gemini-pro, gemini", "command-r, cohere",
        "embed-english-v3.0, cohere", "mistral-large, mistral", "mixtral-8x7b, mistral"
    })
    void infersTheProviderOfWellKnownNames(String model, String provider) {
        ModelSettings settings = only(model("model: " + model + ", api_key: k"));

        assertThat(settings.provider().name()).isEqualTo(provider);
        assertThat(settings.upstreamModel()).isEqualTo(model);
    }

    @Test
    void takesThePrefixOffAndTheAddressFromTheTable() {
        ModelSettings settings = only(model("model: openrouter/meta-llama/llama-3, api_key: k"));

        assertThat(settings.provider().name()).isEqualTo("openrouter");
        assertThat(settings.provider().baseUri()).isEqualTo(URI.create("https://openrouter.ai/api/v1"));
        assertThat(settings.upstreamModel()).isEqualTo("meta-llama/llama-3");
    }

    @Test
    void sendsHeaderKeysAsTheProviderWantsThem() {
        Reading azure = model("model: azure/my-gpt, api_base: \"https://r.openai.azure.com/openai/v1/\", api_key: k");

        assertThat(only(azure).provider().signer()).isEqualTo(new Signer.HeaderKey("api-key", "k"));
        assertThat(only(azure).provider().baseUri()).isEqualTo(URI.create("https://r.openai.azure.com/openai/v1"));
    }

    @Test
    void disablesAnAzureModelWithoutAnAddress() {
        assertThat(model("model: azure/my-gpt, api_key: k").warnings())
                .containsExactly("model_list[0].litellm_params.model: \"m\" is disabled: it has no address: each user of Azure"
                        + " OpenAI has one (expected: api_base) [line 3]");
    }

    @Test
    void takesAnyCompatibleServer() {
        ModelSettings prefixed = only(model("model: openai/qwen, api_base: \"http://localhost:9/v1\""));
        ModelSettings plain = only(model("model: Qwen/Qwen3-8B, api_base: \"http://localhost:9/v1\""));
        ModelSettings named = only(model("model: qwen, custom_llm_provider: groq, api_key: k"));

        assertThat(prefixed.upstreamModel()).isEqualTo("qwen");
        assertThat(plain.upstreamModel()).isEqualTo("Qwen/Qwen3-8B");
        assertThat(plain.provider().name()).isEqualTo("openai");
        assertThat(named.provider().name()).isEqualTo("groq");
    }

    @Test
    void findsTheProvidersUsualKey() {
        Reading usual = model("model: openai/gpt-4o").with("OPENAI_API_KEY", "sk-usual");

        assertThat(only(usual).provider().signer()).isEqualTo(new Signer.Bearer("sk-usual"));
        assertThat(only(usual.with("DELTALLM_OPENAI_API_KEY", "sk-own")).provider().signer())
                .isEqualTo(new Signer.Bearer("sk-own"));
    }

    @Test
    void doesNotSendTheUsualKeyToAnotherHost() {
        Reading elsewhere = model("model: openai/x, api_base: \"http://10.0.0.1/v1\"").with("OPENAI_API_KEY", "sk-usual");

        assertThat(only(elsewhere).provider().signer()).isEqualTo(new Signer.None());
    }

    @Test
    void followsTheProvidersUsualAddressVariable() {
        Reading moved = model("model: openai/x").with("OPENAI_API_KEY", "k").with("OPENAI_BASE_URL", "https://eu.example/v1");

        assertThat(only(moved).provider().baseUri()).isEqualTo(URI.create("https://eu.example/v1"));
    }

    @Test
    void disablesAModelWithoutItsKey() {
        for (Reading reading : List.of(
                model("model: openai/x"),
                model("model: openai/x, api_key: os.environ/OPENAI_API_KEY"),
                model("model: openai/x, api_key_env: OPENAI_API_KEY"))) {
            assertThat(reading.config().models()).isEmpty();
            assertThat(reading.config().disabledModels()).singleElement().extracting(DisabledModel::reason)
                    .isEqualTo("it has no key: the variable OPENAI_API_KEY is not set");
            assertThat(reading.warnings()).hasSize(1);
        }
    }

    @Test
    void disablesAModelOfAnUnknownProvider() {
        assertThat(model("model: wonder/claude-v2").warnings())
                .containsExactly("model_list[0].litellm_params.model: \"m\" is disabled: provider \"wonder\" is not known to this"
                        + " version (expected: the prefix of a provider of proxy-codec/README.md, or openai/ with an api_base)"
                        + " [line 3]");
        assertThat(model("model: grok/llama").warnings()).singleElement().asString().contains("did you mean groq?");
        assertThat(model("model: mystery").warnings()).singleElement().asString().contains("no provider is known");
    }

    @Test
    void sendsHeadersButNotThoseItOwns() {
        ModelSettings settings = only(model("model: openai/x, api_key: k, organization: org-1,"
                + " custom_headers: {X-A: \"1\"}, extra_headers: {X-B: \"${B}\"}").with("B", "2"));

        assertThat(settings.provider().headers()).isEqualTo(Map.of("OpenAI-Organization", "org-1", "X-A", "1", "X-B", "2"));
        assertThat(model("model: openai/x, api_key: k, custom_headers: {AUTHORIZATION: a, Host: b, content-length: 1}").errors())
                .hasSize(3)
                .allMatch(error -> error.contains("cannot be set"));
    }

    @Test
    void writesDefaultsAsJson() {
        ModelSettings settings = only(model("model: openai/x, api_key: k, temperature: 0.20, max_tokens: 1_000,"
                + " stop: [\"a\\\"b\", 2], logit_bias: {\"50256\": -100}, parallel_tool_calls: no,"
                + " extra_body: {top_k: 40, nested: {a: null}}"));

        assertThat(settings.defaults()).isEqualTo(Map.of(
                "temperature", "0.20",
                "max_tokens", "1000",
                "stop", "[\"a\\\"b\",2]",
                "logit_bias", "{\"50256\":-100}",
                "parallel_tool_calls", "false",
                "top_k", "40",
                "nested", "{\"a\":null}"));
    }

    @Test
    void takesAnEntrysOwnTimeouts() {
        ModelSettings settings = only(model("model: openai/x, api_key: k, timeout: 5, stream_timeout: 2.5"));

        assertThat(settings.clocks().total()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.clocks().firstByte()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.clocks().silence()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThat(model("model: openai/x, api_key: k, api_base: \"localhost:8080\"").errors()).containsExactly(
                "model_list[0].litellm_params.api_base: *** (expected: an http or https URL without user, password and"
                        + " query, as http://localhost:11434/v1) [line 3]");
        assertThat(model("model: openai/x, api_key: k, api_base: \"http://u:sk-hidden@h/v1\"").errors())
                .singleElement()
                .asString()
                .doesNotContain("sk-hidden");
    }

    @Test
    void disablesNamesWithAStar() {
        assertThat(sound("model_list: [{model_name: 'openai/*', litellm_params: {model: 'openai/*', api_key: k}}]").warnings())
                .containsExactly("model_list[0].litellm_params.model: \"openai/*\" is disabled: names with * are not"
                        + " implemented yet [line 1]");
    }

    @Test
    void refusesANameNoRequestCouldAskFor() {
        assertThat(sound("model_list: [{model_name: 'a b', litellm_params: {model: gpt-4, api_key: k}}]").errors())
                .containsExactly("model_list[0].model_name: \"a b\" (expected: up to 256 letters, digits and - _ . / : @ +) [line 1]");
    }
}
