package io.deltallm.codec.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.chat.CacheMark;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.deltallm.codec.dialect.gemini.Gemini.json;
import static io.deltallm.codec.dialect.gemini.Gemini.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestWriterTest {
    private static final Message HELLO = Message.text(Role.USER, "Hello");
    private static final RawJson SCHEMA = RawJson.ofLiteral(quoted("{'type':'object','properties':{'a':{'type':'string'}}}"));
    private static final Tool FUNCTION = new Tool.Function("f", "does", SCHEMA, null, null);

    private final List<String> losses = new ArrayList<>();
    private String model = "gemini-2.5-flash";
    private String dialect = "chat/completions";
    private List<Tool> tools = List.of();
    private @Nullable ToolChoice choice;
    private @Nullable Boolean parallel;
    private Sampling sampling = Sampling.NONE;
    private @Nullable ResponseFormat format;
    private @Nullable Reasoning reasoning;
    private @Nullable String user;
    private Map<String, RawJson> extras = Map.of();

    private JsonNode write(Message... messages) {
        return write(Gemini.DIALECT, messages);
    }

    private JsonNode write(GenerateContent gemini, Message... messages) {
        ChatRequest request = new ChatRequest(
                dialect, "asked", List.of(messages), tools, choice, parallel, sampling, format, reasoning, false, false,
                user, extras);
        return Gemini.written(gemini, request, model, losses);
    }

    private static JsonNode contents(String quoted) {
        return json(quoted(quoted));
    }

    private static Message assistant(Part... parts) {
        return Message.of(Role.ASSISTANT, List.of(parts));
    }

    private static Part call(String id, String name, @Nullable String signature) {
        return new Part.ToolCall(id, name, RawJson.ofLiteral("{\"x\":1}"), signature, null);
    }

    private static Part result(String id, String text) {
        return new Part.ToolResult(id, null, List.of(Part.Text.of(text)), false, null);
    }

    @Test
    void gathersInstructionsAndJoinsNeighbours() {
        JsonNode body = write(
                Message.text(Role.SYSTEM, "A"), HELLO, Message.text(Role.USER, "there"), Message.text(Role.DEVELOPER, "B"),
                Message.text(Role.ASSISTANT, "Hi"));

        assertThat(body)
                .isEqualTo(contents(
                        """
                        {'systemInstruction':{'parts':[{'text':'A'},{'text':'B'}]},
                         'contents':[{'role':'user','parts':[{'text':'Hello'},{'text':'there'}]},
                          {'role':'model','parts':[{'text':'Hi'}]}]}"""));
    }

    @Test
    void letsTheUserSpeakWhereThereAreOnlyInstructions() {
        assertThat(write(Message.text(Role.SYSTEM, "A")))
                .isEqualTo(contents("{'contents':[{'role':'user','parts':[{'text':'A'}]}]}"));
    }

    @Test
    void letsTheUserSpeakInstructionsToGemma() {
        model = "gemma-3-27b-it";

        assertThat(write(Message.text(Role.SYSTEM, "A"), HELLO))
                .isEqualTo(contents("{'contents':[{'role':'user','parts':[{'text':'A'},{'text':'Hello'}]}]}"));
    }

    @Test
    void beginsWithTheUserAlways() {
        assertThat(write(Message.text(Role.ASSISTANT, "Hi")).path("contents").path(0))
                .isEqualTo(contents("{'role':'user','parts':[{'text':' '}]}"));
    }

    @Test
    void writesResultsInTheOrderOfTheirCallsUnderTheirNames() {
        JsonNode body = write(
                HELLO,
                assistant(call("1", "a", null), call("2", "b", null)),
                Message.of(Role.TOOL, List.of(result("2", "B"), result("1", "{\"v\":1}"))),
                Message.text(Role.USER, "Well?"));

        assertThat(body.path("contents").path(2))
                .isEqualTo(contents(
                        """
                        {'role':'user','parts':[
                         {'functionResponse':{'id':'1','name':'a','response':{'v':1}}},
                         {'functionResponse':{'id':'2','name':'b','response':{'result':'B'}}}]}"""));
        assertThat(body.path("contents").path(3)).isEqualTo(contents("{'role':'user','parts':[{'text':'Well?'}]}"));
    }

    @Test
    void tellsFailuresOfTools() {
        Part failed = new Part.ToolResult("1", null, List.of(Part.Text.of("boom")), true, null);

        JsonNode body = write(HELLO, assistant(call("1", "a", null)), Message.of(Role.TOOL, List.of(failed)));

        assertThat(body.path("contents").path(2).path("parts").path(0).path("functionResponse").path("response"))
                .isEqualTo(contents("{'error':'boom'}"));
    }

    @Test
    void refusesAResultOfNoCall() {
        assertThatThrownBy(() -> write(HELLO, Message.of(Role.TOOL, List.of(result("9", "x")))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("\"9\"");
    }

    @Test
    void showsPicturesOfAResultToOldModelsBehindItAndToNewOnesWithin() {
        Part picture = new Part.Image(new Media.Inline("image/png", "AAAA"), null, null);
        Part shot = new Part.ToolResult("1", null, List.of(Part.Text.of("ok"), picture), false, null);
        Message[] talk = {HELLO, assistant(call("1", "a", "s")), Message.of(Role.TOOL, List.of(shot))};

        JsonNode old = write(talk);
        model = "gemini-3-flash-preview";
        JsonNode recent = write(talk);

        assertThat(old.path("contents").path(3))
                .isEqualTo(contents(
                        """
                        {'role':'user','parts':[{'text':'From the result of a:'},
                         {'inlineData':{'mimeType':'image/png','data':'AAAA'}}]}"""));
        assertThat(recent.path("contents")).hasSize(3);
        assertThat(recent.path("contents").path(2).path("parts").path(0).path("functionResponse").path("parts"))
                .isEqualTo(contents("[{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]"));
    }

    @Test
    void returnsASignatureOfThoughtsToTheTextBehindThem() {
        JsonNode body = write(
                HELLO,
                assistant(new Part.Thinking("Hm", "s1", null), Part.Text.of("Hi")),
                HELLO,
                assistant(new Part.RedactedThinking("s2", "rs_1"), Part.Text.of("Ho"), Part.Text.of("!")));

        assertThat(body.path("contents").path(1).path("parts"))
                .isEqualTo(contents("[{'text':'Hm','thought':true},{'text':'Hi','thoughtSignature':'s1'}]"));
        assertThat(body.path("contents").path(3).path("parts"))
                .isEqualTo(contents("[{'text':'Ho','thoughtSignature':'s2'},{'text':'!'}]"));
    }

    @Test
    void dropsRedactedThoughtsOfAnthropic() {
        dialect = "messages";

        JsonNode body = write(HELLO, assistant(new Part.RedactedThinking("s2", null), Part.Text.of("Ho")));

        assertThat(body.path("contents").path(1).path("parts")).isEqualTo(contents("[{'text':'Ho'}]"));
    }

    @Test
    void returnsSignaturesInThePartsTheyCameIn() {
        dialect = "generateContent";

        JsonNode body = write(
                HELLO,
                assistant(
                        new Part.Thinking("Hm", "s1", null),
                        Part.Text.of("Hi"),
                        new Part.Thinking("", "s2", null),
                        call("1", "a", "s3")));

        assertThat(body.path("contents").path(1).path("parts"))
                .isEqualTo(contents(
                        """
                        [{'text':'Hm','thought':true,'thoughtSignature':'s1'},{'text':'Hi','thoughtSignature':'s2'},
                         {'functionCall':{'id':'1','name':'a','args':{'x':1}},'thoughtSignature':'s3'}]"""));
    }

    @Test
    void excusesCallsOfOtherModelsToGemini3() {
        Message[] talk = {HELLO, assistant(call("1", "a", null), call("2", "b", null))};

        JsonNode before = write(talk);
        model = "publishers/google/models/gemini-3.1-pro-preview";
        JsonNode since = write(talk);

        assertThat(before.toString()).doesNotContain("thoughtSignature");
        assertThat(since.path("contents").path(1).path("parts").path(0).path("thoughtSignature").asText())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(since.path("contents").path(1).path("parts").path(1).has("thoughtSignature")).isFalse();
    }

    @Test
    void forgetsThoughtsThatNobodySigned() {
        JsonNode body = write(HELLO, assistant(new Part.Thinking("Hm", null, null), Part.Text.of("Hi")));

        assertThat(body.path("contents").path(1).path("parts")).isEqualTo(contents("[{'text':'Hi'}]"));
    }

    @Test
    void writesMediaByWhereTheyAre() {
        JsonNode body = write(Message.of(
                Role.USER,
                List.of(
                        new Part.Image(new Media.Remote("https://a.b/c.PNG?d=e.f", null), "auto", null),
                        new Part.Image(new Media.Remote("gs://b/x", "image/webp"), null, null),
                        new Part.Audio(new Media.Inline("audio/wav", "AAAA")),
                        new Part.Video(new Media.Remote("https://www.youtube.com/watch?v=1", null)),
                        new Part.Document(new Media.Uploaded("files/abc"), "t", null),
                        new Part.Document(new Media.PlainText("plain"), null, null))));

        assertThat(body.path("contents").path(0).path("parts"))
                .isEqualTo(contents(
                        """
                        [{'fileData':{'fileUri':'https://a.b/c.PNG?d=e.f','mimeType':'image/png'}},
                         {'fileData':{'fileUri':'gs://b/x','mimeType':'image/webp'}},
                         {'inlineData':{'mimeType':'audio/wav','data':'AAAA'}},
                         {'fileData':{'fileUri':'https://www.youtube.com/watch?v=1'}},
                         {'fileData':{'fileUri':'https://generativelanguage.googleapis.com/v1beta/files/abc'}},
                         {'text':'plain'}]"""));
        assertThat(losses).isEmpty();
    }

    @Test
    void refusesAFileOfAnotherProvider() {
        Part file = new Part.Document(new Media.Uploaded("file-123"), null, null);

        assertThatThrownBy(() -> write(Message.of(Role.USER, List.of(file)))).isInstanceOf(Refused.class);
    }

    @Test
    void writesSamplingAndClampsIt() {
        sampling = new Sampling(
                9L, 3.5, 0.5, 4L, 0.1, 0.2, 1L << 33 | 7, 2L, List.of("a", "b", "c", "d", "e", "f"), true, 3L,
                RawJson.EMPTY_OBJECT);

        JsonNode body = write(HELLO);

        assertThat(body.path("generationConfig"))
                .isEqualTo(contents(
                        """
                        {'maxOutputTokens':9,'temperature':2,'topP':0.5,'topK':4,'frequencyPenalty':0.1,
                         'presencePenalty':0.2,'seed':7,'candidateCount':2,'stopSequences':['a','b','c','d','e'],
                         'responseLogprobs':true,'logprobs':3}"""));
        assertThat(losses).containsExactly("stop", "logit_bias");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gemini-2.5-flash | high | | {'includeThoughts':true,'thinkingBudget':16384}",
                "gemini-2.5-flash | none | | {'thinkingBudget':0}",
                "gemini-2.5-pro | none | | {'thinkingBudget':128}",
                "gemini-2.5-flash-lite | | 100 | {'includeThoughts':true,'thinkingBudget':512}",
                "gemini-2.5-flash | | -1 | {'includeThoughts':true,'thinkingBudget':-1}",
                "gemini-flash-latest | max | | {'includeThoughts':true,'thinkingBudget':24576}",
                "gemini-3-flash-preview | minimal | | {'includeThoughts':true,'thinkingLevel':'MINIMAL'}",
                "gemini-3-flash-preview | none | | {'thinkingLevel':'MINIMAL'}",
                "gemini-3.1-pro-preview | minimal | | {'includeThoughts':true,'thinkingLevel':'LOW'}",
                "gemini-3-pro-preview | medium | | {'includeThoughts':true,'thinkingLevel':'HIGH'}",
                "gemini-3.1-pro-preview | medium | | {'includeThoughts':true,'thinkingLevel':'MEDIUM'}",
                "gemini-3-pro-preview | | 2000 | {'includeThoughts':true,'thinkingLevel':'LOW'}",
                "gemini-3-pro-preview | | -1 | {'includeThoughts':true}"
            })
    void writesThinkingAsTheModelsGenerationHasIt(
            String name, @Nullable String effort, @Nullable Long budget, String config) {
        model = name;
        reasoning = new Reasoning(effort, budget, null);

        assertThat(write(HELLO).path("generationConfig").path("thinkingConfig")).isEqualTo(contents(config));
    }

    @Test
    void tellsThatOldModelsDoNotThink() {
        model = "gemini-2.0-flash";
        reasoning = new Reasoning("low", null, null);

        assertThat(write(HELLO).has("generationConfig")).isFalse();
        assertThat(losses).containsExactly("reasoning_effort");
    }

    @Test
    void writesFunctionsWithJsonSchema() {
        tools = List.of(FUNCTION, new Tool.Function("g", null, null, true, CacheMark.DEFAULT));
        choice = new ToolChoice.Named("g");
        parallel = false;

        JsonNode body = write(HELLO);

        assertThat(body.path("tools"))
                .isEqualTo(contents(
                        """
                        [{'functionDeclarations':[{'name':'f','description':'does','parametersJsonSchema':
                          {'type':'object','properties':{'a':{'type':'string'}}}},{'name':'g'}]}]"""));
        assertThat(body.path("toolConfig"))
                .isEqualTo(contents("{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['g']}}"));
        assertThat(losses).containsExactlyInAnyOrder("tools.function.strict", "parallel_tool_calls");
    }

    @Test
    void writesFunctionsWithTheOldSchemaToOldModels() {
        model = "gemini-2.0-flash";
        tools = List.of(FUNCTION);

        assertThat(write(HELLO).path("tools"))
                .isEqualTo(contents(
                        """
                        [{'functionDeclarations':[{'name':'f','description':'does','parameters':
                          {'type':'OBJECT','properties':{'a':{'type':'STRING'}}}}]}]"""));
    }

    @Test
    void givesOldModelsNoParametersWhereThereAreNone() {
        model = "gemini-1.5-flash";
        tools = List.of(new Tool.Function("f", null, RawJson.ofLiteral("{\"type\":\"object\"}"), null, null));

        assertThat(write(HELLO).path("tools")).isEqualTo(contents("[{'functionDeclarations':[{'name':'f'}]}]"));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-pro,responseJsonSchema",
        "gemini-3-pro-preview,responseJsonSchema",
        "gemini-1.5-pro-002,responseSchema"
    })
    void writesTheFormOfTheAnswer(String name, String field) {
        model = name;
        format = new ResponseFormat.JsonSchema("n", null, SCHEMA, true);

        JsonNode config = write(HELLO).path("generationConfig");

        assertThat(config.path("responseMimeType").asText()).isEqualTo("application/json");
        assertThat(config.path(field).path("type").asText()).isEqualToIgnoringCase("object");
        assertThat(config).hasSize(2);
    }

    @Test
    void losesTheFormBesideFunctionsBeforeGemini3() {
        format = new ResponseFormat.JsonObject();
        tools = List.of(FUNCTION);

        assertThat(write(HELLO).has("generationConfig")).isFalse();
        assertThat(losses).containsExactly("response_format");
    }

    @Test
    void takesItsOwnExtrasAndThoseItKnowsByOtherNames() {
        RawJson settings = RawJson.ofLiteral("[]");
        RawJson modalities = RawJson.ofLiteral("[\"text\", \"image\"]");
        extras = Map.of("safety_settings", settings, "store", RawJson.ofLiteral("true"), "modalities", modalities,
                "metadata", RawJson.ofLiteral("null"));
        user = "u";

        JsonNode body = write(HELLO);

        assertThat(body.path("safetySettings")).isEqualTo(contents("[]"));
        assertThat(body.path("generationConfig")).isEqualTo(contents("{'responseModalities':['TEXT','IMAGE']}"));
        assertThat(losses).containsExactlyInAnyOrder("store", "user");
    }

    @Test
    void saysThatFunctionsComeWithGooglesOwnTools() {
        model = "gemini-3.5-flash";
        tools = List.of(FUNCTION, new Tool.Hosted("generateContent", RawJson.ofLiteral(quoted("{'urlContext':{}}"))));
        choice = new ToolChoice.Auto();

        assertThat(write(HELLO).path("toolConfig")).isEqualTo(contents("{'includeServerSideToolInvocations':true}"));
        assertThat(write(GenerateContent.vertex(), HELLO).path("toolConfig"))
                .isEqualTo(contents("{'functionCallingConfig':{'mode':'AUTO'}}"));
        dialect = "generateContent";
        assertThat(write(HELLO).path("toolConfig").has("includeServerSideToolInvocations")).isFalse();
    }

    @Test
    void takesTheFormOfPicturesByGooglesNameAndOpenRouters() {
        extras = Map.of("image_config", RawJson.ofLiteral(quoted("{'aspect_ratio':'16:9'}")));

        assertThat(write(HELLO).path("generationConfig")).isEqualTo(contents("{'imageConfig':{'aspect_ratio':'16:9'}}"));
        extras = Map.of("imageConfig", RawJson.ofLiteral(quoted("{'aspectRatio':'16:9'}")));
        assertThat(write(HELLO).path("generationConfig")).isEqualTo(contents("{'imageConfig':{'aspectRatio':'16:9'}}"));
        assertThat(losses).isEmpty();
    }

    @Test
    void takesTheArmourOfVertexByItsName() {
        extras = Map.of("modelArmorConfig", RawJson.ofLiteral(quoted("{'promptTemplateName':'t'}")));

        assertThat(write(GenerateContent.vertex(), HELLO).at("/modelArmorConfig/promptTemplateName").asText()).isEqualTo("t");
        assertThat(write(HELLO).has("modelArmorConfig")).isFalse();
        assertThat(losses).containsExactly("modelArmorConfig");
    }

    @Test
    void searchesForClientsOfOpenAiUnlessFunctionsAreInTheWay() {
        extras = Map.of("web_search_options", RawJson.EMPTY_OBJECT);

        assertThat(write(HELLO).path("tools")).isEqualTo(contents("[{'googleSearch':{}}]"));
        assertThat(losses).isEmpty();

        tools = List.of(FUNCTION);
        assertThat(write(HELLO).path("tools")).hasSize(1);
        assertThat(losses).containsExactly("web_search_options");
    }

    @Test
    void knowsWhatIsOfVertexOnly() {
        dialect = "generateContent";
        extras = Map.of("labels", RawJson.EMPTY_OBJECT);
        Message[] talk = {HELLO, assistant(call("1", "a", null)), Message.of(Role.TOOL, List.of(result("1", "x")))};

        JsonNode gemini = write(talk);
        JsonNode vertex = write(GenerateContent.vertex(), talk);

        assertThat(gemini.has("labels")).isFalse();
        assertThat(losses).containsExactly("labels");
        assertThat(vertex.has("labels")).isTrue();
        assertThat(gemini.toString()).contains("\"id\":\"1\"");
        assertThat(vertex.toString()).doesNotContain("\"id\"");
    }

    @Test
    void losesToolsAndBlocksOfOtherProviders() {
        tools = List.of(new Tool.Hosted("messages", RawJson.EMPTY_OBJECT));

        JsonNode body = write(HELLO, assistant(Part.Text.of("x"), new Part.Opaque("messages", RawJson.EMPTY_OBJECT)));

        assertThat(body.has("tools")).isFalse();
        assertThat(losses).containsExactly("messages.content", "tools");
    }
}
