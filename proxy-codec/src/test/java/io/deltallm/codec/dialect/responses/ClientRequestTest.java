package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What a client may ask for, and how it is told what it may not.
class ClientRequestTest {

    private static ChatRequest read(String body) {
        byte[] utf8 = Transcript.quoted(body).getBytes(StandardCharsets.UTF_8);
        return Transcript.RESPONSES.readRequest(new JsonCursor().over(utf8), PathCall.NONE);
    }

    private static List<Message> input(String items) {
        return read("{'model':'m','input':" + items + "}").messages();
    }

    @Test
    void readsAStringAsWhatTheUserSaysAfterTheInstructions() {
        ChatRequest request = read("{'input':'Hi','instructions':'Be brief','model':'m'}");

        assertThat(request.messages())
                .containsExactly(Message.text(Role.SYSTEM, "Be brief"), Message.text(Role.USER, "Hi"));
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isFalse();
    }

    @Test
    void readsMessagesOfAllRoles() {
        assertThat(input("""
                [{'role':'system','content':'a'},{'content':[{'text':'b','type':'input_text'}],'role':'developer','type':'message'},
                {'role':'user','content':'c'},{'role':'assistant','content':[{'type':'output_text','text':'d','annotations':[]},
                {'type':'refusal','refusal':'e'}]}]"""))
                .containsExactly(
                        Message.text(Role.SYSTEM, "a"),
                        Message.text(Role.DEVELOPER, "b"),
                        Message.text(Role.USER, "c"),
                        Message.of(Role.ASSISTANT, List.of(Part.Text.of("d"), new Part.Refusal("e"))));
    }

    @Test
    void makesOneTurnOfWhatTheAssistantSaysInARowAndOneOfItsResults() {
        assertThat(input("""
                [{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'a'},{'type':'summary_text','text':'b'}],
                'encrypted_content':'proof'},
                {'role':'assistant','content':'Let me see'},
                {'type':'function_call','call_id':'c1','name':'f','arguments':'{\\"x\\":1}',
                 'extra_content':{'google':{'thought_signature':'sig'}}},
                {'type':'function_call','call_id':'c2','name':'g','arguments':''},
                {'type':'function_call_output','call_id':'c2','output':'two'},
                {'type':'function_call_output','call_id':'c1','output':[{'type':'input_text','text':'one'},
                 {'type':'input_image','image_url':'https://a/b.png','detail':'low'}]},
                {'role':'user','content':'Well?'}]"""))
                .containsExactly(
                        Message.of(Role.ASSISTANT, List.of(
                                new Part.Thinking("a\n\nb", "proof", "rs_1"),
                                Part.Text.of("Let me see"),
                                new Part.ToolCall("c1", "f", RawJson.ofLiteral("{\"x\":1}"), "sig", null),
                                new Part.ToolCall("c2", "g", RawJson.EMPTY_OBJECT, null, null))),
                        Message.of(Role.TOOL, List.of(
                                new Part.ToolResult("c2", "g", List.of(Part.Text.of("two")), false, null),
                                new Part.ToolResult("c1", "f", List.of(
                                        Part.Text.of("one"),
                                        new Part.Image(new Media.Remote("https://a/b.png", null), "low", null)), false, null))),
                        Message.text(Role.USER, "Well?"));
    }

    @Test
    void readsThoughtsThatOnlyTheProviderCanRead() {
        assertThat(input("[{'type':'reasoning','summary':[],'encrypted_content':'secret','id':'rs_1'}]"))
                .containsExactly(Message.of(Role.ASSISTANT, List.of(new Part.RedactedThinking("secret", "rs_1"))));
    }

    @Test
    void readsThoughtsWithoutASummaryAndDropsEmptyOnes() {
        assertThat(input("""
                [{'type':'reasoning','id':'1','summary':[],'content':[{'type':'reasoning_text','text':'t'}],'encrypted_content':null},
                {'type':'reasoning','id':'2','summary':[]}]"""))
                .containsExactly(Message.of(Role.ASSISTANT, List.of(new Part.Thinking("t", null, "1"))));
    }

    @Test
    void readsPicturesFilesAndSounds() {
        assertThat(input("""
                [{'role':'user','content':[{'type':'input_image','image_url':'data:image/png;base64,AAAA'},
                {'type':'input_image','file_id':'file-1'},
                {'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,BBBB'},
                {'type':'input_file','file_url':'https://a/b.pdf'},{'type':'input_file','file_id':'file-2'},
                {'type':'input_audio','input_audio':{'data':'CCCC','format':'mp3'}},
                {'type':'input_text','text':'x','prompt_cache_breakpoint':{'mode':'explicit'}}]}]""").getFirst().parts())
                .containsExactly(
                        new Part.Image(new Media.Inline("image/png", "AAAA"), null, null),
                        new Part.Image(new Media.Uploaded("file-1"), null, null),
                        new Part.Document(new Media.Inline("application/pdf", "BBBB"), "a.pdf", null),
                        new Part.Document(new Media.Remote("https://a/b.pdf", null), null, null),
                        new Part.Document(new Media.Uploaded("file-2"), null, null),
                        new Part.Audio(new Media.Inline("audio/mpeg", "CCCC")),
                        new Part.Text("x", CacheMark.DEFAULT));
    }

    @Test
    void readsCallsOfCustomToolsAndCallsWithoutArguments() {
        assertThat(input("""
                [{'type':'custom_tool_call','call_id':'c1','name':'sql','input':'SELECT 1'},
                {'type':'function_call','call_id':'c2','name':'now','arguments':'null'},
                {'type':'custom_tool_call_output','call_id':'c1','output':'1'}]"""))
                .containsExactly(
                        Message.of(Role.ASSISTANT, List.of(
                                new Part.ToolCall("c1", "sql", RawJson.ofLiteral("{\"input\":\"SELECT 1\"}"), null, null),
                                new Part.ToolCall("c2", "now", RawJson.EMPTY_OBJECT, null, null))),
                        Message.of(Role.TOOL, List.of(
                                new Part.ToolResult("c1", "sql", List.of(Part.Text.of("1")), false, null))));
    }

    @Test
    void keepsItemsOfHostedToolsAsTheyAre() {
        String item = Transcript.quoted("{'type':'web_search_call','id':'ws_1','action':{'type':'search'}}");

        assertThat(input("[" + item + "]"))
                .containsExactly(Message.of(
                        Role.ASSISTANT, List.of(new Part.Opaque("responses", RawJson.ofLiteral(item)))));
    }

    @Test
    void readsTools() {
        String schema = Transcript.quoted("{'type':'object','properties':{'a':{'type':'string'}},'required':['a']}");
        String closed = schema.replace("}}", "}},\"additionalProperties\":false");
        List<Tool> tools = read("{'model':'m','input':'x','tools':["
                + "{'type':'function','name':'open','description':'d','parameters':" + schema + "},"
                + "{'type':'function','name':'closed','parameters':" + closed + "},"
                + "{'type':'function','name':'loose','parameters':" + closed + ",'strict':false},"
                + "{'type':'function','name':'bare','parameters':null,'strict':true},{'type':'web_search'}]}").tools();

        RawJson open = RawJson.ofLiteral(schema);
        RawJson strict = RawJson.ofLiteral(closed);
        assertThat(tools)
                .containsExactly(
                        new Tool.Function("open", "d", open, false, null),
                        new Tool.Function("closed", null, strict, true, null),
                        new Tool.Function("loose", null, strict, false, null),
                        new Tool.Function("bare", null, null, true, null),
                        new Tool.Hosted("responses", RawJson.ofLiteral("{\"type\":\"web_search\"}")));
    }

    @Test
    void readsTheChoiceAmongTools() {
        assertThat(choice("'auto'")).isEqualTo(new ToolChoice.Auto());
        assertThat(choice("'none'")).isEqualTo(new ToolChoice.None());
        assertThat(choice("'required'")).isEqualTo(new ToolChoice.Required());
        assertThat(choice("{'type':'function','name':'f'}")).isEqualTo(new ToolChoice.Named("f"));
        assertThat(choice("{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'f'}]}"))
                .isEqualTo(new ToolChoice.Allowed(List.of("f"), true));
        assertThat(choice("null")).isNull();
    }

    private static @Nullable ToolChoice choice(String choice) {
        return read("{'model':'m','input':'x','tool_choice':" + choice + "}").toolChoice();
    }

    @Test
    void keepsTheChoiceOfAHostedToolForThisFormatOnly() {
        ChatRequest request = read("{'model':'m','input':'x','tool_choice':{'type':'web_search_preview'}}");

        assertThat(request.toolChoice()).isNull();
        assertThat(request.extras()).containsOnlyKeys("tool_choice");
    }

    @Test
    void readsSettings() {
        ChatRequest request = read("""
                {'model':'m','input':'x','max_output_tokens':99,'temperature':0.5,'top_p':0.25,'top_logprobs':3,'user':'u',
                'include':['reasoning.encrypted_content','message.output_text.logprobs'],'parallel_tool_calls':false,'stream':true,
                'reasoning':{'effort':'HIGH','summary':'auto'},'text':{'format':{'type':'json_schema','name':'n','schema':{},
                'strict':true},'verbosity':'low'},'metadata':{'a':'b'},'store':false,'truncation':'disabled',
                'background':false,'previous_response_id':null,'service_tier':'flex'}""");

        assertThat(request.sampling().maxTokens()).isEqualTo(99);
        assertThat(request.sampling().temperature()).isEqualTo(0.5);
        assertThat(request.sampling().topP()).isEqualTo(0.25);
        assertThat(request.sampling().topLogprobs()).isEqualTo(3);
        assertThat(request.sampling().logprobs()).isTrue();
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(request.stream()).isTrue();
        assertThat(request.reasoning()).isEqualTo(new Reasoning("high", null, "auto"));
        assertThat(request.responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("n", null, RawJson.ofLiteral("{}"), true));
        assertThat(request.extras()).containsOnlyKeys("metadata", "service_tier", "verbosity");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'input':'x'}                                                   | model
            {'model':7,'input':'x'}                                         | model
            {'model':'m'}                                                   | input
            {'model':'m','input':7}                                         | input
            {'model':'m','input':['x']}                                     | input[0]
            {'model':'m','input':[{'role':'tool','content':'x'}]}           | input[0].role
            {'model':'m','input':[{'role':'user'}]}                         | input[0].content
            {'model':'m','input':[{'role':'user','content':[{'type':'audio'}]}]} | input[0].content[0].type
            {'model':'m','input':[{'role':'user','content':[{'type':'input_image'}]}]} | input[0].content[0].image_url
            {'model':'m','input':[{'role':'user','content':[{'type':'input_file'}]}]} | input[0].content[0].file_data
            {'model':'m','input':[{'type':'item_reference','id':'msg_1'}]}  | input[0]
            {'model':'m','input':[{'type':'function_call','call_id':'c','name':'f','arguments':{}}]} | input[0].arguments
            {'model':'m','input':[{'type':'function_call','name':'f'}]}     | input[0].call_id
            {'model':'m','input':[{'type':'function_call_output','call_id':'c'}]} | input[0].output
            {'model':'m','input':'x','previous_response_id':'resp_1'}       | previous_response_id
            {'model':'m','input':'x','conversation':{'id':'conv_1'}}        | conversation
            {'model':'m','input':'x','prompt':{'id':'p'}}                   | prompt
            {'model':'m','input':'x','background':true}                     | background
            {'model':'m','input':'x','tools':[{'type':'function'}]}         | tools[0].name
            {'model':'m','input':'x','tools':[{'type':'function','name':'f','parameters':[]}]} | tools[0].parameters
            {'model':'m','input':'x','tools':{}}                            | tools
            {'model':'m','input':'x','tool_choice':'maybe'}                 | tool_choice
            {'model':'m','input':'x','tool_choice':{'type':'function'}}     | tool_choice.name
            {'model':'m','input':'x','tool_choice':{'type':'allowed_tools','mode':'x'}} | tool_choice.mode
            {'model':'m','input':'x','temperature':'hot'}                   | temperature
            {'model':'m','input':'x','max_output_tokens':'many'}            | max_output_tokens
            {'model':'m','input':'x','stream':1}                            | stream
            {'model':'m','input':'x','include':[1]}                         | include[0]
            {'model':'m','input':'x','text':{'format':{'type':'xml'}}}      | text.format.type
            {'model':'m','input':'x','text':{'format':{'type':'json_schema','name':'n'}}} | text.format.schema
            {'model':'m','input':'x','reasoning':'high'}                    | reasoning
            """)
    void refusesNonsenseByTheNameOfTheField(String body, String field) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.error().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(refused.error().param()).isEqualTo(field);
            assertThat(refused.error().message()).startsWith(field + " ");
        });
    }

    @Test
    void saysWhatToDoWhereTheProviderWouldKeepTheConversation() {
        assertThatThrownBy(() -> read("{'model':'m','input':'x','previous_response_id':'resp_1'}"))
                .hasMessageContaining("send the whole conversation in input");
    }
}
