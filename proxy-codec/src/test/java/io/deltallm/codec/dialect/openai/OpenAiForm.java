package io.deltallm.codec.dialect.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/// What OpenAI's OpenAPI document demands of `CreateChatCompletionResponse` and `CreateChatCompletionStreamResponse`.
final class OpenAiForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FINISHES = Set.of("stop", "length", "tool_calls", "content_filter", "function_call");

    private OpenAiForm() {}

    static void expectCompletion(JsonNode reply) {
        envelope(reply, "chat.completion");
        assertThat(reply.path("choices")).isNotEmpty();
        for (JsonNode choice : reply.path("choices")) {
            assertThat(choice.path("index").isInt()).isTrue();
            assertThat(choice.has("logprobs")).isTrue();
            logprobs(choice.path("logprobs"));
            assertThat(FINISHES).contains(choice.path("finish_reason").asText());
            JsonNode message = choice.path("message");
            assertThat(message.path("role").asText()).isEqualTo("assistant");
            textOrNull(message, "content");
            textOrNull(message, "refusal");
            for (JsonNode call : message.path("tool_calls")) {
                call(call);
                assertThat(call.path("type").asText()).isEqualTo("function");
                assertThat(call.path("id").asText()).isNotEmpty();
                assertThat(call.at("/function/name").asText()).isNotEmpty();
                assertThat(call.at("/function/arguments").isTextual()).isTrue();
            }
        }
        if (reply.has("usage")) {
            usage(reply.path("usage"));
        }
    }

    private static void envelope(JsonNode object, String kind) {
        assertThat(object.path("id").asText()).startsWith("chatcmpl-");
        assertThat(object.path("object").asText()).isEqualTo(kind);
        assertThat(object.path("created").isIntegralNumber()).isTrue();
        assertThat(object.path("model").asText()).isNotEmpty();
        assertThat(object.path("choices").isArray()).isTrue();
    }

    private static void textOrNull(JsonNode object, String name) {
        assertThat(object.has(name)).as(name).isTrue();
        assertThat(object.path(name).isTextual() || object.path(name).isNull()).as(name).isTrue();
    }

    private static void logprobs(JsonNode logprobs) {
        if (!logprobs.isNull()) {
            assertThat(logprobs.has("content")).isTrue();
            assertThat(logprobs.has("refusal")).isTrue();
        }
    }

    private static void call(JsonNode call) {
        assertThat(call.path("function").isObject()).isTrue();
    }

    private static void usage(JsonNode usage) {
        for (String name : List.of("prompt_tokens", "completion_tokens", "total_tokens")) {
            assertThat(usage.path(name).isIntegralNumber()).as(name).isTrue();
        }
    }

    /// @param withUsage whether the usage was asked for and is known
    static void expectStream(String stream, boolean withUsage) throws JsonProcessingException {
        List<String> events = List.of(stream.split("\n\n"));
        assertThat(stream).endsWith("\n\n");
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        List<JsonNode> chunks = new ArrayList<>();
        for (String event : events.subList(0, events.size() - 1)) {
            assertThat(event).startsWith("data: {").doesNotContain("\n");
            chunks.add(JSON.readTree(event.substring(6)));
        }
        assertThat(chunks.getFirst().at("/choices/0/delta").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
        for (JsonNode chunk : chunks) {
            chunk(chunk);
        }
        if (withUsage) {
            assertThat(chunks.getLast().path("choices")).isEmpty();
            usage(chunks.getLast().path("usage"));
        }
    }

    private static void chunk(JsonNode chunk) {
        envelope(chunk, "chat.completion.chunk");
        assertThat(chunk.has("usage")).isTrue();
        for (JsonNode choice : chunk.path("choices")) {
            assertThat(choice.path("index").isInt()).isTrue();
            assertThat(choice.path("delta").isObject()).isTrue();
            JsonNode finish = choice.path("finish_reason");
            assertThat(finish.isNull() || FINISHES.contains(finish.asText())).isTrue();
            logprobs(choice.path("logprobs"));
            for (JsonNode call : choice.at("/delta/tool_calls")) {
                assertThat(call.path("index").isInt()).isTrue();
                call(call);
            }
        }
    }
}
