package io.deltallm.netty.gateway;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.deltallm.codec.frame.AwsMessages;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.gateway.FormatsUpstream.body;
import static io.deltallm.netty.gateway.FormatsUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The official client of OpenAI talks to models of other formats as to OpenAI's own: by chat, by Responses, and for
/// embeddings.
@ExtendWith(LeakGuard.class)
final class OpenAiClientElsewhereTest {
    private static FormatsUpstream formats;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        formats = new FormatsUpstream();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(formats.url() + "/v1")
                .apiKey(GatewayFixture.MASTER_KEY)
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        formats.close();
    }

    @BeforeEach
    void forgetWhatAFailedTestLeft() {
        formats.forget();
    }

    private static ChatCompletionCreateParams.Builder asking(String model) {
        return ChatCompletionCreateParams.builder().model(model);
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams request) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(request)) {
            stream.stream().forEach(chunk -> whole.accumulate(chunk.validate()));
        }
        return whole.chatCompletion();
    }

    private static FunctionDefinition weather() {
        return FunctionDefinition.builder()
                .name("weather")
                .description("Tells the weather")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .build();
    }

    private static ChatCompletionToolMessageParam result(String id, String text) {
        return ChatCompletionToolMessageParam.builder().toolCallId(id).content(text).build();
    }

    private static ChatCompletionMessageFunctionToolCall onlyCall(ChatCompletion completion) {
        return completion.choices().getFirst().message().toolCalls().orElseThrow().getFirst().asFunction();
    }

    private static String claudeAnswer(String blocks, String reason) {
        return """
                {"id":"msg_01A","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":%s,
                 "stop_reason":"%s","stop_sequence":null,
                 "usage":{"input_tokens":10,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":7}}"""
                .formatted(blocks, reason);
    }

    private static String event(String type, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}";
    }

    private static String claudeStarts() {
        return event("message_start", ",\"message\":{\"id\":\"msg_01A\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                + "\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}");
    }

    private static String block(int index, String block) {
        return event("content_block_start", ",\"index\":" + index + ",\"content_block\":" + block);
    }

    private static String delta(int index, String delta) {
        return event("content_block_delta", ",\"index\":" + index + ",\"delta\":" + delta);
    }

    private static String blockEnds(int index) {
        return event("content_block_stop", ",\"index\":" + index);
    }

    private static String claudeStops(String reason) {
        return event("message_delta", ",\"delta\":{\"stop_reason\":\"" + reason
                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":7}");
    }

    private static void claudeStreamsText() {
        formats.streams(
                claudeStarts(),
                block(0, "{\"type\":\"text\",\"text\":\"\"}"),
                event("ping", ""),
                delta(0, "{\"type\":\"text_delta\",\"text\":\"A \"}"),
                delta(0, "{\"type\":\"text_delta\",\"text\":\"cat.\"}"),
                blockEnds(0),
                claudeStops("end_turn"),
                event("message_stop", ""));
    }

    private static void claudeStreamsACall() {
        formats.streams(
                claudeStarts(),
                block(0, "{\"type\":\"text\",\"text\":\"\"}"),
                delta(0, "{\"type\":\"text_delta\",\"text\":\"Let me see.\"}"),
                blockEnds(0),
                block(1, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{}}"),
                delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}"),
                delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\"}"),
                delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"Oslo\\\"}\"}"),
                blockEnds(1),
                claudeStops("tool_use"),
                event("message_stop", ""));
    }

    @Test
    void chatsWithClaude() {
        formats.answers(200, claudeAnswer("[{\"type\":\"text\",\"text\":\"A cat.\"}]", "end_turn"));

        ChatCompletion completion = client.chat().completions().create(asking(FormatsUpstream.ANTHROPIC)
                .addSystemMessage("Be brief")
                .addUserMessage("What purrs?")
                .temperature(0.5)
                .stop("END")
                .build());

        assertThat(completion.validate().choices().getFirst().message().content()).contains("A cat.");
        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(completion.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.promptTokens()).isEqualTo(15);
            assertThat(usage.completionTokens()).isEqualTo(7);
            assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains(3L);
        });
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).isEqualTo("/v1/messages");
        assertThat(request.headers().first("x-api-key")).isEqualTo(GatewayFixture.UPSTREAM_KEY);
        assertThat(request.headers().first("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(request.headers().first("Authorization")).isNull();
        assertThat(body(request).path("max_tokens").asInt()).isPositive();
        assertThat(body(request).path("system")).isEqualTo(json("\"Be brief\""));
        assertThat(body(request).path("messages")).isEqualTo(
                json("[{\"role\":\"user\",\"content\":\"What purrs?\"}]"));
        assertThat(body(request).path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(body(request).path("stop_sequences")).isEqualTo(json("[\"END\"]"));
    }

    @Test
    void letsClaudeUseToolsWhileItStreams() {
        claudeStreamsACall();
        ChatCompletionCreateParams question = asking(FormatsUpstream.ANTHROPIC)
                .maxCompletionTokens(50)
                .addFunctionTool(weather())
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .addUserMessage("Weather?")
                .build();

        ChatCompletion completion = streamed(question);

        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(completion.choices().getFirst().message().content()).contains("Let me see.");
        assertThat(completion.usage()).hasValueSatisfying(usage -> assertThat(usage.totalTokens()).isEqualTo(17));
        ChatCompletionMessageFunctionToolCall call = onlyCall(completion);
        assertThat(call.id()).isEqualTo("toolu_1");
        assertThat(json(call.function().arguments())).isEqualTo(json("{\"city\":\"Oslo\"}"));
        assertThat(body(formats.taken())).isEqualTo(json("""
                {"model":"claude-sonnet-4-5","max_tokens":50,"stream":true,
                 "messages":[{"role":"user","content":"Weather?"}],
                 "tools":[{"name":"weather","description":"Tells the weather",
                  "input_schema":{"type":"object","properties":{"city":{"type":"string"}}}}]}"""));

        formats.answers(200, claudeAnswer("[{\"type\":\"text\",\"text\":\"Rain.\"}]", "end_turn"));
        client.chat().completions().create(question.toBuilder()
                .addMessage(completion.choices().getFirst().message())
                .addMessage(result("toolu_1", "rain"))
                .build());

        assertThat(body(formats.taken()).path("messages")).isEqualTo(json("""
                [{"role":"user","content":"Weather?"},
                 {"role":"assistant","content":[{"type":"text","text":"Let me see."},
                  {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Oslo"}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"rain"}]}]"""));
    }

    @Test
    void getsAnswersInAFormFromClaude() {
        formats.answers(200, claudeAnswer("[{\"type\":\"text\",\"text\":\"{\\\"name\\\":\\\"Tom\\\"}\"}]", "end_turn"));

        ChatCompletion completion = client.chat().completions().create(asking(FormatsUpstream.ANTHROPIC)
                .responseFormat(ResponseFormatJsonSchema.builder()
                        .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                                .name("cat")
                                .strict(true)
                                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty("properties", JsonValue.from(Map.of("name", Map.of("type", "string"))))
                                        .putAdditionalProperty("required", JsonValue.from(List.of("name")))
                                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                        .build())
                                .build())
                        .build())
                .addUserMessage("Name a cat")
                .build());

        assertThat(completion.choices().getFirst().message().content()).contains("{\"name\":\"Tom\"}");
        assertThat(body(formats.taken()).path("output_config")).isEqualTo(json("""
                {"format":{"type":"json_schema","schema":{"type":"object","properties":{"name":{"type":"string"}},
                 "required":["name"],"additionalProperties":false}}}"""));
    }

    @Test
    void dropsOrRefusesWhatClaudeCannot() {
        ChatCompletionCreateParams three = asking(FormatsUpstream.ANTHROPIC).n(3).logprobs(true).addUserMessage("hi").build();
        formats.answers(200, claudeAnswer("[{\"type\":\"text\",\"text\":\"Hello\"}]", "end_turn"));

        assertThat(client.chat().completions().create(three).choices()).hasSize(1);
        assertThat(body(formats.taken()).has("n")).isFalse();

        int before = formats.requests();
        assertThatThrownBy(() -> client.chat().completions().create(
                        three.toBuilder().model(FormatsUpstream.STRICT_ANTHROPIC).build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> assertThat(e.param()).isPresent());
        assertThat(formats.requests()).isEqualTo(before);
    }

    @Test
    void meetsAnthropicsErrors() {
        ChatCompletionCreateParams question = asking(FormatsUpstream.ANTHROPIC).addUserMessage("hi").build();
        formats.plays(Script.reply(429).header("Content-Type", "application/json").header("Retry-After", "7").whole(
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Too many tokens\"},"
                        + "\"request_id\":\"req_1\"}"));
        assertThatThrownBy(() -> client.chat().completions().create(question))
                .isInstanceOfSatisfying(RateLimitException.class, e -> {
                    assertThat(e.getMessage()).contains("Too many tokens");
                    assertThat(e.headers().values("retry-after")).containsExactly("7");
                });

        formats.answers(529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
        assertThatThrownBy(() -> client.chat().completions().create(question)).isInstanceOf(InternalServerException.class);
    }

    private static String geminiAnswer(String parts, String finish) {
        return "{\"candidates\":[{\"content\":{\"parts\":" + parts + ",\"role\":\"model\"},\"finishReason\":" + finish
                + ",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":4,"
                + "\"totalTokenCount\":20,\"thoughtsTokenCount\":7},\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"abc123\"}";
    }

    @Test
    void chatsWithGemini() {
        formats.answers(200, geminiAnswer("[{\"text\":\"A cat.\"}]", "\"MAX_TOKENS\""));

        ChatCompletion completion = client.chat().completions().create(asking(FormatsUpstream.GEMINI)
                .addSystemMessage("Be brief")
                .addUserMessage("What purrs?")
                .maxCompletionTokens(50)
                .topP(0.9)
                .reasoningEffort(ReasoningEffort.LOW)
                .build());

        assertThat(completion.validate().choices().getFirst().message().content()).contains("A cat.");
        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
        assertThat(completion.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.completionTokens()).isEqualTo(11);
            assertThat(usage.completionTokensDetails().orElseThrow().reasoningTokens()).contains(7L);
        });
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
        assertThat(body(request).path("systemInstruction")).isEqualTo(json("{\"parts\":[{\"text\":\"Be brief\"}]}"));
        assertThat(body(request).path("contents")).isEqualTo(
                json("[{\"role\":\"user\",\"parts\":[{\"text\":\"What purrs?\"}]}]"));
        assertThat(body(request).at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(50);
        assertThat(body(request).at("/generationConfig/thinkingConfig/thinkingBudget").asInt()).isPositive();
    }

    @Test
    void letsGeminiUseToolsWhileItStreams() {
        formats.streams(
                "data: " + geminiAnswer("[{\"text\":\"Let me see.\"}]", "null"),
                "data: " + geminiAnswer(
                        "[{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Oslo\"}}}]", "\"STOP\""));
        ChatCompletionCreateParams question =
                asking(FormatsUpstream.GEMINI).addFunctionTool(weather()).addUserMessage("Weather?").build();

        ChatCompletion completion = streamed(question);

        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageFunctionToolCall call = onlyCall(completion);
        assertThat(json(call.function().arguments())).isEqualTo(json("{\"city\":\"Oslo\"}"));
        formats.taken();

        formats.answers(200, geminiAnswer("[{\"text\":\"Rain.\"}]", "\"STOP\""));
        client.chat().completions().create(question.toBuilder()
                .addMessage(completion.choices().getFirst().message())
                .addMessage(result(call.id(), "rain"))
                .build());

        assertThat(body(formats.taken()).at("/contents/2")).isEqualTo(json(
                "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"" + call.id()
                        + "\",\"name\":\"weather\",\"response\":{\"result\":\"rain\"}}}]}"));
    }

    @Test
    void chatsWithBedrock() {
        formats.answers(200, """
                {"metrics":{"latencyMs":551},"output":{"message":{"content":[{"text":"A cat."}],"role":"assistant"}},
                 "stopReason":"end_turn","usage":{"inputTokens":9,"outputTokens":4,"totalTokens":13}}""");

        ChatCompletion completion = client.chat().completions().create(asking(FormatsUpstream.CONVERSE)
                .addSystemMessage("Be brief")
                .addUserMessage("What purrs?")
                .maxCompletionTokens(50)
                .build());

        assertThat(completion.validate().choices().getFirst().message().content()).contains("A cat.");
        assertThat(completion.usage()).hasValueSatisfying(usage -> assertThat(usage.totalTokens()).isEqualTo(13));
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).startsWith("/model/anthropic.claude-sonnet-4-5-20250929-v1").endsWith("/converse");
        assertThat(body(request)).isEqualTo(json("""
                {"system":[{"text":"Be brief"}],"messages":[{"role":"user","content":[{"text":"What purrs?"}]}],
                 "inferenceConfig":{"maxTokens":50}}"""));
    }

    @Test
    void streamsToolCallsFromBedrock() {
        byte[] stream = AwsMessages.concat(
                AwsMessages.event("messageStart", "{\"p\":\"ab\",\"role\":\"assistant\"}"),
                AwsMessages.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Let me \"},\"p\":\"a\"}"),
                AwsMessages.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"see.\"}}"),
                AwsMessages.event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                AwsMessages.event("contentBlockStart", "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":"
                        + "{\"name\":\"weather\",\"toolUseId\":\"tooluse_1\"}}}"),
                AwsMessages.event("contentBlockDelta",
                        "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}}"),
                AwsMessages.event("contentBlockDelta",
                        "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"\\\"Oslo\\\"}\"}}}"),
                AwsMessages.event("contentBlockStop", "{\"contentBlockIndex\":1}"),
                AwsMessages.event("messageStop", "{\"stopReason\":\"tool_use\"}"),
                AwsMessages.event("metadata", "{\"metrics\":{\"latencyMs\":9},\"usage\":"
                        + "{\"inputTokens\":9,\"outputTokens\":4,\"totalTokens\":13}}"));
        formats.plays(Script.reply(200)
                .header("Content-Type", "application/vnd.amazon.eventstream")
                .chunked()
                .pieces(stream, 100, 7, 250, 1)
                .end());

        ChatCompletion completion = streamed(
                asking(FormatsUpstream.CONVERSE).addFunctionTool(weather()).addUserMessage("Weather?").build());

        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(completion.choices().getFirst().message().content()).contains("Let me see.");
        assertThat(onlyCall(completion).id()).isEqualTo("tooluse_1");
        assertThat(json(onlyCall(completion).function().arguments())).isEqualTo(json("{\"city\":\"Oslo\"}"));
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).endsWith("/converse-stream");
        assertThat(body(request).at("/toolConfig/tools/0/toolSpec/inputSchema/json")).isEqualTo(
                json("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"));
    }

    @Test
    void tellsOfADamagedBedrockStream() {
        byte[] stream = AwsMessages.concat(
                AwsMessages.event("messageStart", "{\"role\":\"assistant\"}"),
                AwsMessages.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"A cat.\"}}"));
        stream[stream.length - 1] ^= 1;
        formats.plays(Script.reply(200).header("Content-Type", "application/vnd.amazon.eventstream").chunked().piece(stream).end());

        assertThatThrownBy(() -> streamed(asking(FormatsUpstream.CONVERSE).addUserMessage("What purrs?").build()))
                .isInstanceOf(InternalServerException.class);
    }

    private static ResponseCreateParams.Builder responding() {
        return ResponseCreateParams.builder().model(FormatsUpstream.ANTHROPIC).maxOutputTokens(50).input("What purrs?");
    }

    private static FunctionTool weatherForResponses() {
        return FunctionTool.builder()
                .name("weather")
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .build())
                .strict(false)
                .build();
    }

    private static String text(Response response) {
        return response.output().stream()
                .filter(ResponseOutputItem::isMessage)
                .map(item -> item.asMessage().content().getFirst().asOutputText().text())
                .reduce("", String::concat);
    }

    @Test
    void respondsByClaude() {
        formats.answers(200, claudeAnswer("[{\"type\":\"text\",\"text\":\"A cat.\"}]", "end_turn"));

        Response response = client.responses().create(responding().instructions("Be brief").build());

        assertThat(text(response.validate())).isEqualTo("A cat.");
        assertThat(response.id()).startsWith("resp_");
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.inputTokens()).isEqualTo(15);
            assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(3);
            assertThat(usage.totalTokens()).isEqualTo(22);
        });
        assertThat(body(formats.taken())).isEqualTo(json("""
                {"model":"claude-sonnet-4-5","max_tokens":50,"system":"Be brief",
                 "messages":[{"role":"user","content":"What purrs?"}]}"""));
    }

    private static Response streamedResponse(ResponseCreateParams request) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(request)) {
            stream.stream().forEach(event -> whole.accumulate(event.validate()));
        }
        return whole.response();
    }

    @Test
    void streamsResponsesOfClaude() {
        claudeStreamsText();

        Response response = streamedResponse(responding().build());

        assertThat(text(response)).isEqualTo("A cat.");
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.usage()).hasValueSatisfying(usage -> assertThat(usage.outputTokens()).isEqualTo(7));
        assertThat(body(formats.taken()).path("stream").asBoolean()).isTrue();
    }

    @Test
    void streamsResponsesWithToolsOfClaude() {
        claudeStreamsACall();

        Response response = streamedResponse(responding().addTool(weatherForResponses()).build());

        ResponseFunctionToolCall call = response.output().getLast().asFunctionCall();
        assertThat(call.callId()).isEqualTo("toolu_1");
        assertThat(json(call.arguments())).isEqualTo(json("{\"city\":\"Oslo\"}"));
        assertThat(text(response)).isEqualTo("Let me see.");
        assertThat(body(formats.taken()).at("/tools/0/name").asText()).isEqualTo("weather");
    }

    private static EmbeddingCreateParams.Builder embedding(String model) {
        return EmbeddingCreateParams.builder().model(model).inputOfArrayOfStrings(List.of("one", "two"));
    }

    @Test
    void embedsByCohere() {
        formats.answers(200, """
                {"id":"e1","embeddings":{"float":[[0.5,-0.25],[1,0]]},"texts":["one","two"],
                 "meta":{"api_version":{"version":"2"},"billed_units":{"input_tokens":2}},"response_type":"embeddings_by_type"}""");

        var embeddings = client.embeddings().create(embedding(FormatsUpstream.COHERE_EMBED)
                .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                .build());

        assertThat(embeddings.data()).hasSize(2);
        assertThat(embeddings.data().getFirst().embedding()).containsExactly(0.5f, -0.25f);
        assertThat(embeddings.usage().promptTokens()).isEqualTo(2);
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).isEqualTo("/v2/embed");
        assertThat(body(request)).isEqualTo(json("""
                {"model":"embed-english-v3.0","texts":["one","two"],"input_type":"search_document","embedding_types":["float"]}"""));
    }

    @Test
    void embedsByGeminiAndInBase64() {
        formats.answers(200, "{\"embeddings\":[{\"values\":[0.5,-0.25]},{\"values\":[1,0]}]}");

        // The client asks for base64 unless it is told otherwise, and decodes it by itself.
        var embeddings = client.embeddings().create(embedding(FormatsUpstream.GEMINI_EMBED).dimensions(2).build());

        assertThat(embeddings.data()).hasSize(2);
        assertThat(embeddings.data().getFirst().embedding()).containsExactly(0.5f, -0.25f);
        assertThat(embeddings.data().getLast().embedding()).containsExactly(1f, 0f);
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
        assertThat(body(request)).isEqualTo(json("""
                {"requests":[
                 {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"one"}]},"outputDimensionality":2},
                 {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"two"}]},"outputDimensionality":2}]}"""));
    }
}
