package io.deltallm.policy.config;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.AwsCredentials;
import io.deltallm.codec.provider.Endpoint;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Quirk;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.credential.Login;
import io.deltallm.policy.credential.LoginKeys;
import io.deltallm.policy.credential.LoginToken;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class ProviderPlacesTest {
    private static Reading model(String params) {
        return sound("model_list: [{model_name: m, litellm_params: {" + params + "}}]");
    }

    private static ModelSettings only(Reading reading) {
        GatewayConfig config = reading.config();
        assertThat(config.models()).as(config.disabledModels().toString()).hasSize(1);
        return config.models().getFirst();
    }

    private static Provider provider(String params) {
        return only(model(params)).provider();
    }

    private static String path(Provider provider, Operation operation) {
        return endpoint(provider, operation).path();
    }

    private static Endpoint endpoint(Provider provider, Operation operation) {
        return Objects.requireNonNull(provider.endpoint(operation), operation.label());
    }

    private static String disabled(Reading reading) {
        assertThat(reading.config().models()).isEmpty();
        return reading.config().disabledModels().getFirst().reason();
    }

    @Test
    void asksAzureBelowADeploymentWithAVersion() {
        Provider azure = provider("model: azure/my-gpt, api_base: \"https://r.openai.azure.com/\", api_version: 2025-01-01-preview,"
                + " api_key: k");

        assertThat(azure.baseUri()).isEqualTo(URI.create("https://r.openai.azure.com"));
        assertThat(azure.signer()).isEqualTo(new Signer.HeaderKey("api-key", "k"));
        assertThat(path(azure, Operation.CHAT_COMPLETIONS))
                .isEqualTo("/openai/deployments/{model}/chat/completions?api-version=2025-01-01-preview");
        assertThat(path(azure, Operation.RESPONSES)).isEqualTo("/openai/v1/responses");
        assertThat(azure.endpoint(Operation.MODERATIONS)).isNull();
    }

    @Test
    void takesAzuresVersionFromTheEnvironmentOrTheUsualOne() {
        Reading plain = model("model: azure/o_series/my-o3, api_base: \"https://r.openai.azure.com/openai\", api_key: k");

        assertThat(only(plain).upstreamModel()).isEqualTo("my-o3");
        assertThat(only(plain).provider().baseUri()).isEqualTo(URI.create("https://r.openai.azure.com"));
        assertThat(path(only(plain).provider(), Operation.EMBEDDINGS)).endsWith("/embeddings?api-version=2024-10-21");
        assertThat(path(only(plain.with("AZURE_API_VERSION", "2030-01-01")).provider(), Operation.EMBEDDINGS))
                .endsWith("?api-version=2030-01-01");
    }

    @Test
    void asksAzuresNewerSurfaceWhereTheAddressNamesIt() {
        Provider azure = provider("model: azure/my-gpt, api_base: \"https://r.openai.azure.com/openai/v1/\", api_key: k");

        assertThat(azure.baseUri()).isEqualTo(URI.create("https://r.openai.azure.com/openai/v1"));
        assertThat(path(azure, Operation.CHAT_COMPLETIONS)).isEqualTo("/chat/completions");
    }

    @Test
    void takesAzuresTokenInsteadOfAKey() {
        assertThat(provider("model: azure/x, api_base: \"https://r.openai.azure.com\", azure_ad_token: t").signer())
                .isEqualTo(new Signer.Bearer("t"));
    }

    @Test
    void asksFoundryByTheFamilyOfTheModel() {
        Provider claude = provider("model: azure_ai/claude-sonnet-4-5, api_base: \"https://r.services.ai.azure.com/anthropic\", api_key: k");
        Provider llama = provider("model: azure_ai/Llama-3.3-70B, api_base: \"https://r.services.ai.azure.com/models\", api_key: k");

        assertThat(claude.baseUri() + path(claude, Operation.MESSAGES))
                .isEqualTo("https://r.services.ai.azure.com/anthropic/v1/messages");
        assertThat(claude.signer()).isEqualTo(new Signer.HeaderKey("x-api-key", "k"));
        assertThat(claude.headers()).containsEntry("anthropic-version", "2023-06-01");
        assertThat(llama.baseUri() + path(llama, Operation.CHAT_COMPLETIONS))
                .isEqualTo("https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview");
    }

    @Test
    void speaksToAnthropicInItsOwnFormat() {
        Provider anthropic = provider("model: anthropic/claude-sonnet-4-5, api_key: k");
        Provider moved = provider("model: anthropic/claude, api_key: k, api_base: \"https://gw.example/v1\"");

        assertThat(anthropic.baseUri() + path(anthropic, Operation.MESSAGES)).isEqualTo("https://api.anthropic.com/v1/messages");
        assertThat(anthropic.endpoint(Operation.CHAT_COMPLETIONS)).isNull();
        assertThat(anthropic.signer()).isEqualTo(new Signer.HeaderKey("x-api-key", "k"));
        assertThat(moved.baseUri()).isEqualTo(URI.create("https://gw.example"));
        assertThat(provider("model: anthropic/claude, api_key: sk-ant-oat01-x").signer())
                .isEqualTo(new Signer.Bearer("sk-ant-oat01-x"));
    }

    @Test
    void speaksToGeminiInItsOwnFormatUnlessTheAddressSaysOtherwise() {
        Provider gemini = provider("model: gemini/gemini-2.5-pro, api_key: k");
        Provider moved = provider("model: gemini/gemini-2.5-pro, api_key: k, api_base: \"https://gw.example\"");
        Provider compatible = provider("model: gemini/gemini-2.5-pro, api_key: k,"
                + " api_base: \"https://generativelanguage.googleapis.com/v1beta/openai\"");

        assertThat(gemini.baseUri() + endpoint(gemini, Operation.GENERATE_CONTENT).streamPath()).isEqualTo(
                "https://generativelanguage.googleapis.com/v1beta/models/{model}:streamGenerateContent?alt=sse");
        assertThat(moved.baseUri()).isEqualTo(URI.create("https://gw.example/v1beta"));
        assertThat(path(compatible, Operation.CHAT_COMPLETIONS)).isEqualTo("/chat/completions");
        assertThat(compatible.signer()).isEqualTo(new Signer.Bearer("k"));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-pro, GENERATE_CONTENT, /publishers/google/models/{model}:generateContent",
        "claude-sonnet-4-5@20250929, VERTEX_MESSAGES, /publishers/anthropic/models/{model}:rawPredict",
        "mistral-large-2411, CHAT_COMPLETIONS, /publishers/mistralai/models/{model}:rawPredict",
        "meta/llama-3.3-70b-instruct-maas, CHAT_COMPLETIONS, /endpoints/openapi/chat/completions",
        "text-embedding-005, VERTEX_EMBED, /publishers/google/models/{model}:predict",
        "imagen-4.0-generate-001, VERTEX_IMAGE, /publishers/google/models/{model}:predict"
    })
    void asksVertexByTheFamilyOfTheModel(String name, Operation operation, String path) {
        Provider vertex = provider("model: vertex_ai/" + name + ", vertex_project: p-1, vertex_location: europe-west1, api_key: t");

        assertThat(vertex.baseUri()).isEqualTo(URI.create("https://europe-west1-aiplatform.googleapis.com"));
        assertThat(path(vertex, operation)).isEqualTo("/v1/projects/p-1/locations/europe-west1" + path);
    }

    @ParameterizedTest
    @CsvSource({"global, aiplatform.googleapis.com", "eu, aiplatform.eu.rep.googleapis.com"})
    void knowsVertexsGlobalPlaces(String location, String host) {
        Provider vertex = provider("model: vertex_ai/gemini-3-pro, vertex_project: p, vertex_location: " + location + ", api_key: t");

        assertThat(vertex.baseUri().getHost()).isEqualTo(host);
    }

    @Test
    void needsAProjectOfGoogle() {
        assertThat(disabled(model("model: vertex_ai/gemini-2.5-pro, api_key: t"))).isEqualTo("vertex_project is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-sonnet-4-5-20250929-v1:0, CONVERSE, /model/{model}/converse",
        "converse/us.amazon.nova-pro-v1:0, CONVERSE, /model/{model}/converse",
        "invoke/anthropic.claude-3-haiku-20240307-v1:0, BEDROCK_MESSAGES, /model/{model}/invoke",
        "invoke/meta.llama3-8b-instruct-v1:0, INVOKE_LLAMA, /model/{model}/invoke",
        "meta.llama3-8b-instruct-v1:0, CONVERSE, /model/{model}/converse",
        "amazon.titan-text-express-v1, INVOKE_TITAN_TEXT, /model/{model}/invoke",
        "amazon.titan-embed-text-v2:0, INVOKE_TITAN_EMBED, /model/{model}/invoke",
        "cohere.embed-english-v3, INVOKE_COHERE_EMBED, /model/{model}/invoke",
        "amazon.nova-2-multimodal-embeddings-v1:0, INVOKE_NOVA_EMBED, /model/{model}/invoke",
        "cohere.rerank-v3-5:0, INVOKE_RERANK, /model/{model}/invoke",
        "amazon.rerank-v1:0, INVOKE_RERANK, /model/{model}/invoke",
        "amazon.titan-image-generator-v2:0, INVOKE_TITAN_IMAGE, /model/{model}/invoke",
        "openai/openai.gpt-oss-120b-1:0, CHAT_COMPLETIONS, /openai/v1/chat/completions"
    })
    void asksBedrockByTheFamilyOfTheModel(String name, Operation operation, String path) {
        Provider bedrock = provider("model: \"bedrock/" + name + "\", aws_region_name: us-east-1, aws_access_key_id: id,"
                + " aws_secret_access_key: s");

        assertThat(bedrock.baseUri()).isEqualTo(URI.create("https://bedrock-runtime.us-east-1.amazonaws.com"));
        assertThat(path(bedrock, operation)).isEqualTo(path);
        assertThat(bedrock.endpoints()).hasSize(1);
    }

    @Test
    void signsForAwsWithTheEntrysKeysOrTheEnvironments() {
        Reading own = model("model: bedrock/amazon.nova-pro-v1:0, aws_region_name: eu-west-1, aws_access_key_id: id,"
                + " aws_secret_access_key: secret, aws_session_token: session");
        Reading usual = model("model: bedrock/amazon.nova-pro-v1:0")
                .with("AWS_REGION", "us-west-2")
                .with("AWS_ACCESS_KEY_ID", "env")
                .with("AWS_SECRET_ACCESS_KEY", "s");

        assertThat(signed(own)).isEqualTo(new AwsCredentials("id", "secret", "session"));
        assertThat(((Signer.AwsSigV4) only(own).provider().signer()).region()).isEqualTo("eu-west-1");
        assertThat(((Signer.AwsSigV4) only(own).provider().signer()).service()).isEqualTo("bedrock");
        assertThat(signed(usual)).isEqualTo(new AwsCredentials("env", "s", null));
        assertThat(only(usual).provider().baseUri().getHost()).isEqualTo("bedrock-runtime.us-west-2.amazonaws.com");
    }

    private static AwsCredentials signed(Reading reading) {
        Signer.AwsSigV4 signer = (Signer.AwsSigV4) only(reading).provider().signer();
        return Objects.requireNonNull(signer.source().current());
    }

    @Test
    void takesABedrockKeyInsteadOfASignature() {
        Reading usual = model("model: bedrock/amazon.nova-pro-v1:0, aws_region_name: us-east-1").with("AWS_BEARER_TOKEN_BEDROCK", "ABSK");

        assertThat(only(usual).provider().signer()).isEqualTo(new Signer.Bearer("ABSK"));
        assertThat(provider("model: bedrock/amazon.nova-pro-v1:0, aws_region_name: us-east-1, aws_bearer_token_bedrock: own").signer())
                .isEqualTo(new Signer.Bearer("own"));
    }

    @Test
    void readsTheRegionFromABedrockModelsName() {
        ModelSettings regional = only(model("model: \"bedrock/us-west-2/anthropic.claude-v2:1\", api_key: k"));
        ModelSettings arn = only(model(
                "model: \"bedrock/arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude\", api_key: k"));

        assertThat(regional.provider().baseUri().getHost()).isEqualTo("bedrock-runtime.us-west-2.amazonaws.com");
        assertThat(regional.upstreamModel()).isEqualTo("anthropic.claude-v2:1");
        assertThat(arn.provider().baseUri().getHost()).isEqualTo("bedrock-runtime.eu-central-1.amazonaws.com");
        assertThat(arn.provider().endpoint(Operation.CONVERSE)).isNotNull();
    }

    @Test
    void asksBedrockAtAnEndpointOfOnesOwn() {
        Provider bedrock = provider("model: bedrock/amazon.nova-pro-v1:0, aws_region_name: us-east-1, api_key: k,"
                + " aws_bedrock_runtime_endpoint: \"https://vpce-1.example\"");

        assertThat(bedrock.baseUri()).isEqualTo(URI.create("https://vpce-1.example"));
    }

    @Test
    void tellsWhatBedrockLacks() {
        assertThat(disabled(model("model: bedrock/amazon.nova-pro-v1:0")))
                .isEqualTo("it has no address: aws_region_name is missing");
    }

    private static Login token(Reading reading) {
        Signer.Token signer = (Signer.Token) only(reading).provider().signer();
        assertThat(signer.source().token()).isNull();
        return ((LoginToken) signer.source()).source().login();
    }

    private static Login keys(Reading reading) {
        Signer.AwsSigV4 signer = (Signer.AwsSigV4) only(reading).provider().signer();
        return ((LoginKeys) signer.source()).source().login();
    }

    @Test
    void logsInToEntraWhereAzureHasNoKey() {
        String azure = "model: azure/x, api_base: \"https://r.openai.azure.com\"";
        Reading own = model(azure + ", tenant_id: t, client_id: c, client_secret: s");
        Reading usual = model(azure).with("AZURE_TENANT_ID", "t2").with("AZURE_CLIENT_ID", "c2").with("AZURE_CLIENT_SECRET", "s2");

        assertThat(token(own)).isEqualTo(new Login.Entra("t", "c", "s"));
        assertThat(token(own.with("AZURE_API_KEY", "k"))).isEqualTo(new Login.Entra("t", "c", "s"));
        assertThat(token(usual)).isEqualTo(new Login.Entra("t2", "c2", "s2"));
        assertThat(only(usual.with("AZURE_API_KEY", "k")).provider().signer()).isEqualTo(new Signer.HeaderKey("api-key", "k"));
        assertThat(disabled(model(azure + ", tenant_id: t"))).startsWith("its login is incomplete");
        assertThat(own.config().models().toString()).doesNotContain("secret: s");
    }

    @Test
    void logsInToGoogleByFileTextOrMapping() {
        String vertex = "model: vertex_ai/gemini-2.5-pro, vertex_location: us-east1";
        String json = "{\"type\":\"service_account\",\"project_id\":\"p-9\"}";

        assertThat(token(model(vertex + ", vertex_project: p, vertex_credentials: /etc/key.json"))).isEqualTo(new Login.Google("/etc/key.json"));
        assertThat(token(model(vertex + ", vertex_project: p"))).isEqualTo(new Login.Google(null));
        assertThat(token(model(vertex + ", vertex_credentials: '" + json + "'"))).isEqualTo(new Login.Google(json));
        assertThat(token(model(vertex + ", vertex_credentials: {type: service_account, project_id: p-9}"))).isEqualTo(new Login.Google(json));
        assertThat(path(provider(vertex + ", vertex_credentials: '" + json + "'"), Operation.GENERATE_CONTENT)).startsWith("/v1/projects/p-9/");
    }

    @Test
    void logsInToAwsByProfileRoleOrChain() {
        String bedrock = "model: bedrock/amazon.nova-pro-v1:0, aws_region_name: us-east-1";

        assertThat(keys(model(bedrock + ", aws_profile_name: work"))).isEqualTo(new Login.Aws("work"));
        assertThat(keys(model(bedrock))).isEqualTo(new Login.Aws(null));
        assertThat(keys(model(bedrock + ", aws_role_name: \"arn:aws:iam::1:role/r\", aws_session_name: s")))
                .isEqualTo(new Login.AwsRole("arn:aws:iam::1:role/r", "s", "us-east-1", null));
        assertThat(keys(model(bedrock + ", aws_role_name: r, aws_access_key_id: a, aws_secret_access_key: b")))
                .isEqualTo(new Login.AwsRole("r", "deltallm", "us-east-1", new AwsCredentials("a", "b", null)));
    }

    @Test
    void logsInToWatsonxWithAnApiKey() {
        Reading watsonx = model("model: watsonx/ibm/granite-3-8b-instruct, region_name: eu-de, project_id: p").with("WATSONX_APIKEY", "k");

        assertThat(token(watsonx)).isEqualTo(new Login.Ibm(URI.create("https://iam.cloud.ibm.com"), "k"));
        assertThat(only(watsonx).provider().baseUri() + path(only(watsonx).provider(), Operation.WATSONX_CHAT))
                .isEqualTo("https://eu-de.ml.cloud.ibm.com/ml/v1/text/chat?version=2024-05-31");
        assertThat(only(watsonx).defaults()).containsEntry("project_id", "\"p\"");
    }

    @ParameterizedTest
    @CsvSource({
        "replicate/meta/meta-llama-3-8b, REPLICATE_PREDICTION, /v1/models/meta/meta-llama-3-8b/predictions",
        "replicate/deployments/me/mine, REPLICATE_PREDICTION, /v1/deployments/me/mine/predictions",
        "replicate/me/mine:abc, REPLICATE_PREDICTION, /v1/predictions",
        "stability/sd3.5-large, STABILITY_IMAGE, /v2beta/stable-image/generate/sd3",
        "stability/stable-image-core, STABILITY_IMAGE, /v2beta/stable-image/generate/core",
        "cohere/command-a-03-2025, COHERE_CHAT, /v2/chat",
        "voyage/voyage-3, VOYAGE_EMBED, /embeddings",
        "jina_ai/jina-embeddings-v3, JINA_EMBED, /embeddings",
        "jina_ai/jina-reranker-v2, RERANK, /rerank",
        "aleph_alpha/luminous-base, ALEPH_ALPHA_COMPLETE, /complete",
        "ollama_chat/llama3, OLLAMA_CHAT, /api/chat",
        "ollama/llama3, CHAT_COMPLETIONS, /chat/completions",
        "huggingface/BAAI/bge-m3, HF_EMBED, /hf-inference/models/BAAI/bge-m3/pipeline/feature-extraction"
    })
    void knowsThePathsOfOthers(String name, Operation operation, String path) {
        assertThat(path(provider("model: \"" + name + "\", api_key: k"), operation)).isEqualTo(path);
    }

    @Test
    void asksOllamaNativelyBelowItsRoot() {
        assertThat(provider("model: ollama_chat/llama3, api_base: \"http://h:11434/api\"").baseUri())
                .isEqualTo(URI.create("http://h:11434"));
        assertThat(provider("model: ollama/llama3, api_base: \"http://h:11434\"").baseUri())
                .isEqualTo(URI.create("http://h:11434/v1"));
    }

    @Test
    void carriesTheProvidersQuirks() {
        assertThat(provider("model: mistral/mistral-large-latest, api_key: k").quirks()).contains(Quirk.RANDOM_SEED);
        assertThat(provider("model: openai/gpt-5, api_key: k").quirks()).isEmpty();
        assertThat(provider("model: openai/gpt-5.6-mini, api_key: k").quirks()).containsExactly(Quirk.TOOLS_BY_RESPONSES);
        assertThat(provider("model: openai/qwen, api_base: \"http://h/v1\"").quirks()).containsExactly(Quirk.NO_DEVELOPER_ROLE);
    }

    @Test
    void offersNoMoreThanTheEntrySays() {
        Reading few = sound("model_list: [{model_name: m, litellm_params: {model: openai/qwen, api_base: \"http://h/v1\"},"
                + " model_info: {supported_endpoints: [/v1/chat/completions, /v1/embeddings]}}]");

        assertThat(only(few).provider().endpoints()).containsOnlyKeys(Operation.CHAT_COMPLETIONS, Operation.EMBEDDINGS);
    }

    @Test
    void refusesAPartThatIsNoPart() {
        assertThat(model("model: azure/x, api_base: \"https://r.openai.azure.com\", api_key: k, api_version: \"a&b\"").errors())
                .singleElement()
                .asString()
                .contains("api_version: \"a&b\" (expected: letters, digits");
    }
}
