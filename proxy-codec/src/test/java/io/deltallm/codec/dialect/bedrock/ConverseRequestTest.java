package io.deltallm.codec.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConverseRequestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String OLD_CLAUDE = "anthropic.claude-3-7-sonnet-20250219-v1:0";
    private static final String NEW_CLAUDE = "global.anthropic.claude-opus-4-7-v1:0";
    private static final String NOVA = "us.amazon.nova-lite-v1:0";
    private static final String LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";
    private static final String TITAN = "amazon.titan-text-express-v1";
    private static final String PIXEL = "iVBORw0KGgo=";

    private static JsonNode written(Chats chats, String model) {
        return json(chats.written(new Converse(), model));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static void expect(JsonNode node, String expected) {
        assertThat(node).isEqualTo(json(expected));
    }

    @Test
    void writesAQuestion() {
        Chats chats = Chats.of(Message.text(Role.SYSTEM, "Be brief."), Message.text(Role.USER, "Hi \"you\""))
                .sampling(new Sampling(
                        100L, 1.5, 0.5, null, 0.0, null, null, 1L, List.of("END"), null, null, null));

        expect(written(chats, "mistral.mistral-large-2402-v1:0"), """
                {"messages":[{"role":"user","content":[{"text":"Hi \\"you\\""}]}],
                 "system":[{"text":"Be brief."}],
                 "inferenceConfig":{"maxTokens":100,"temperature":1,"topP":0.5,"stopSequences":["END"]}}""");
        assertThat(chats.lost()).isEmpty();
    }

    @Test
    void bringsTurnsIntoOrder() {
        Chats chats = Chats.of(
                Message.text(Role.ASSISTANT, "Hello"),
                Message.text(Role.DEVELOPER, "Be brief."),
                Message.text(Role.USER, "a"),
                Message.text(Role.USER, " "),
                Message.text(Role.USER, "b"),
                Message.text(Role.ASSISTANT, ""),
                Chats.assistant(Chats.toolCall("functions.add:0", "add", "{\"a\":1}"), Chats.toolCall("x", "now", "{}")),
                Chats.results(Chats.result("functions.add:0", "2")),
                Chats.results(Chats.result("x", "")),
                Message.text(Role.USER, "so?"),
                Message.text(Role.ASSISTANT, "It is  \n"));

        expect(written(chats.tool("add"), CLAUDE).path("messages"), """
                [{"role":"user","content":[{"text":"."}]},
                 {"role":"assistant","content":[{"text":"Hello"}]},
                 {"role":"user","content":[{"text":"a"},{"text":"b"}]},
                 {"role":"assistant","content":[
                   {"toolUse":{"toolUseId":"functions_add_0","name":"add","input":{"a":1}}},
                   {"toolUse":{"toolUseId":"x","name":"now","input":{}}}]},
                 {"role":"user","content":[
                   {"toolResult":{"toolUseId":"functions_add_0","content":[{"text":"2"}]}},
                   {"toolResult":{"toolUseId":"x","content":[{"text":"(empty)"}]}},
                   {"text":"so?"}]},
                 {"role":"assistant","content":[{"text":"It is"}]}]""");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-sonnet-4-5-20250929-v1:0, assistant",
        "anthropic.claude-opus-4-6-v1, user",
        "amazon.nova-pro-v1:0, assistant"
    })
    void leavesTheLastWordToWhomTheModelWantsToHaveIt(String model, String role) {
        JsonNode messages = written(
                        Chats.of(Message.text(Role.USER, "Hi"), Message.text(Role.ASSISTANT, "Hello")), model)
                .path("messages");

        assertThat(messages.path(messages.size() - 1).path("role").asText()).isEqualTo(role);
    }

    @Test
    void putsToolResultsFirst() {
        Chats chats = Chats.of(
                Message.text(Role.USER, "a"),
                Chats.assistant(Chats.toolCall("x", "now", "{}")),
                Message.text(Role.USER, "wait"),
                Chats.results(new Part.ToolResult("x", null, List.of(Part.Text.of("no")), true, null)));

        expect(written(chats, CLAUDE).path("messages").path(2).path("content"), """
                [{"toolResult":{"toolUseId":"x","content":[{"text":"no"}],"status":"error"}},{"text":"wait"}]""");
    }

    @Test
    void numbersCallsWithoutIds() {
        Chats chats = Chats.of(
                Message.text(Role.USER, "a"),
                Chats.assistant(Chats.toolCall("", "add", "{}"), Chats.toolCall("", "now", "{}")),
                Chats.results(Chats.result("", "1"), Chats.result("", "2")));

        JsonNode messages = written(chats, CLAUDE).path("messages");

        assertThat(messages.path(1).findValuesAsText("toolUseId")).containsExactly("tooluse_0", "tooluse_1");
        assertThat(messages.path(2).findValuesAsText("toolUseId")).containsExactly("tooluse_0", "tooluse_1");
    }

    @Test
    void writesMedia() {
        Chats chats = Chats.of(Chats.user(
                new Part.Image(new Media.Inline("image/jpg", "AAAA"), "low", null),
                new Part.Image(new Media.Inline("image/jpeg", PIXEL), null, null),
                new Part.Document(new Media.Inline("application/pdf", "JVBE"), "My  report_1.pdf", null),
                new Part.Document(new Media.PlainText("ä"), "My report_1.pdf", null),
                new Part.Document(new Media.Inline("application/octet-stream", "QQ=="), "a.xlsx", null),
                new Part.Audio(new Media.Inline("audio/mpeg", "AAAA")),
                new Part.Video(new Media.Remote("s3://bucket/film.mp4", null))));

        expect(written(chats, NOVA).path("messages").path(0).path("content"), """
                [{"text":"Document attached."},
                 {"image":{"format":"jpeg","source":{"bytes":"AAAA"}}},
                 {"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}},
                 {"document":{"format":"pdf","name":"My report-1-pdf","source":{"bytes":"JVBE"}}},
                 {"document":{"format":"txt","name":"My report-1-pdf 2","source":{"bytes":"w6Q="}}},
                 {"document":{"format":"xlsx","name":"a-xlsx","source":{"bytes":"QQ=="}}},
                 {"audio":{"format":"mp3","source":{"bytes":"AAAA"}}},
                 {"video":{"format":"mp4","source":{"s3Location":{"uri":"s3://bucket/film.mp4"}}}}]""");
        assertThat(new Converse().fetches("https://h/film.mp4")).isFalse();
        assertThat(new Converse().fetches("s3://bucket/film.mp4")).isTrue();
    }

    @Test
    void refusesMediaItCannotCarry() {
        refuses(new Part.Image(new Media.Inline("image/tiff", "AAAA"), null, null), "image/tiff");
        refuses(new Part.Image(new Media.Remote("https://x.example/a.png", "image/png"), null, null), "https://x.example");
        refuses(new Part.Document(new Media.Uploaded("file-1"), "a.pdf", null), "file-1");
        refuses(new Part.Document(new Media.Inline("application/zip", "AAAA"), "a.zip", null), "application/zip");
    }

    private static void refuses(Part part, String message) {
        Chats chats = Chats.of(Chats.user(Part.Text.of("a"), part));

        assertThatThrownBy(() -> written(chats, CLAUDE)).isInstanceOf(Refused.class).hasMessageContaining(message);
    }

    @Test
    void returnsThoughtsAsTheyWere() {
        Chats chats = Chats.of(
                Message.text(Role.USER, "a"),
                Chats.assistant(
                        new Part.Thinking("Hm", "c2ln/+==", null),
                        new Part.RedactedThinking("RXRr", null),
                        new Part.Thinking("unproven", null, null),
                        Part.Text.of("b")),
                Message.text(Role.USER, "c"));

        expect(written(chats, CLAUDE).path("messages").path(1).path("content"), """
                [{"reasoningContent":{"reasoningText":{"text":"Hm","signature":"c2ln/+=="}}},
                 {"reasoningContent":{"redactedContent":"RXRr"}},
                 {"text":"b"}]""");
        assertThat(chats.lost()).containsExactly("reasoning_content");
        assertThat(written(chats, "openai.gpt-oss-120b-1:0").path("messages").path(1).toString()).contains("unproven");
        assertThat(written(chats, "us.deepseek.r1-v1:0").path("messages").path(1).toString()).doesNotContain("reasoning");
    }

    @Test
    void leavesWhatOtherFormatsPutIntoResultsOut() {
        Chats chats = Chats.of(
                Message.text(Role.USER, "a"),
                Chats.assistant(Chats.toolCall("x", "f", "{}")),
                Chats.results(new Part.ToolResult(
                        "x",
                        "f",
                        List.of(Part.Text.of("r"), new Part.Opaque("messages", RawJson.ofLiteral("{\"type\":\"y\"}"))),
                        false,
                        null)));

        expect(
                written(chats, CLAUDE).path("messages").path(2).path("content"),
                "[{\"toolResult\":{\"toolUseId\":\"x\",\"content\":[{\"text\":\"r\"}]}}]");
        assertThat(chats.lost()).containsExactly("messages[2].content");
    }

    @Test
    void tellsPartsOfOtherFormatsAsLost() {
        Chats chats = Chats.of(
                Message.text(Role.USER, "a"),
                Chats.assistant(
                        new Part.Opaque("messages", RawJson.ofLiteral("{\"type\":\"server_tool_use\"}")),
                        new Part.Image(new Media.Inline("image/png", PIXEL), null, null),
                        new Part.Refusal("No.")),
                Message.text(Role.USER, "c"));

        expect(written(chats, CLAUDE).path("messages").path(1).path("content"), "[{\"text\":\"No.\"}]");
        assertThat(chats.lost()).containsExactly("messages[1].content[0]", "messages[1].content[1]");
    }

    @Test
    void writesTools() {
        Chats chats = Chats.asking("a")
                .tool(new Tool.Function("bare", " ", null, true, null))
                .tool(new Tool.Function(
                        "untyped", "Adds.", RawJson.ofLiteral("{\"properties\":{\"a\":{}}}"), null, new CacheMark("1h")))
                .tool(new Tool.Hosted("messages", RawJson.ofLiteral("{\"type\":\"web_search\"}")))
                .tool(new Tool.Hosted(
                        "bedrock/converse", RawJson.ofLiteral("{\"systemTool\":{\"name\":\"nova_grounding\"}}")))
                .choice(new ToolChoice.Named("bare"))
                .oneToolAtATime();

        expect(written(chats, CLAUDE).path("toolConfig"), """
                {"tools":[
                  {"toolSpec":{"name":"bare",
                    "inputSchema":{"json":{"type":"object","properties":{}}},"strict":true}},
                  {"toolSpec":{"name":"untyped","description":"Adds.",
                    "inputSchema":{"json":{"type":"object","properties":{"a":{}}}}}},
                  {"cachePoint":{"type":"default","ttl":"1h"}},
                  {"systemTool":{"name":"nova_grounding"}}],
                 "toolChoice":{"tool":{"name":"bare"}}}""");
        assertThat(chats.lost()).containsExactly("parallel_tool_calls", "tools[2]");
    }

    @Test
    void writesToolChoices() {
        expect(choice(new ToolChoice.Required(), CLAUDE), "{\"any\":{}}");
        assertThat(choice(new ToolChoice.Auto(), CLAUDE).isMissingNode()).isTrue();
        assertThat(written(Chats.asking("a").tool("add").choice(new ToolChoice.None()), CLAUDE).has("toolConfig"))
                .isFalse();
        JsonNode allowed = written(
                Chats.asking("a").tool("add").tool("now").choice(new ToolChoice.Allowed(List.of("now"), true)), CLAUDE);
        assertThat(allowed.findValuesAsText("name")).containsExactly("now");
        expect(allowed.path("toolConfig").path("toolChoice"), "{\"any\":{}}");
    }

    private static JsonNode choice(ToolChoice choice, String model) {
        return written(Chats.asking("a").tool("add").choice(choice), model).path("toolConfig").path("toolChoice");
    }

    @Test
    void tellsAChoiceThatTheModelCannotFollowAsLost() {
        Chats chats = Chats.asking("a").tool("add").choice(new ToolChoice.Required());

        assertThat(written(chats, LLAMA).path("toolConfig").has("toolChoice")).isFalse();
        assertThat(chats.lost()).containsExactly("tool_choice");
    }

    @Test
    void declaresToolsThatTheHistoryTellsOf() {
        Chats chats = Chats.of(
                        Message.text(Role.USER, "a"),
                        Chats.assistant(Chats.toolCall("x", "now", "{}")),
                        Chats.results(Chats.result("x", "noon")))
                .choice(new ToolChoice.None());

        expect(written(chats, CLAUDE).path("toolConfig"), """
                {"tools":[{"toolSpec":{"name":"now",
                  "inputSchema":{"json":{"type":"object","properties":{}}}}}]}""");
        assertThat(chats.lost()).containsExactly("tool_choice");
    }

    @Test
    void writesCachePointsWhereTheModelKnowsThem() {
        Chats chats = Chats.of(
                Message.of(Role.SYSTEM, List.of(new Part.Text("Long.", new CacheMark("1h")))),
                Chats.user(new Part.Text("Longer.", CacheMark.DEFAULT), Part.Text.of("b")),
                Chats.assistant(Chats.toolCall("x", "now", "{}")),
                Chats.results(new Part.ToolResult(
                        "x", null, List.of(new Part.Text("noon", CacheMark.DEFAULT)), false, null)));

        JsonNode claude = written(chats, CLAUDE);

        expect(claude.path("system"), """
                [{"text":"Long."},{"cachePoint":{"type":"default","ttl":"1h"}}]""");
        expect(claude.path("messages").path(0).path("content"), """
                [{"text":"Longer."},{"cachePoint":{"type":"default"}},{"text":"b"}]""");
        expect(claude.path("messages").path(2).path("content").path(1), "{\"cachePoint\":{\"type\":\"default\"}}");
        expect(written(chats, NOVA).path("system"), "[{\"text\":\"Long.\"},{\"cachePoint\":{\"type\":\"default\"}}]");
        expect(written(chats, LLAMA).path("system"), "[{\"text\":\"Long.\"}]");
    }

    @Test
    void thinksAsEachFamilyDoes() {
        expect(thinking(OLD_CLAUDE, "medium"), "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}}");
        expect(thinking(NEW_CLAUDE, "minimal"), """
                {"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}""");
        expect(thinking("openai.gpt-oss-120b-1:0", "xhigh"), "{\"reasoning_effort\":\"high\"}");
        expect(thinking("us.amazon.nova-2-lite-v1:0", "low"), """
                {"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}""");
        assertThat(thinking(OLD_CLAUDE, "none").isMissingNode()).isTrue();
        assertThat(thinking(LLAMA, "low").isMissingNode()).isTrue();
    }

    private static JsonNode thinking(String model, String effort) {
        return written(Chats.asking("a").effort(effort), model).path("additionalModelRequestFields");
    }

    @Test
    void leavesRoomForTheAnswerBesideThoughts() {
        JsonNode unlimited = written(Chats.asking("a").effort("high"), OLD_CLAUDE);
        assertThat(unlimited.findValue("budget_tokens").asInt()).isEqualTo(16384);
        assertThat(unlimited.path("inferenceConfig").has("maxTokens")).isFalse();
        JsonNode limited = written(Chats.asking("a").effort("high").maxTokens(2000), OLD_CLAUDE);
        assertThat(limited.findValue("budget_tokens").asInt()).isEqualTo(1999);
        Chats roomless = Chats.asking("a").effort("high").maxTokens(1024);
        assertThat(written(roomless, OLD_CLAUDE).findValue("thinking")).isNull();
        assertThat(roomless.lost()).containsExactly("reasoning_effort");
    }

    @Test
    void doesNotThinkAnewWhereTheThoughtsBeforeACallAreGone() {
        Chats gone = Chats.of(
                        Message.text(Role.USER, "a"),
                        Chats.assistant(Chats.toolCall("x", "now", "{}")),
                        Chats.results(Chats.result("x", "noon")))
                .effort("low");
        Chats kept = Chats.of(
                        Message.text(Role.USER, "a"),
                        Chats.assistant(new Part.Thinking("Hm", "s", null), Chats.toolCall("x", "now", "{}")),
                        Chats.results(Chats.result("x", "noon")))
                .effort("low");

        assertThat(written(gone, OLD_CLAUDE).findValue("thinking")).isNull();
        assertThat(gone.lost()).containsExactly("reasoning_effort");
        assertThat(written(kept, OLD_CLAUDE).findValue("thinking")).isNotNull();
    }

    @Test
    void dropsWhatDoesNotGoWithThinking() {
        Chats chats = Chats.asking("a")
                .effort("low")
                .tool("add")
                .choice(new ToolChoice.Required())
                .sampling(new Sampling(9000L, 0.3, 0.2, 5L, null, null, null, null, List.of(), null, null, null));

        JsonNode body = written(chats, OLD_CLAUDE);

        expect(body.path("inferenceConfig"), "{\"maxTokens\":9000,\"topP\":0.95}");
        assertThat(body.path("toolConfig").has("toolChoice")).isFalse();
        assertThat(chats.lost()).containsExactlyInAnyOrder("temperature", "tool_choice", "top_k");
    }

    @Test
    void dropsSamplingThatTheNewestClaudesRefuse() {
        Sampling sampling = new Sampling(null, 0.3, 0.2, 5L, null, null, null, null, List.of(), null, null, null);
        Chats newest = Chats.asking("a").sampling(sampling);
        Chats newer = Chats.asking("a").sampling(sampling);

        assertThat(written(newest, NEW_CLAUDE).path("inferenceConfig")).isEmpty();
        assertThat(newest.lost()).containsExactlyInAnyOrder("temperature", "top_p", "top_k");
        expect(written(newer, CLAUDE).path("inferenceConfig"), "{\"temperature\":0.3}");
        assertThat(newer.lost()).containsExactly("top_p");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        CLAUDE + "|{\"top_k\":5}",
        NOVA + "|{\"inferenceConfig\":{\"topK\":5}}",
        "mistral.mistral-large-2402-v1:0|{\"top_k\":5}",
        "cohere.command-r-v1:0|{\"k\":5}",
    })
    void namesTopKAsTheFamilyDoes(String model, String expected) {
        Chats chats = Chats.asking("a")
                .sampling(new Sampling(null, null, null, 5L, null, null, null, null, List.of(), null, null, null));

        expect(written(chats, model).path("additionalModelRequestFields"), expected);
    }

    @Test
    void tellsWhatNoModelTakes() {
        Chats chats = Chats.asking("a")
                .sampling(new Sampling(
                        null, null, null, 1L, 0.1, 0.2, 3L, 2L, List.of(" "), true, 5L, RawJson.EMPTY_OBJECT))
                .extra("store", "true")
                .extra("anthropic_beta", "[\"x\"]")
                .user("me");

        expect(written(chats, LLAMA), """
                {"messages":[{"role":"user","content":[{"text":"a"}]}],"inferenceConfig":{}}""");
        assertThat(chats.lost())
                .containsExactlyInAnyOrder(
                        "top_k", "frequency_penalty", "presence_penalty", "seed", "n", "stop", "logprobs", "top_logprobs",
                        "logit_bias", "user", "store", "anthropic_beta");
    }

    @Test
    void carriesFieldsOfItsOwn() {
        Chats chats = Chats.asking("a")
                .sampling(new Sampling(null, null, null, 5L, null, null, null, null, List.of("END"), null, null, null))
                .extra("guardrailConfig", "{\"guardrailIdentifier\":\"g\",\"guardrailVersion\":\"1\"}")
                .extra("performanceConfig", "{\"latency\":\"optimized\"}")
                .extra("requestMetadata", "{\"team\":\"a\"}")
                .extra("service_tier", "\"flex\"")
                .extra("anthropic_beta", "[\"context-1m-2025-08-07\"]")
                .extra("additionalModelRequestFields", "{\"top_k\":9,\"own\":[1]}");

        expect(written(chats, CLAUDE), """
                {"messages":[{"role":"user","content":[{"text":"a"}]}],
                 "inferenceConfig":{"stopSequences":["END"]},
                 "guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"1"},
                 "performanceConfig":{"latency":"optimized"},
                 "requestMetadata":{"team":"a"},
                 "serviceTier":{"type":"flex"},
                 "additionalModelResponseFieldPaths":["/stop_sequence"],
                 "additionalModelRequestFields":{"top_k":9,"own":[1],"anthropic_beta":["context-1m-2025-08-07"]}}""");
        assertThat(chats.lost()).isEmpty();
    }

    @Test
    void asksClaudeForTheHeadersFeatures() {
        String[] betas = {"claude-code-20250219", "context-1m-2025-08-07", "context-management-2025-06-27"};

        JsonNode silent = written(Chats.asking("a").betas(betas), CLAUDE);
        JsonNode own = written(
                Chats.asking("a")
                        .betas(betas)
                        .extra("anthropic_beta", "[\"of-the-body\"]")
                        .extra("additionalModelRequestFields", "{\"anthropic_beta\":[\"own\"]}"),
                CLAUDE);
        JsonNode other = written(Chats.asking("a").betas(betas), NOVA);

        expect(silent.path("additionalModelRequestFields"), "{\"anthropic_beta\":[\"context-1m-2025-08-07\"]}");
        expect(own.path("additionalModelRequestFields"), "{\"anthropic_beta\":[\"own\",\"context-1m-2025-08-07\"]}");
        assertThat(other.has("additionalModelRequestFields")).isFalse();
    }

    @Test
    void refusesAdditionalFieldsThatAreNoObject() {
        Chats chats = Chats.asking("a").extra("additionalModelRequestFields", "7");

        assertThatThrownBy(() -> written(chats, CLAUDE)).isInstanceOf(Refused.class).hasMessageContaining("is 7");
    }

    @Test
    void letsModelsThatCanFollowASchemaThemselves() {
        Chats chats = Chats.asking("a").schema("""
                {"type":"object","properties":{"minimum":{"type":"integer","minimum":1,"description":"\\"m\\""},\
                "list":{"type":"array","maxItems":3,"items":{"type":"object","properties":{},\
                "additionalProperties":false}}},"required":["minimum"]}""");

        JsonNode format = written(chats, CLAUDE).path("outputConfig").path("textFormat");

        assertThat(format.path("type").asText()).isEqualTo("json_schema");
        JsonNode schema = format.path("structure").path("jsonSchema");
        assertThat(schema.path("name").asText()).isEqualTo("sum");
        expect(json(schema.path("schema").asText()), """
                {"type":"object","properties":{"minimum":{"type":"integer","description":"\\"m\\""},
                 "list":{"type":"array","items":{"type":"object","properties":{},"additionalProperties":false}}},
                 "required":["minimum"],"additionalProperties":false}""");
    }

    @Test
    void forcesAToolWhereASchemaIsNotFollowedOtherwise() {
        Chats chats = Chats.asking("a").schema("{\"type\":\"object\"}").tool("add");

        expect(written(chats, NOVA).path("toolConfig"), """
                {"tools":[
                  {"toolSpec":{"name":"add","description":"It does.",
                    "inputSchema":{"json":{"type":"object","properties":{}}}}},
                  {"toolSpec":{"name":"answer_in_json","description":"Gives the answer, as its input.",
                    "inputSchema":{"json":{"type":"object"}}}}],
                 "toolChoice":{"any":{}}}""");
    }

    @Test
    void asksInWordsWhereNoToolCanBeForced() {
        JsonNode schema = written(Chats.asking("a").schema("{\"type\":\"object\"}"), LLAMA);
        JsonNode object = written(Chats.asking("a").format(new ResponseFormat.JsonObject()), CLAUDE);

        assertThat(schema.path("system").path(0).path("text").asText()).contains("{\"type\":\"object\"}");
        assertThat(schema.has("toolConfig")).isFalse();
        assertThat(object.path("system").path(0).path("text").asText()).contains("one JSON object");
    }

    @Test
    void putsInstructionsIntoTheFirstTurnWhereThereIsNoOtherPlace() {
        Chats chats = Chats.of(Message.text(Role.SYSTEM, "Be brief."), Message.text(Role.USER, "a")).tool("add");

        expect(written(chats, TITAN), """
                {"messages":[{"role":"user","content":[{"text":"Be brief."},{"text":"a"}]}],"inferenceConfig":{}}""");
        assertThat(chats.lost()).containsExactly("tools");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-haiku-20240307-v1:0, false, false, false",
        "anthropic.claude-3-5-sonnet-20240620-v1:0, false, false, true",
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0, true, false, true",
        "us.anthropic.claude-opus-4-20250514-v1:0, true, false, true",
        "eu.anthropic.claude-haiku-4-5-20251001-v1:0, true, false, true",
        "global.anthropic.claude-opus-4-7-v1, false, true, true",
        "global.anthropic.claude-sonnet-5, false, true, true",
        "anthropic.claude-instant-v1, false, false, false",
        "anthropic.claude-v2:1, false, false, false",
        "arn:aws:bedrock:us-east-1:000000000000:application-inference-profile/abc, false, false, false",
    })
    void knowsModelsByTheirIds(String id, boolean byBudget, boolean byItself, boolean caches) {
        BedrockModel model = new BedrockModel(id);

        assertThat(model.thinksByBudget()).isEqualTo(byBudget);
        assertThat(model.thinksByItself()).isEqualTo(byItself);
        assertThat(model.takesCachePoints()).isEqualTo(caches);
    }
}
