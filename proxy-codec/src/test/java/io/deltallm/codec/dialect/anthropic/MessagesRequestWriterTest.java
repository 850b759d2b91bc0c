package io.deltallm.codec.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessagesRequestWriterTest {
    private static final RawJson SCHEMA = RawJson.ofLiteral(
            "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\",\"minimum\":0}},\"required\":[\"age\"]}");
    private final List<String> lost = new ArrayList<>();

    /// A chat of OpenAI's, one thing of it changed at a time.
    private static final class Chat {
        private String dialect = "chat/completions";
        private List<Message> messages = List.of(Message.text(Role.USER, "Hi"));
        private List<Tool> tools = List.of();
        private @Nullable ToolChoice choice;
        private @Nullable Boolean parallel;
        private Sampling sampling = Sampling.NONE;
        private @Nullable ResponseFormat format;
        private @Nullable Reasoning reasoning;
        private boolean stream;
        private @Nullable String user;
        private final Map<String, RawJson> extras = new LinkedHashMap<>();

        Chat messages(Message... all) {
            messages = List.of(all);
            return this;
        }

        Chat sampling(@Nullable Long maxTokens, @Nullable Double temperature, @Nullable Double topP, String... stop) {
            sampling = new Sampling(
                    maxTokens, temperature, topP, null, null, null, null, null, List.of(stop), null, null, null);
            return this;
        }

        Chat extra(String name, String json) {
            extras.put(name, RawJson.ofLiteral(json));
            return this;
        }

        ChatRequest request() {
            return new ChatRequest(
                    dialect, "alias", messages, tools, choice, parallel, sampling, format, reasoning, stream, true, user,
                    extras);
        }
    }

    private static Chat chat() {
        return new Chat();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5, assistant",
        "claude-sonnet-4-6, user",
        "claude-opus-5, user",
        "claude-fable-5, user",
        "another-model, assistant"
    })
    void leavesTheLastWordToWhomTheModelWantsToHaveIt(String model, String role) {
        Chat chat = chat();
        chat.messages = List.of(Message.text(Role.USER, "Hi"), Message.text(Role.ASSISTANT, "Hello"));

        JsonNode messages = written(chat, model).path("messages");

        assertThat(messages.path(1).path("content").asText()).isEqualTo("Hello");
        assertThat(messages.path(messages.size() - 1).path("role").asText()).isEqualTo(role);
    }

    private static Tool function(String name) {
        return new Tool.Function(name, "does it", SCHEMA, null, null);
    }

    private static Part call(String id, String name) {
        return new Part.ToolCall(id, name, RawJson.ofLiteral("{\"a\":1}"), null, null);
    }

    private static Part result(String id, @Nullable String name, String text) {
        return new Part.ToolResult(id, name, List.of(Part.Text.of(text)), false, null);
    }

    private JsonNode written(Chat chat, String model) {
        return written(chat, model, new Messages());
    }

    private JsonNode written(Chat chat, String model, Messages dialect) {
        return written(chat, model, dialect, List.of());
    }

    private JsonNode written(Chat chat, String model, Messages dialect, List<String> betas) {
        JsonOutput out = new JsonOutput();
        dialect.writeRequest(
                chat.request(), new UpstreamCall(model, "anthropic", Set.of(), 4096, 0, betas, lost::add), out);
        return Transcript.json(out.toString());
    }

    private JsonNode written(Chat chat) {
        return written(chat, "claude-3-5-haiku-20241022");
    }

    private static JsonNode json(String text) {
        return Transcript.json(text.replace('\'', '"'));
    }

    @Test
    void fillsTheLimitThatAnthropicDemands() {
        assertThat(written(chat())).isEqualTo(json("{'model':'claude-3-5-haiku-20241022','max_tokens':4096,"
                + "'messages':[{'role':'user','content':'Hi'}]}"));
        assertThat(written(chat().sampling(17L, null, null)).path("max_tokens").asInt()).isEqualTo(17);
    }

    @Test
    void putsAllInstructionsFirst() {
        JsonNode body = written(chat().messages(
                Message.text(Role.SYSTEM, "One"), Message.text(Role.USER, "Hi"), Message.text(Role.DEVELOPER, "Two")));

        assertThat(body.path("system")).isEqualTo(json("[{'type':'text','text':'One'},{'type':'text','text':'Two'}]"));
        assertThat(body.path("messages")).hasSize(1);
    }

    @Test
    void answersCallsBeforeAnythingElseInTheTurn() {
        Chat chat = chat().messages(
                Message.text(Role.USER, "Hi"),
                Message.of(Role.ASSISTANT, List.of(Part.Text.of("So"), call("functions.add:0", "add"))),
                Message.text(Role.USER, "and?"),
                Message.of(Role.TOOL, List.of(result("functions.add:0", "add", "2"))));
        chat.tools = List.of(function("add"));

        assertThat(written(chat).path("messages")).isEqualTo(json("[{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':[{'type':'text','text':'So'},"
                + "{'type':'tool_use','id':'functions_add_0','name':'add','input':{'a':1}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'functions_add_0','content':'2'},"
                + "{'type':'text','text':'and?'}]}]"));
    }

    @Test
    void makesIdsWhereACallHasNoneAndFindsThemForItsResult() {
        Chat chat = chat().messages(
                Message.text(Role.USER, "Hi"),
                Message.of(Role.ASSISTANT, List.of(call("", "add"), call("", "sub"))),
                Message.of(Role.TOOL, List.of(result("", "sub", "0"), result("", "add", "2"))));

        JsonNode messages = written(chat).path("messages");

        assertThat(messages.path(1).path("content").findValuesAsText("id")).containsExactly("toolu_0", "toolu_1");
        assertThat(messages.path(2).path("content").findValuesAsText("tool_use_id")).containsExactly("toolu_1", "toolu_0");
    }

    @Test
    void beginsWithTheUserAndLeavesOutBlankTexts() {
        Chat chat = chat().messages(
                Message.text(Role.ASSISTANT, "Hello"),
                Message.text(Role.USER, " "),
                Message.text(Role.ASSISTANT, "I say \n"));

        assertThat(written(chat).path("messages")).isEqualTo(json("[{'role':'user','content':'.'},"
                + "{'role':'assistant','content':[{'type':'text','text':'Hello'},{'type':'text','text':'I say'}]}]"));
    }

    @Test
    void definesToolsThatOnlyTheHistoryKnows() {
        Chat chat = chat().messages(
                Message.text(Role.USER, "Hi"),
                Message.of(Role.ASSISTANT, List.of(call("c1", "add"))),
                Message.of(Role.TOOL, List.of(result("c1", null, "2"))));

        JsonNode body = written(chat);

        assertThat(body.path("tools").findValuesAsText("name")).containsExactly("add");
        assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'none'}"));
    }

    @Test
    void writesPicturesAndDocumentsAsTheyWereGiven() {
        Chat chat = chat().messages(Message.of(
                Role.USER,
                List.of(
                        new Part.Image(new Media.Inline("image/jpg", "/9j/AA=="), "high", null),
                        new Part.Image(new Media.Inline("image/jpeg", "iVBORw0KGgoAAA=="), null, null),
                        new Part.Image(new Media.Remote("https://a/b.png", null), null, null),
                        new Part.Document(new Media.Inline("application/pdf", "JVBERi0="), "a.pdf", null),
                        new Part.Document(new Media.Inline("text/csv", "YSxi"), null, null),
                        new Part.Audio(new Media.Inline("audio/wav", "AA==")),
                        new Part.Image(new Media.Uploaded("file-1"), null, null),
                        new Part.Document(new Media.Uploaded("file_011"), null, null))));

        assertThat(written(chat).path("messages").path(0).path("content")).isEqualTo(json("["
                + "{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'/9j/AA=='}},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw0KGgoAAA=='}},"
                + "{'type':'image','source':{'type':'url','url':'https://a/b.png'}},"
                + "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERi0='},"
                + "'title':'a.pdf'},"
                + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'a,b'}},"
                + "{'type':'document','source':{'type':'file','file_id':'file_011'}}]"));
        assertThat(lost).containsExactly("messages[0].content[5]", "messages[0].content[6]");
    }

    @Test
    void refusesUrlsThatBedrockWouldNotFetch() {
        Chat chat = chat().messages(Message.of(
                Role.USER, List.of(new Part.Image(new Media.Remote("https://a/b.png", null), null, null))));

        assertThatThrownBy(() -> written(chat, "claude-haiku-4-5", Messages.bedrock(() -> null)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("https://a/b.png");
    }

    @Test
    void headsTheBodyAsItsHostWantsIt() {
        Chat chat = chat().extra("anthropic_beta", "[\"b1\"]");
        chat.stream = true;

        JsonNode direct = written(chat, "claude-haiku-4-5");
        JsonNode vertex = written(chat, "claude-haiku-4-5", Messages.vertex());
        JsonNode bedrock = written(chat, "claude-haiku-4-5", Messages.bedrock(() -> null));

        assertThat(direct.fieldNames()).toIterable().containsExactly("model", "max_tokens", "stream", "messages");
        assertThat(vertex.path("anthropic_version").asText()).isEqualTo("vertex-2023-10-16");
        assertThat(vertex.has("model")).isFalse();
        assertThat(vertex.path("stream").asBoolean()).isTrue();
        assertThat(bedrock.path("anthropic_version").asText()).isEqualTo("bedrock-2023-05-31");
        assertThat(bedrock.path("anthropic_beta")).isEqualTo(json("['b1']"));
        assertThat(bedrock.has("model") || bedrock.has("stream")).isFalse();
    }

    @Test
    void namesTheHeadersFeaturesWhereOnlyTheBodyCan() {
        Chat chat = chat().extra("anthropic_beta", "[\"b1\"]");
        List<String> betas = List.of("compact-2026-01-12", "claude-code-20250219");

        assertThat(written(chat, "claude-haiku-4-5", Messages.bedrock(() -> null), betas).path("anthropic_beta"))
                .isEqualTo(json("['b1','compact-2026-01-12']"));
        assertThat(written(chat(), "claude-haiku-4-5", Messages.bedrock(() -> null), betas).path("anthropic_beta"))
                .isEqualTo(json("['compact-2026-01-12']"));
        assertThat(written(chat(), "claude-haiku-4-5", Messages.vertex(), betas).has("anthropic_beta")).isFalse();
        assertThat(written(chat(), "claude-haiku-4-5", new Messages(), betas).has("anthropic_beta")).isFalse();
        assertThat(lost).isEmpty();
    }

    @Test
    void clampsTheTemperatureAndKeepsOneOfTwoWhereTheModelTakesOne() {
        assertThat(written(chat().sampling(null, 1.7, 0.5)).path("temperature").asDouble()).isEqualTo(1);
        assertThat(lost).isEmpty();

        JsonNode body = written(chat().sampling(null, 0.5, 0.5), "claude-sonnet-4-5");

        assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(body.has("top_p")).isFalse();
        assertThat(lost).containsExactly("top_p");
    }

    @Test
    void leavesSamplingToTheNewestModels() {
        JsonNode body = written(chat().sampling(null, 0.5, 0.9), "claude-opus-4-7");

        assertThat(body.has("temperature") || body.has("top_p")).isFalse();
        assertThat(lost).containsExactly("temperature", "top_p");
    }

    @Test
    void leavesOutBlankStopSequences() {
        JsonNode body = written(chat().sampling(null, null, null, "\n", "END"));

        assertThat(body.path("stop_sequences")).isEqualTo(json("['END']"));
        assertThat(lost).containsExactly("stop");
    }

    @Test
    void tellsWhatSamplingAnthropicDoesNotHave() {
        Chat chat = chat();
        chat.sampling = new Sampling(
                null, null, null, 40L, 0.5, 0.0, 7L, 2L, List.of(), true, 3L, RawJson.ofLiteral("{\"1\":5}"));

        assertThat(written(chat).path("top_k").asInt()).isEqualTo(40);
        assertThat(lost)
                .containsExactly("frequency_penalty", "seed", "n", "logprobs", "top_logprobs", "logit_bias");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude-3-7-sonnet@20250219 | high | {'type':'enabled','budget_tokens':16384} | ",
                "claude-sonnet-4-5-20250929 | minimal | {'type':'enabled','budget_tokens':1024} | ",
                "claude-opus-4-6 | medium | {'type':'adaptive'} | medium",
                "claude-opus-4-6 | xhigh | {'type':'adaptive'} | high",
                "us.anthropic.claude-opus-4-7-v1:0 | xhigh | {'type':'adaptive','display':'summarized'} | xhigh",
                "claude-sonnet-5 | none | {'type':'disabled'} | ",
                "claude-fable-5 | none | | low",
                "glm-4.6 | low | {'type':'enabled','budget_tokens':2048} | ",
            })
    void asksEachGenerationToThinkInItsOwnWay(
            String model, String effort, @Nullable String thinking, @Nullable String written) {
        Chat chat = chat().sampling(32_000L, null, null);
        chat.reasoning = new Reasoning(effort, null, null);

        JsonNode body = written(chat, model);

        assertThat(body.get("thinking")).isEqualTo(thinking == null ? null : json(thinking));
        assertThat(body.path("output_config").path("effort").textValue()).isEqualTo(written);
        assertThat(lost).isEmpty();
    }

    @Test
    void keepsTheBudgetBelowTheLimit() {
        Chat chat = chat().sampling(4096L, null, null);
        chat.reasoning = new Reasoning("high", null, null);

        assertThat(written(chat, "claude-sonnet-4-5").path("thinking").path("budget_tokens").asInt()).isEqualTo(3072);

        assertThat(written(chat.sampling(1000L, null, null), "claude-sonnet-4-5").has("thinking")).isFalse();
        assertThat(written(chat, "claude-3-5-haiku-20241022").has("thinking")).isFalse();
        assertThat(lost).containsExactly("reasoning_effort", "reasoning_effort");
    }

    @Test
    void doesNotThinkOnWhereTheThoughtsBeforeAreMissing() {
        Chat chat = chat().messages(
                Message.text(Role.USER, "Hi"),
                Message.of(Role.ASSISTANT, List.of(new Part.Thinking("hm", null, null), call("c1", "add"))),
                Message.of(Role.TOOL, List.of(result("c1", null, "2"))));
        chat.tools = List.of(function("add"));
        chat.reasoning = new Reasoning("low", null, null);

        JsonNode body = written(chat, "claude-sonnet-4-5");

        assertThat(body.has("thinking")).isFalse();
        assertThat(body.path("messages").path(1).path("content").findValuesAsText("type")).containsExactly("tool_use");
        assertThat(lost).containsExactly("reasoning_effort");
    }

    @Test
    void returnsThoughtsWithTheirProof() {
        Chat chat = chat().messages(
                Message.text(Role.USER, "Hi"),
                Message.of(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Thinking("hm", "sig==", null),
                                new Part.RedactedThinking("abc", null),
                                Part.Text.of("Yes"))),
                Message.text(Role.USER, "And?"));

        assertThat(written(chat).path("messages").path(1).path("content")).isEqualTo(json(
                "[{'type':'thinking','thinking':'hm','signature':'sig=='},{'type':'redacted_thinking','data':'abc'},"
                        + "{'type':'text','text':'Yes'}]"));
    }

    @Test
    void forcesNoToolWhileThinking() {
        Chat chat = chat().sampling(9000L, null, null);
        chat.tools = List.of(function("add"));
        chat.choice = new ToolChoice.Required();
        assertThat(written(chat, "claude-sonnet-4-5").path("tool_choice")).isEqualTo(json("{'type':'any'}"));

        chat.reasoning = new Reasoning("low", null, null);

        assertThat(written(chat, "claude-sonnet-4-5").path("tool_choice")).isEqualTo(json("{'type':'auto'}"));
        assertThat(lost).containsExactly("tool_choice");
    }

    @Test
    void writesEveryChoiceOfTools() {
        Chat chat = chat();
        chat.tools = List.of(function("add"), function("my.sub"));
        chat.parallel = false;

        assertThat(written(chat).path("tool_choice")).isEqualTo(json("{'type':'auto','disable_parallel_tool_use':true}"));
        chat.choice = new ToolChoice.Named("my.sub");
        assertThat(written(chat).path("tool_choice"))
                .isEqualTo(json("{'type':'tool','name':'my-x2e-sub','disable_parallel_tool_use':true}"));
        assertThat(written(chat).path("tools").path(1).path("name").asText()).isEqualTo("my-x2e-sub");
        chat.choice = new ToolChoice.None();
        assertThat(written(chat).path("tool_choice")).isEqualTo(json("{'type':'none'}"));
        chat.choice = new ToolChoice.Allowed(List.of("add"), true);
        assertThat(written(chat).path("tools")).hasSize(1);
        assertThat(lost).isEmpty();
    }

    @Test
    void closesTheSchemaOfAStrictTool() {
        Chat chat = chat();
        chat.tools = List.of(new Tool.Function("add", null, SCHEMA, true, null));

        assertThat(written(chat, "claude-sonnet-4-5").path("tools").path(0)).isEqualTo(json("{'name':'add','input_schema':"
                + "{'type':'object','properties':{'age':{'type':'integer'}},'required':['age'],"
                + "'additionalProperties':false},'strict':true}"));
        assertThat(lost).isEmpty();
        assertThat(written(chat).path("tools").path(0).has("strict")).isFalse();
        assertThat(lost).containsExactly("tools.strict");
    }

    @Test
    void tellsHostedToolsOfOtherFormatsAsLost() {
        Chat chat = chat();
        chat.tools = List.of(
                new Tool.Hosted("responses", RawJson.ofLiteral("{\"type\":\"web_search\"}")),
                new Tool.Hosted("messages", RawJson.ofLiteral("{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}")));

        assertThat(written(chat).path("tools")).isEqualTo(json("[{'type':'web_search_20250305','name':'web_search'}]"));
        assertThat(lost).containsExactly("tools[0]");
    }

    @Test
    void asksForJsonByItsFormatWhereTheModelHasOne() {
        Chat chat = chat();
        chat.format = new ResponseFormat.JsonSchema("person", null, SCHEMA, true);

        assertThat(written(chat, "claude-haiku-4-5").path("output_config").path("format")).isEqualTo(json(
                "{'type':'json_schema','schema':{'type':'object','properties':{'age':{'type':'integer'}},"
                        + "'required':['age'],'additionalProperties':false}}"));
    }

    @Test
    void asksForJsonByAToolWhereItHasNone() {
        Chat chat = chat();
        chat.format = new ResponseFormat.JsonSchema("person", "A person.", SCHEMA, true);

        JsonNode body = written(chat);

        assertThat(body.path("tools")).isEqualTo(json("[{'name':'json_output','description':'Gives the answer. A person.',"
                + "'input_schema':" + SCHEMA.json() + "}]"));
        assertThat(body.path("tool_choice"))
                .isEqualTo(json("{'type':'tool','name':'json_output','disable_parallel_tool_use':true}"));

        chat.tools = List.of(function("json_output"));
        body = written(chat);
        assertThat(body.path("tools").findValuesAsText("name")).containsExactly("-x6a-son_output", "json_output");
        assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'any'}"));
    }

    @Test
    void asksForJsonInWordsWhereNothingCanBeForced() {
        Chat chat = chat();
        chat.format = new ResponseFormat.JsonObject();

        JsonNode body = written(chat, "claude-fable-5");

        assertThat(body.path("system").asText()).startsWith("Answer with one JSON value and nothing else");
        assertThat(body.has("tools")).isFalse();
    }

    @Test
    void mapsOpenAisExtrasAndTellsTheOthersAsLost() {
        Chat chat = chat()
                .extra("service_tier", "\"default\"")
                .extra("metadata", "{\"a\":\"b\"}")
                .extra("safety_identifier", "\"u1\"")
                .extra("prediction", "{}")
                .extra("store", "false")
                .extra("thinking", "{\"type\":\"enabled\",\"budget_tokens\":2000}");

        JsonNode body = written(chat.sampling(9000L, null, null), "claude-sonnet-4-5");

        assertThat(body.path("service_tier").asText()).isEqualTo("standard_only");
        assertThat(body.path("metadata")).isEqualTo(json("{'user_id':'u1'}"));
        assertThat(body.path("thinking").path("budget_tokens").asInt()).isEqualTo(2000);
        assertThat(lost).containsExactly("metadata", "prediction");
    }

    @Test
    void takesAnthropicsFieldsFromOtherClientsUnlessTheyMeanSomethingElse() {
        Chat chat = chat().extra("context_management", "{\"edits\":[]}").extra("container", "\"c1\"");
        Chat ofResponses = chat().extra("context_management", "[{\"type\":\"compaction\"}]");

        assertThat(written(chat).path("context_management")).isEqualTo(json("{'edits':[]}"));
        assertThat(written(chat).path("container").asText()).isEqualTo("c1");
        assertThat(lost).isEmpty();
        assertThat(written(ofResponses).has("context_management")).isFalse();
        assertThat(lost).containsExactly("context_management");
    }

    @Test
    void keepsTheEffortOfItsOwnClientsThatDoNotThink() {
        Chat chat = chat().extra("output_config", "{\"effort\":\"high\"}");
        chat.dialect = "messages";
        chat.reasoning = new Reasoning("none", 0L, null);

        assertThat(written(chat, "claude-sonnet-5").path("output_config")).isEqualTo(json("{'effort':'high'}"));
        assertThat(written(chat, "claude-sonnet-5").path("thinking")).isEqualTo(json("{'type':'disabled'}"));
        assertThat(written(chat, "claude-fable-5").path("output_config")).isEqualTo(json("{'effort':'high'}"));
    }

    @Test
    void keepsPersonsToItself() {
        Chat chat = chat();
        chat.user = "jo@example.com";

        assertThat(written(chat).has("metadata")).isFalse();
        assertThat(lost).containsExactly("user");
    }

    @Test
    void passesOnTheExtrasOfItsOwnFormat() {
        Chat chat = chat()
                .extra("context_management", "{\"edits\":[]}")
                .extra("output_config", "{\"task_budget\":{\"a\":1}}");
        chat.dialect = "messages";
        chat.reasoning = new Reasoning("medium", -1L, "none");

        JsonNode body = written(chat, "claude-sonnet-4-6", Messages.vertex());

        assertThat(body.path("context_management")).isEqualTo(json("{'edits':[]}"));
        assertThat(body.path("thinking")).isEqualTo(json("{'type':'adaptive','display':'omitted'}"));
        assertThat(body.path("output_config")).isEqualTo(json("{'effort':'medium','task_budget':{'a':1}}"));
        assertThat(lost).isEmpty();
    }
}
