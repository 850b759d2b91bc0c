package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTableTest {
    private static final RouteTable ROUTES = new RouteTable();

    private static @Nullable Route find(String path) {
        byte[] bytes = ("GET " + path + "?q").getBytes(StandardCharsets.ISO_8859_1);
        return ROUTES.find(bytes, 4, bytes.length - 2);
    }

    private static Stream<Operation> withPaths() {
        return Stream.of(Operation.values()).filter(Operation::hasPath);
    }

    @ParameterizedTest
    @MethodSource("withPaths")
    void findsEveryOperationWithAndWithoutVersion(Operation operation) {
        assertThat(find(operation.path())).isEqualTo(new Route.Relay(operation));
        assertThat(find("/v1" + operation.path())).isEqualTo(new Route.Relay(operation));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/gemini-pro:generateContent, GENERATE_CONTENT, gemini-pro, false",
        "/v1/models/gemini-pro:streamGenerateContent, GENERATE_CONTENT, gemini-pro, true",
        "/gemini/v1beta/models/org/m:7b:generateContent, GENERATE_CONTENT, org/m:7b, false",
        "/v1beta/models/org%2Fm:countTokens, GEMINI_COUNT_TOKENS, org/m, false",
        "/v1beta/models/e:embedContent, EMBED_CONTENT, e, false",
        "/v1beta/models/e:batchEmbedContents, BATCH_EMBED_CONTENTS, e, false"
    })
    void findsGooglesActions(String path, Operation operation, String model, boolean stream) {
        assertThat(find(path)).isEqualTo(new Route.Relay(operation, new PathCall(model, stream), true));
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/my-gpt/chat/completions, CHAT_COMPLETIONS, my-gpt",
        "/openai/deployments/my-gpt/completions, COMPLETIONS, my-gpt",
        "/openai/deployments/org/m/embeddings, EMBEDDINGS, org/m",
        "/openai/deployments/w%20x/audio/transcriptions, AUDIO_TRANSCRIPTIONS, w x"
    })
    void findsAzuresDeployments(String path, Operation operation, String model) {
        assertThat(find(path)).isEqualTo(new Route.Relay(operation, new PathCall(model, false), false));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "/anthropic/v1/messages, anthropic, /v1/messages, MESSAGES, -, false",
        "/openai/v1/threads, openai, /v1/threads, -, -, false",
        "/gemini/v1beta/cachedContents, gemini, /v1beta/cachedContents, -, -, false",
        "/vertex_ai/v1/projects/p/models/m:streamGenerateContent, vertex_ai, /v1/projects/p/models/m:streamGenerateContent, GENERATE_CONTENT, m, true",
        "/bedrock/model/a.b%3A0/converse, bedrock, /model/a.b%3A0/converse, CONVERSE, a.b:0, false",
        "/azure/openai/deployments/d/chat/completions, azure, /openai/deployments/d/chat/completions, CHAT_COMPLETIONS, d, false",
        "/files, '', /files, -, -, false",
        "/v1/batches/b/cancel, '', /batches/b/cancel, -, -, false",
        "/v1/responses/resp_1, '', /responses/resp_1, -, -, false",
        "/responses/resp_1/cancel, '', /responses/resp_1/cancel, -, -, false",
        "/v1/responses/r/input_items, '', /responses/r/input_items, -, -, false"
    })
    void findsWhatGoesOnAsItIs(String path, String provider, String rest, Operation operation, String model, boolean stream) {
        assertThat(find(path)).isEqualTo(new Route.Passthrough(provider, rest, operation, model, stream));
    }

    @Test
    void findsOtherSpellings() {
        assertThat(find("/v2/rerank")).isEqualTo(new Route.Relay(Operation.RERANK));
        assertThat(find("/openai/v1/responses")).isEqualTo(new Route.Relay(Operation.RESPONSES));
        assertThat(find("/v1/messages/count_tokens")).isEqualTo(new Route.Relay(Operation.MESSAGES_COUNT_TOKENS));
    }

    @ParameterizedTest
    @CsvSource({
        "/health, HEALTH", "/health/liveliness, LIVENESS", "/health/liveness, LIVENESS", "/health/readiness, READINESS",
        "/live, LIVE", "/ready, READY", "/metrics, METRICS", "/metrics/prometheus, METRICS", "/metrics/json, METRICS"
    })
    void findsProbes(String path, Route.Probe probe) {
        assertThat(find(path)).isEqualTo(probe);
        assertThat(find("/v1" + path)).isNull();
    }

    @Test
    void findsModels() {
        assertThat(find("/models")).isEqualTo(Route.Question.MODELS);
        assertThat(find("/v1/models")).isEqualTo(Route.Question.MODELS);
        for (String id : new String[] {"a", "org/model", "a/b/c", "org%2Fmodel", "x".repeat(500)}) {
            assertThat(find("/models/" + id)).isEqualTo(Route.Question.MODEL);
            assertThat(find("/v1/models/" + id)).isEqualTo(Route.Question.MODEL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/model/info, MODEL_INFO", "/v1/model/info, MODEL_INFO", "/model_group/info, MODEL_GROUP_INFO",
        "/v1/model_group/info, MODEL_GROUP_INFO", "/utils/token_counter, TOKEN_COUNTER", "/spend/calculate, SPEND_CALCULATE"
    })
    void findsQuestionsAboutModels(String path, Route.Question question) {
        assertThat(find(path)).isEqualTo(question);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "*", "/v1", "/v1/", "/v1/models/", "/models/", "/modelsx", "/v2/models", "/v1/v1/models", "/v1//models",
        "/chat/completions/", "/v1beta/models/a", "/v1beta/models/:generateContent", "/v1beta/models/a:fly",
        "/openai/", "/openai", "/nobody/v1/x", "/openai/a/../b", "/anthropic/%2e%2e/x", "/v1/filesystem", "/v1/responses/", "/v1/responses/r/", "/v1/responses/r/x", "/v1/responses//cancel", "/v1/utils/token_counter", "/Chat/completions", "/v1/chat", "/%68ealth", "/health/", "/healthz"
    })
    void knowsNothingElse(String path) {
        assertThat(find(path)).isNull();
    }
}
