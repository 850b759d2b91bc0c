package io.deltallm.codec.dialect.gemini;

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
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.deltallm.codec.dialect.gemini.Gemini.json;
import static io.deltallm.codec.dialect.gemini.Gemini.quoted;
import static io.deltallm.codec.dialect.gemini.Gemini.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestReaderTest {
    private static final String HELLO = "'contents':[{'role':'user','parts':[{'text':'Hello'}]}]";

    private static ChatRequest read(String body) {
        return request(quoted(body));
    }

    private static List<Message> messages(String contents) {
        return read("{'contents':" + contents + "}").messages();
    }

    @Test
    void takesModelAndStreamFromThePath() {
        ChatRequest request = request(quoted("{" + HELLO + "}"), "gemini-3-pro", true);

        assertThat(request.model()).isEqualTo("gemini-3-pro");
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.dialect()).isEqualTo("generateContent");
    }

    @Test
    void putsTheInstructionFirst() {
        ChatRequest request = read("{" + HELLO + ",'system_instruction':{'parts':[{'text':'Be brief'}]}}");

        assertThat(request.messages())
                .containsExactly(Message.text(Role.SYSTEM, "Be brief"), Message.text(Role.USER, "Hello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'generationConfig':{'maxOutputTokens':7,'topP':0.5,'topK':3,'stopSequences':['a'],'candidateCount':2,"
                        + "'temperature':1,'seed':5,'presencePenalty':0.1,'frequencyPenalty':0.2,'responseLogprobs':true,"
                        + "'logprobs':4}," + HELLO + "}",
                "{'generation_config':{'max_output_tokens':7,'top_p':0.5,'top_k':3,'stop_sequences':['a'],"
                        + "'candidate_count':2,'temperature':1,'seed':5,'presence_penalty':0.1,'frequency_penalty':0.2,"
                        + "'response_logprobs':true,'logprobs':4}," + HELLO + "}"
            })
    void readsSamplingInEitherSpelling(String body) {
        assertThat(read(body).sampling())
                .isEqualTo(new Sampling(7L, 1.0, 0.5, 3L, 0.2, 0.1, 5L, 2L, List.of("a"), true, 4L, null));
    }

    @Test
    void givesCallsWithoutIdsIdsAndFindsTheirResultsByName() {
        List<Message> messages = messages(
                """
                [{'role':'user','parts':[{'text':'Go'}]},
                 {'role':'model','parts':[{'functionCall':{'name':'a','args':{'x':1}},'thoughtSignature':'sig'},
                  {'functionCall':{'name':'b'}},{'functionCall':{'name':'a','args':{'x':2}}}]},
                 {'role':'user','parts':[{'functionResponse':{'name':'b','response':{'result':'B'}}},
                  {'functionResponse':{'name':'a','response':{'result':'A1'}}},
                  {'functionResponse':{'name':'a','response':{'v':2}}},{'text':'Well?'}]}]""");

        assertThat(messages).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
        List<String> ids = messages.get(1).parts().stream().map(part -> ((Part.ToolCall) part).id()).toList();
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
        assertThat(((Part.ToolCall) messages.get(1).parts().getFirst()).signature()).isEqualTo("sig");
        assertThat(messages.get(2).parts())
                .containsExactly(
                        result(ids.get(1), "b", "B", false),
                        result(ids.get(0), "a", "A1", false),
                        result(ids.get(2), "a", quoted("{'v':2}"), false));
        assertThat(messages.get(3).text()).isEqualTo("Well?");
    }

    private static Part result(String id, String name, String text, boolean error) {
        return new Part.ToolResult(id, name, List.of(Part.Text.of(text)), error, null);
    }

    @Test
    void keepsIdsThatThereAre() {
        List<Message> messages = messages(
                """
                [{'role':'model','parts':[{'function_call':{'id':'c1','name':'a','args':{}}}]},
                 {'role':'user','parts':[{'function_response':{'id':'c1','name':'a','response':{'error':'no'}}}]}]""");

        assertThat(messages.get(0).parts())
                .containsExactly(new Part.ToolCall("c1", "a", RawJson.EMPTY_OBJECT, null, null));
        assertThat(messages.get(1).parts()).containsExactly(result("c1", "a", "no", true));
    }

    @Test
    void answersCallsOfTheLatestTurnOnly() {
        List<Message> messages = messages(
                """
                [{'role':'model','parts':[{'functionCall':{'name':'a'}}]},
                 {'role':'user','parts':[{'text':'Never mind, again'}]},
                 {'role':'model','parts':[{'functionCall':{'name':'a'}}]},
                 {'role':'user','parts':[{'functionResponse':{'name':'a','response':{}}}]}]""");

        String second = ((Part.ToolCall) messages.get(2).parts().getFirst()).id();
        assertThat(((Part.ToolResult) messages.get(3).parts().getFirst()).callId()).isEqualTo(second);
    }

    @Test
    void joinsTheThoughtsOfAStreamThatCameInPieces() {
        List<Message> messages = messages(
                """
                [{'role':'model','parts':[{'text':'Let ','thought':true}]},
                 {'role':'model','parts':[{'text':'me see','thought':true}]},
                 {'role':'model','parts':[{'text':'','thought':true,'thoughtSignature':'sig'},{'text':'Yes'}]}]""");

        assertThat(messages)
                .containsExactly(Message.of(
                        Role.ASSISTANT, List.of(new Part.Thinking("Let me see", "sig", null), Part.Text.of("Yes"))));
    }

    @Test
    void keepsATextsSignatureBehindIt() {
        List<Message> messages = messages("[{'role':'model','parts':[{'text':'Hi','thought_signature':'s'}]}]");

        assertThat(messages.getFirst().parts())
                .containsExactly(Part.Text.of("Hi"), new Part.Thinking("", "s", null));
    }

    @Test
    void tellsKindsOfMediaByTheirType() {
        List<Message> messages = messages(
                """
                [{'parts':[{'inlineData':{'mimeType':'IMAGE/png','data':'_-8'}},
                 {'inline_data':{'mime_type':'audio/wav','data':'AAAA'}},
                 {'fileData':{'fileUri':'https://youtu.be/x'}},
                 {'file_data':{'file_uri':'gs://b/c.pdf','mime_type':'application/pdf'}}]}]""");

        assertThat(messages.getFirst().parts())
                .containsExactly(
                        new Part.Image(new Media.Inline("image/png", "/+8="), null, null),
                        new Part.Audio(new Media.Inline("audio/wav", "AAAA")),
                        new Part.Video(new Media.Remote("https://youtu.be/x", null)),
                        new Part.Document(new Media.Remote("gs://b/c.pdf", "application/pdf"), null, null));
    }

    @Test
    void carriesCodeThatGoogleRanAsItIs() {
        List<Message> messages =
                messages("[{'role':'model','parts':[{'executableCode':{'language':'PYTHON','code':'1'}}]}]");

        assertThat(messages.getFirst().parts())
                .containsExactly(new Part.Opaque(
                        "generateContent",
                        RawJson.ofLiteral(quoted("{'executableCode':{'language':'PYTHON','code':'1'}}"))));
    }

    @Test
    void readsFunctionsAndGooglesOwnTools() {
        ChatRequest request = read(
                """
                {%s,'tools':[{'googleSearch':{},'functionDeclarations':[
                  {'name':'f','description':'d','parameters':{'type':'OBJECT','nullable':true,'propertyOrdering':['a'],
                   'properties':{'a':{'type':'ARRAY','min_items':'1','items':{'type':'STRING','nullable':true}}}}},
                  {'name':'g','parametersJsonSchema':{'type':'object'}},{'name':'h'}]}]}"""
                        .formatted(HELLO));

        assertThat(request.tools()).hasSize(4);
        assertThat(request.tools().getFirst())
                .isEqualTo(new Tool.Hosted("generateContent", RawJson.ofLiteral(quoted("{'googleSearch':{}}"))));
        assertThat(request.tools().get(1)).isInstanceOfSatisfying(Tool.Function.class, function -> {
            assertThat(function.name()).isEqualTo("f");
            assertThat(function.description()).isEqualTo("d");
            assertThat(json(String.valueOf(function.parameters())))
                    .isEqualTo(json(quoted(
                            """
                            {'properties':{'a':{'minItems':1,'items':{'type':['string','null']},'type':'array'}},
                             'type':['object','null']}""")));
        });
        assertThat(request.tools().get(3)).isEqualTo(new Tool.Function("h", null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'mode':'AUTO'} | Auto[]",
                "{'mode':'NONE'} | None[]",
                "{'mode':'ANY'} | Required[]",
                "{'mode':'ANY','allowedFunctionNames':['f']} | Named[name=f]",
                "{'mode':'ANY','allowed_function_names':['f','g']} | Allowed[names=[f, g], required=true]",
                "{'mode':'VALIDATED','allowedFunctionNames':['f']} | Allowed[names=[f], required=false]"
            },
            quoteCharacter = '`')
    void readsTheChoiceOfTools(String config, String choice) {
        ChatRequest request = read("{" + HELLO + ",'toolConfig':{'functionCallingConfig':" + config + "}}");

        assertThat(request.toolChoice()).hasToString(choice);
    }

    @Test
    void saysNothingOfTheChoiceWhereTheModeIsUnspecified() {
        ChatRequest request = read("{" + HELLO + ",'toolConfig':{'functionCallingConfig':{'mode':'MODE_UNSPECIFIED'}}}");

        assertThat(request.toolChoice()).isNull();
    }

    @Test
    void readsTheFormOfTheAnswer() {
        String schema = "{'generationConfig':{'responseMimeType':'application/json','responseSchema':{'type':'STRING'}}," + HELLO + "}";
        String object = "{'generationConfig':{'responseMimeType':'application/json'}," + HELLO + "}";
        String plain = "{'generationConfig':{'responseMimeType':'text/plain'}," + HELLO + "}";

        assertThat(read(schema).responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema(
                        "response", null, RawJson.ofLiteral(quoted("{'type':'string'}")), null));
        assertThat(read(object).responseFormat()).isEqualTo(new ResponseFormat.JsonObject());
        assertThat(read(plain).responseFormat()).isNull();
    }

    @Test
    void readsHowMuchToThink() {
        String config = "{'generationConfig':{'thinkingConfig':%s}," + HELLO + "}";

        assertThat(read(config.formatted("{'includeThoughts':true,'thinkingBudget':100}")).reasoning())
                .isEqualTo(new Reasoning(null, 100L, "auto"));
        assertThat(read(config.formatted("{'thinking_level':'LOW'}")).reasoning())
                .isEqualTo(new Reasoning("low", null, "none"));
        assertThat(read("{" + HELLO + "}").reasoning()).isNull();
    }

    @Test
    void keepsWhatTheHubHasNoWordForUnderItsName() {
        ChatRequest request = read("{" + HELLO + ",'safety_settings':[],'cachedContent':'cachedContents/1','labels':{'a':'b'},"
                + "'toolConfig':{'retrievalConfig':{}},'generationConfig':{'speechConfig':{},'mediaResolution':null}}");

        assertThat(request.extras())
                .containsOnlyKeys(
                        "safetySettings", "cachedContent", "labels", "toolConfig.retrievalConfig",
                        "generationConfig.speechConfig");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | contents",
                "{'contents':[]} | contents",
                "{'contents':[{'parts':[{}]}]} | contents[0].parts[0]",
                "{'contents':[{'parts':[{'inlineData':{'data':'AAAA'}}]}]} | contents[0].parts[0]"
            })
    void refusesWhatSaysNothingAndNamesThePlace(String body, String param) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.error().param()).isEqualTo(param));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | ``",
                "{'contents':7} | contents",
                "{'contents':[{'role':'system','parts':[{'text':'x'}]}]} | contents[0].role",
                "{'contents':[{'role':7}]} | contents[0].role",
                "{'contents':[{'parts':[{'text':7}]}]} | contents[0].parts[0].text",
                "{'contents':[{'parts':[{'functionCall':{}}]}]} | contents[0].parts[0].functionCall",
                "{'contents':[{'parts':[{'functionCall':{'name':'f','args':[]}}]}]} | contents[0].parts[0].functionCall.args",
                "{'generationConfig':{'maxOutputTokens':'many'}} | generationConfig.maxOutputTokens",
                "{'generationConfig':{'stopSequences':[1]}} | generationConfig.stopSequences[0]",
                "{'tools':[{'functionDeclarations':[{}]}]} | tools[0].functionDeclarations[0]",
                "{'tools':'all'} | tools",
                "{'toolConfig':{'functionCallingConfig':{'allowedFunctionNames':'f'}}} | toolConfig.functionCallingConfig.allowedFunctionNames"
            })
    void refusesWrongTypesAndNamesThePlace(String body, String path) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(JsonProblem.class, problem -> assertThat(problem.path()).isEqualTo(path));
    }

    @Test
    void readsARequestForACount() {
        String body = quoted("{'generateContentRequest':{'model':'models/x'," + HELLO + "}}");

        ChatRequest request = request(body);

        assertThat(request.messages()).containsExactly(Message.text(Role.USER, "Hello"));
    }
}
