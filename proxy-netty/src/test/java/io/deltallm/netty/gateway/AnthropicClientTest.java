package io.deltallm.netty.gateway;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
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

/// The official client of Anthropic talks to models of other formats as to Anthropic's own.
@ExtendWith(LeakGuard.class)
final class AnthropicClientTest {
    private static FormatsUpstream formats;
    private static AnthropicClient client;

    @BeforeAll
    static void start() {
        formats = new FormatsUpstream();
        client = clientWith(GatewayFixture.MASTER_KEY);
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

    private static AnthropicClient clientWith(String key) {
        return AnthropicOkHttpClient.builder().baseUrl(formats.url()).apiKey(key).maxRetries(0).build();
    }

    private static MessageCreateParams.Builder asking(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(100);
    }

    private static Message streamed(MessageCreateParams request) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(request)) {
            stream.stream().forEach(event -> whole.accumulate(event.validate()));
        }
        return whole.message();
    }

    private static Tool weather() {
        return Tool.builder()
                .name("weather")
                .description("Tells the weather")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .addRequired("city")
                        .build())
                .build();
    }

    private static String openAiAnswer(String message, String finish) {
        return """
                {"id":"chatcmpl-A1","object":"chat.completion","created":1757000000,"model":"gpt-4o-2024-08-06",
                 "choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],
                 "usage":{"prompt_tokens":21,"completion_tokens":7,"total_tokens":28,
                  "prompt_tokens_details":{"cached_tokens":5,"audio_tokens":0},
                  "completion_tokens_details":{"reasoning_tokens":0}},
                 "service_tier":"default","system_fingerprint":"fp_1"}"""
                .formatted(message, finish);
    }

    private static String chunk(String choice) {
        return "data: {\"id\":\"chatcmpl-A1\",\"object\":\"chat.completion.chunk\",\"created\":1757000000,"
                + "\"model\":\"gpt-4o-2024-08-06\",\"system_fingerprint\":\"fp_1\",\"choices\":[" + choice
                + "],\"usage\":null}";
    }

    private static String delta(String delta) {
        return chunk("{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":null}");
    }

    private static String finish(String reason) {
        return chunk("{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}");
    }

    private static String usage(int prompt, int completion) {
        return "data: {\"id\":\"chatcmpl-A1\",\"object\":\"chat.completion.chunk\",\"created\":1757000000,"
                + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[],\"usage\":{\"prompt_tokens\":" + prompt
                + ",\"completion_tokens\":" + completion + ",\"total_tokens\":" + (prompt + completion) + "}}";
    }

    @Test
    void chatsWithAnOpenAiModel() {
        formats.answers(200, openAiAnswer("{\"role\":\"assistant\",\"content\":\"A cat.\",\"refusal\":null}", "stop"));

        Message message = client.messages().create(asking(FormatsUpstream.OPENAI)
                .system("Be brief")
                .putAdditionalBodyProperty("temperature", JsonValue.from(0.5))
                .putAdditionalBodyProperty("top_k", JsonValue.from(7))
                .stopSequences(List.of("END"))
                .addUserMessage("What purrs?")
                .build());

        assertThat(message.validate().content()).singleElement()
                .satisfies(block -> assertThat(block.asText().text()).isEqualTo("A cat."));
        assertThat(message.id()).startsWith("msg_");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().inputTokens()).isEqualTo(16);
        assertThat(message.usage().cacheReadInputTokens()).contains(5L);
        assertThat(message.usage().outputTokens()).isEqualTo(7);
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers().first("Authorization")).isEqualTo("Bearer " + GatewayFixture.UPSTREAM_KEY);
        assertThat(request.headers().first("x-api-key")).isNull();
        assertThat(body(request)).isEqualTo(json("""
                {"model":"gpt-4o","messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"What purrs?"}],
                 "max_tokens":100,"temperature":0.5,"stop":["END"]}"""));
    }

    @Test
    void streamsFromAnOpenAiModel() {
        formats.streams(
                delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"),
                delta("{\"content\":\"A \"}"),
                delta("{\"content\":\"cat.\"}"),
                finish("length"),
                usage(9, 4),
                "data: [DONE]");

        Message message = streamed(asking(FormatsUpstream.OPENAI).addUserMessage("What purrs?").build());

        assertThat(message.content()).singleElement()
                .satisfies(block -> assertThat(block.asText().text()).isEqualTo("A cat."));
        assertThat(message.stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(message.usage().outputTokens()).isEqualTo(4);
        assertThat(body(formats.taken())).isEqualTo(json("""
                {"model":"gpt-4o","messages":[{"role":"user","content":"What purrs?"}],"max_tokens":100,"stream":true,
                 "stream_options":{"include_usage":true}}"""));
    }

    @Test
    void letsAnOpenAiModelUseTools() {
        formats.answers(200, openAiAnswer("""
                {"role":"assistant","content":null,"refusal":null,"tool_calls":[
                 {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}},
                 {"id":"call_2","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]}""", "tool_calls"));
        MessageCreateParams question = asking(FormatsUpstream.OPENAI)
                .addTool(weather())
                .toolChoice(ToolChoiceAny.builder().disableParallelToolUse(false).build())
                .addUserMessage("Weather?")
                .build();

        Message calls = client.messages().create(question);

        assertThat(calls.stopReason()).contains(StopReason.TOOL_USE);
        List<ToolUseBlock> uses = calls.content().stream().map(ContentBlock::asToolUse).toList();
        assertThat(uses).extracting(ToolUseBlock::name).containsExactly("weather", "weather");
        assertThat(uses.getLast()._input()).isEqualTo(JsonValue.from(Map.of("city", "Rome")));
        assertThat(body(formats.taken())).isEqualTo(json("""
                {"model":"gpt-4o","messages":[{"role":"user","content":"Weather?"}],"max_tokens":100,
                 "tools":[{"type":"function","function":{"name":"weather","description":"Tells the weather",
                  "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],
                 "tool_choice":"required","parallel_tool_calls":true}"""));

        formats.answers(200, openAiAnswer("{\"role\":\"assistant\",\"content\":\"Rain and sun.\"}", "stop"));
        Message answer = client.messages().create(question.toBuilder()
                .addMessage(calls)
                .addUserMessageOfContentBlockParams(List.of(
                        result(uses.get(0).id(), "rain", false),
                        result(uses.get(1).id(), "no such city", true),
                        ContentBlockParam.ofText(TextBlockParam.builder().text("Short, please").build())))
                .build());

        assertThat(answer.content().getFirst().asText().text()).isEqualTo("Rain and sun.");
        assertThat(body(formats.taken()).path("messages")).isEqualTo(json("""
                [{"role":"user","content":"Weather?"},
                 {"role":"assistant","content":null,"tool_calls":[
                  {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}},
                  {"id":"call_2","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
                 {"role":"tool","tool_call_id":"call_1","content":"rain"},
                 {"role":"tool","tool_call_id":"call_2","content":"Error:\\nno such city"},
                 {"role":"user","content":"Short, please"}]"""));
    }

    private static ContentBlockParam result(String id, String text, boolean error) {
        return ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder().toolUseId(id).content(text).isError(error).build());
    }

    @Test
    void streamsToolCallsOfAnOpenAiModel() {
        formats.streams(
                delta("{\"role\":\"assistant\",\"content\":null}"),
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Oslo\\\"}\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}"),
                finish("tool_calls"),
                usage(9, 4),
                "data: [DONE]");

        Message message = streamed(asking(FormatsUpstream.OPENAI).addTool(weather()).addUserMessage("Weather?").build());

        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(message.content().stream().map(ContentBlock::asToolUse).map(ToolUseBlock::_input).toList())
                .containsExactly(JsonValue.from(Map.of("city", "Oslo")), JsonValue.from(Map.of()));
    }

    @Test
    void showsAnOpenAiModelPictures() {
        formats.answers(200, openAiAnswer("{\"role\":\"assistant\",\"content\":\"A cat.\"}", "stop"));

        client.messages().create(asking(FormatsUpstream.OPENAI)
                .addUserMessageOfContentBlockParams(List.of(
                        ContentBlockParam.ofText(TextBlockParam.builder().text("What is it?").build()),
                        picture(),
                        ContentBlockParam.ofImage(
                                ImageBlockParam.builder().urlSource("https://example.com/cat.png").build())))
                .build());

        assertThat(body(formats.taken()).at("/messages/0/content")).isEqualTo(json("""
                [{"type":"text","text":"What is it?"},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}},
                 {"type":"image_url","image_url":{"url":"https://example.com/cat.png"}}]"""));
    }

    private static ContentBlockParam picture() {
        return ContentBlockParam.ofImage(ImageBlockParam.builder()
                .source(Base64ImageSource.builder().mediaType(Base64ImageSource.MediaType.IMAGE_PNG).data("aGk=").build())
                .build());
    }

    @Test
    void getsThoughtsAndGivesThemBack() {
        formats.answers(200, openAiAnswer("""
                {"role":"assistant","content":null,"reasoning_content":"Oslo it is.","tool_calls":[
                 {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{}"}}]}""", "tool_calls"));
        MessageCreateParams question = asking(FormatsUpstream.DEEPSEEK)
                .maxTokens(4000)
                .enabledThinking(2000)
                .addTool(weather())
                .addUserMessage("Weather?")
                .build();

        Message thought = client.messages().create(question);

        assertThat(thought.content()).hasSize(2);
        assertThat(thought.content().getFirst().asThinking().thinking()).isEqualTo("Oslo it is.");
        assertThat(body(formats.taken()).path("thinking")).isEqualTo(json("{\"type\":\"enabled\"}"));

        formats.answers(200, openAiAnswer("{\"role\":\"assistant\",\"content\":\"Rain.\"}", "stop"));
        client.messages().create(question.toBuilder()
                .addMessage(thought)
                .addUserMessageOfContentBlockParams(List.of(result("call_1", "rain", false)))
                .build());

        assertThat(body(formats.taken()).at("/messages/1/reasoning_content").asText()).isEqualTo("Oslo it is.");
    }

    @Test
    void streamsThoughts() {
        formats.streams(
                delta("{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"\"}"),
                delta("{\"content\":null,\"reasoning_content\":\"It \"}"),
                delta("{\"content\":null,\"reasoning_content\":\"purrs.\"}"),
                delta("{\"content\":\"A cat.\",\"reasoning_content\":null}"),
                finish("stop"),
                usage(9, 4),
                "data: [DONE]");

        Message message = streamed(asking(FormatsUpstream.DEEPSEEK).addUserMessage("What purrs?").build());

        assertThat(message.content()).hasSize(2);
        assertThat(message.content().getFirst().asThinking().thinking()).isEqualTo("It purrs.");
        assertThat(message.content().getLast().asText().text()).isEqualTo("A cat.");
    }

    @Test
    void meetsItsExceptions() {
        MessageCreateParams question = asking(FormatsUpstream.OPENAI).addUserMessage("hi").build();
        formats.plays(Script.reply(429).header("Content-Type", "application/json").header("Retry-After", "7").whole(
                "{\"error\":{\"message\":\"Rate limit reached for gpt-4o\",\"type\":\"tokens\",\"param\":null,"
                        + "\"code\":\"rate_limit_exceeded\"}}"));
        assertThatThrownBy(() -> client.messages().create(question))
                .isInstanceOfSatisfying(RateLimitException.class, e -> {
                    assertThat(e.body().toString()).contains("rate_limit_error", "Rate limit reached");
                    assertThat(e.headers().values("retry-after")).containsExactly("7");
                });

        formats.answers(400, "{\"error\":{\"message\":\"Invalid value\",\"type\":\"invalid_request_error\","
                + "\"param\":\"messages\",\"code\":null}}");
        assertThatThrownBy(() -> client.messages().create(question))
                .isInstanceOfSatisfying(BadRequestException.class,
                        e -> assertThat(e.body().toString()).contains("invalid_request_error", "Invalid value"));

        assertThatThrownBy(() -> client.messages().create(question.toBuilder().model("claude-none").build()))
                .isInstanceOfSatisfying(NotFoundException.class,
                        e -> assertThat(e.body().toString()).contains("not_found_error", "claude-none"));

        AnthropicClient stranger = clientWith("sk-unknown");
        assertThatThrownBy(() -> stranger.messages().create(question))
                .isInstanceOfSatisfying(UnauthorizedException.class,
                        e -> assertThat(e.body().toString()).contains("authentication_error"));
        stranger.close();
    }

    @Test
    void neverTakesACutStreamForAWholeOne() {
        formats.plays(Script.reply(200).header("Content-Type", "text/event-stream").chunked()
                .piece(delta("{\"role\":\"assistant\",\"content\":\"A \"}") + "\n\n")
                .end());

        assertThatThrownBy(() -> streamed(asking(FormatsUpstream.OPENAI).addUserMessage("What purrs?").build()))
                .isInstanceOf(AnthropicException.class);
    }

    private static String geminiAnswer(String parts, String finish) {
        return """
                {"candidates":[{"content":{"parts":%s,"role":"model"},"finishReason":%s,"index":0}],
                 "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"totalTokenCount":20,"thoughtsTokenCount":7},
                 "modelVersion":"gemini-2.5-flash","responseId":"abc123"}"""
                .formatted(parts, finish)
                .replace("\n", "");
    }

    @Test
    void chatsWithAGeminiModel() {
        formats.answers(200, geminiAnswer(
                "[{\"text\":\"It purrs.\",\"thought\":true},{\"text\":\"A cat.\",\"thoughtSignature\":\"c2ln\"}]", "\"STOP\""));

        Message message = client.messages().create(asking(FormatsUpstream.GEMINI)
                .maxTokens(4000)
                .system("Be brief")
                .enabledThinking(2000)
                .addUserMessageOfContentBlockParams(List.of(
                        picture(), ContentBlockParam.ofText(TextBlockParam.builder().text("What is it?").build())))
                .build());

        assertThat(message.validate().content().getFirst().asThinking().thinking()).isEqualTo("It purrs.");
        assertThat(message.content().stream().filter(ContentBlock::isText).map(block -> block.asText().text()))
                .containsExactly("A cat.");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().inputTokens()).isEqualTo(9);
        assertThat(message.usage().outputTokens()).isEqualTo(11);
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
        assertThat(request.headers().first("x-goog-api-key")).isEqualTo(GatewayFixture.UPSTREAM_KEY);
        assertThat(body(request)).isEqualTo(json("""
                {"systemInstruction":{"parts":[{"text":"Be brief"}]},
                 "contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"aGk="}},{"text":"What is it?"}]}],
                 "generationConfig":{"maxOutputTokens":4000,"thinkingConfig":{"thinkingBudget":2000,"includeThoughts":true}}}"""));
    }

    @Test
    void letsAGeminiModelUseToolsWhileItStreams() {
        formats.streams(
                "data: " + geminiAnswer("[{\"text\":\"Let me see. \"}]", "null"),
                "data: " + geminiAnswer("[{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Oslo\"}},"
                        + "\"thoughtSignature\":\"c2ln\"}]", "\"STOP\""));
        MessageCreateParams question = asking(FormatsUpstream.GEMINI).addTool(weather()).addUserMessage("Weather?").build();

        Message calls = streamed(question);

        assertThat(calls.stopReason()).contains(StopReason.TOOL_USE);
        ToolUseBlock use = calls.content().getLast().asToolUse();
        assertThat(use._input()).isEqualTo(JsonValue.from(Map.of("city", "Oslo")));
        ReceivedRequest first = formats.taken();
        assertThat(first.target()).isEqualTo("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
        assertThat(body(first).at("/tools/0/functionDeclarations/0/name").asText()).isEqualTo("weather");

        formats.answers(200, geminiAnswer("[{\"text\":\"Rain.\"}]", "\"STOP\""));
        Message answer = client.messages().create(question.toBuilder()
                .addAssistantMessageOfContentBlockParams(List.of(ContentBlockParam.ofToolUse(
                        use.toParam().toBuilder().putAllAdditionalProperties(use._additionalProperties()).build())))
                .addUserMessageOfContentBlockParams(List.of(result(use.id(), "rain", false)))
                .build());

        assertThat(answer.content().getFirst().asText().text()).isEqualTo("Rain.");
        assertThat(body(formats.taken()).path("contents")).isEqualTo(json("""
                [{"role":"user","parts":[{"text":"Weather?"}]},
                 {"role":"model","parts":[
                  {"functionCall":{"id":"ID","name":"weather","args":{"city":"Oslo"}},"thoughtSignature":"c2ln"}]},
                 {"role":"user","parts":[
                  {"functionResponse":{"id":"ID","name":"weather","response":{"result":"rain"}}}]}]""".replace("ID", use.id())));
    }

    @Test
    void meetsGooglesErrors() {
        formats.answers(429, "{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota\","
                + "\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                + "\"retryDelay\":\"48s\"}]}}");

        assertThatThrownBy(() -> client.messages().create(asking(FormatsUpstream.GEMINI).addUserMessage("hi").build()))
                .isInstanceOfSatisfying(RateLimitException.class, e -> assertThat(e.body().toString())
                        .contains("rate_limit_error", "You exceeded your current quota"));
    }
}
