package io.deltallm.netty.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.KeySpec;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What clients ask about models and tokens.
@ExtendWith(LeakGuard.class)
final class CatalogueTest {
    private static final String COUNT = "/v1/messages/count_tokens";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .set("server.max_body", "4KiB")
                .withoutModels()
                .model("smart", "openai/gpt-4o")
                .model("claude", "anthropic/claude-sonnet-4-5", upstream.baseUrl().replace("/v1", ""))
                .model("flash", "gemini/gemini-2.5-flash", upstream.baseUrl().replace("/v1", "/v1beta"))
                .start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    private RawResponse get(String path, String key) {
        try (RawClient client = gateway.connect()) {
            return client.get(path, key).read();
        }
    }

    private RawResponse post(String path, String key, String body) {
        try (RawClient client = gateway.connect()) {
            return client.post(path, key, body).read();
        }
    }

    private RawResponse post(String path, String body) {
        return post(path, GatewayFixture.MASTER_KEY, body);
    }

    private static List<String> each(JsonNode list, String field) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.path(field).asText()));
        return values;
    }

    @Test
    void listsModelsWithWhatIsKnownOfThem() {
        RawResponse list = get("/v1/models", GatewayFixture.MASTER_KEY);

        assertThat(list.header("Content-Type")).isEqualTo("application/json");
        assertThat(each(list.json().path("data"), "id")).containsExactly("claude", "flash", "smart");
        JsonNode smart = get("/models/smart", GatewayFixture.MASTER_KEY).json();
        assertThat(smart).isEqualTo(list.json().path("data").path(2));
        assertThat(smart.path("object").asText()).isEqualTo("model");
        assertThat(smart.path("owned_by").asText()).isEqualTo("deltallm");
        assertThat(smart.path("provider_type").asText()).isEqualTo("openai");
        assertThat(smart.path("context_window").asLong()).isEqualTo(128_000);
        assertThat(smart.path("capabilities").isEmpty()).isFalse();
    }

    @Test
    void showsAKeyOnlyItsModels() {
        String key = gateway.newKey(KeySpec.aKey().withModels("smart"));

        assertThat(each(get("/v1/models", key).json().path("data"), "id")).containsExactly("smart");
        assertThat(each(get("/model/info", key).json().path("data"), "model_name")).containsExactly("smart");
        assertThat(each(get("/v1/model_group/info", key).json().path("data"), "model_group")).containsExactly("smart");
        assertThat(get("/v1/models/claude", key).status()).isEqualTo(404);
        assertThat(get("/model_group/info?model_group=claude", key).status()).isEqualTo(404);
        assertThat(post("/utils/token_counter", key, "{\"model\":\"claude\",\"prompt\":\"a\"}").status()).isEqualTo(404);
    }

    @Test
    void showsTargetsWithoutTheirCredentials() {
        RawResponse all = get("/v1/model/info", GatewayFixture.MASTER_KEY);
        String id = all.json().path("data").path(0).path("model_info").path("id").asText();

        RawResponse one = get("/model/info?x=1&litellm_model_id=" + id.replace("/", "%2F"), GatewayFixture.MASTER_KEY);

        assertThat(all.json().path("data")).hasSize(3);
        assertThat(all.text()).doesNotContain(GatewayFixture.UPSTREAM_KEY);
        assertThat(one.json().path("data")).hasSize(1);
        assertThat(one.json().path("data").path(0)).isEqualTo(all.json().path("data").path(0));
        assertThat(get("/model/info?litellm_model_id=no", GatewayFixture.MASTER_KEY).status()).isEqualTo(404);
    }

    @Test
    void countsTokensAndPricesThem() {
        RawResponse count = post("/utils/token_counter", "{\"model\":\"smart\",\"prompt\":\"hello world\"}");
        assertThat(count.status()).isEqualTo(200);
        assertThat(count.json().path("total_tokens").asLong()).isEqualTo(2);

        RawResponse cost = post("/spend/calculate", "{\"completion_response\":{\"model\":\"smart\",\"usage\":{\"prompt_tokens\":2}}}");
        assertThat(cost.text()).isEqualTo("{\"cost\":0.000005}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/utils/token_counter", "/spend/calculate"})
    void countsQuestionsWithABodyAgainstTheLimitOfRequests(String path) {
        String key = gateway.newKey(KeySpec.aKey().withRequestsPerMinute(2));
        String question = "{\"model\":\"smart\",\"prompt\":\"hello world\",\"messages\":[]}";

        RawResponse first = post(path, key, question);
        RawResponse unknown = post(path, key, "{\"model\":\"nobody/x\",\"prompt\":\"a\"}");
        RawResponse refused = post(path, key, question);

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("1");
        assertThat(unknown.status()).as(unknown.text()).isBetween(400, 404);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(get("/v1/models", key).status()).as("from memory").isEqualTo(200);
        assertThat(post(path, question).status()).as("without a limit").isEqualTo(200);
    }

    @Test
    void sharesTheLimitOfRequestsWithChatsAndLeavesTheTokensToThem() {
        String key = gateway.newKey(KeySpec.aKey().withRequestsPerMinute(2).withTokensPerMinute(1000));
        String question = "{\"model\":\"smart\",\"prompt\":\"" + "word ".repeat(700) + "\"}";

        RawResponse counted = post("/utils/token_counter", key, question);
        upstream.next(ChatSample.reply());
        RawResponse chat = post(ChatSample.PATH, key, ChatSample.REQUEST.replace("gpt-4o", "smart"));

        assertThat(counted.status()).as(counted.text()).isEqualTo(200);
        assertThat(counted.header("X-RateLimit-Remaining-Tokens")).isEqualTo("1000");
        assertThat(chat.status()).as(chat.text()).isEqualTo(200);
        assertThat(post("/utils/token_counter", key, question).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/utils/token_counter", "/spend/calculate"})
    void refusesBodiesThatAreNoQuestion(String path) {
        assertThat(post(path, "{\"model\":").status()).isEqualTo(400);
        assertThat(post(path, "[]").status()).isEqualTo(400);
        assertThat(post(path, "{\"model\":\"smart\"}").error("message")).startsWith("nothing to ");
        assertThat(post(path, "{\"model\":\"smart\",\"prompt\":\"" + "x".repeat(5000) + "\"}").status()).isEqualTo(413);
        assertThat(post(path, "{\"model\":\"smart\",\"a\":" + "[".repeat(1500) + "]".repeat(1500) + "}").status()).isEqualTo(400);
        assertThat(get(path, GatewayFixture.MASTER_KEY).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/models/smart", "/model/info", "/model_group/info"})
    void needsAKey(String path) {
        assertThat(get(path, "sk-unknown").status()).isEqualTo(401);
    }

    @Test
    void answersOneQuestionAfterTheOtherOnOneConnection() {
        try (RawClient client = gateway.connect()) {
            client.get("/v1/models", GatewayFixture.MASTER_KEY);
            client.post("/utils/token_counter", GatewayFixture.MASTER_KEY, "{\"model\":\"smart\",\"prompt\":\"hello world\"}");
            client.get("/model_group/info", GatewayFixture.MASTER_KEY);

            assertThat(client.read().text()).contains("\"object\":\"list\"");
            assertThat(client.read().text()).contains("\"total_tokens\":2");
            assertThat(client.read().text()).contains("\"model_group\":\"claude\"");
        }
    }

    @Test
    void countsAnthropicsRequestsWhereTheProviderDoesNot() {
        String plain = "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}";

        RawResponse response = post(COUNT, plain);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        // OpenAI's rule: three for the answer, three for the message, one for its role, two for its text.
        assertThat(response.text()).isEqualTo("{\"input_tokens\":9}");
        String more = plain.replace("\"messages\"", "\"system\":\"Be kind.\",\"tools\":[{\"name\":\"look\",\"description\":\"Looks.\","
                + "\"input_schema\":{\"type\":\"object\"}}],\"messages\"");
        assertThat(post(COUNT, more).json().path("input_tokens").asLong()).isBetween(25L, 50L);
        assertThat(upstream.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude"})
    void countsGooglesRequestsWhereTheProviderDoesNot(String model) {
        String contents = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello world\"}]}]}";

        assertThat(post("/v1beta/models/" + model + ":countTokens", contents).text()).isEqualTo("{\"totalTokens\":9}");
        assertThat(post("/v1beta/models/" + model + ":countTokens", "{\"generateContentRequest\":" + contents + "}").text())
                .isEqualTo("{\"totalTokens\":9}");
        assertThat(upstream.requestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        COUNT + ", claude, /v1/messages/count_tokens",
        "/v1beta/models/flash:countTokens, flash, /v1beta/models/gemini-2.5-flash:countTokens"
    })
    void leavesCountingToProvidersThatDo(String path, String model, String target) {
        upstream.next(Script.json(200, "{\"theirs\":1}"));

        RawResponse response = post(path, "{\"model\":\"" + model + "\",\"messages\":[]}");

        assertThat(response.text()).isEqualTo("{\"theirs\":1}");
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo(target);
    }

    @Test
    void refusesCountsAsOtherRequests() {
        String key = gateway.newKey(KeySpec.aKey().withModels("claude"));
        String body = "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

        RawResponse forbidden = post(COUNT, key, body);
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.json().path("type").asText()).isEqualTo("error");
        RawResponse unsound = post(COUNT, body.replace("\"user\"", "7"));
        assertThat(unsound.status()).isEqualTo(400);
        assertThat(unsound.json().path("error").path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(post("/v1beta/models/smart:countTokens", "{\"contents\":[]}").error("status")).isEqualTo("INVALID_ARGUMENT");
        String limited = gateway.newKey(KeySpec.aKey().withRequestsPerMinute(1));
        assertThat(post(COUNT, limited, body).status()).isEqualTo(200);
        assertThat(post(COUNT, limited, body).status()).isEqualTo(429);
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void countsQuestionsAsRequests() {
        get("/v1/models", GatewayFixture.MASTER_KEY);
        get("/model/info", GatewayFixture.MASTER_KEY);

        assertThat(gateway.metrics().sum("deltallm_requests_total", "route=\"models\"", "status=\"200\"")).isEqualTo(2);
    }
}
