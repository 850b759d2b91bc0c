package io.deltallm.codec.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Tools that the client runs and that are no functions to it: agents edit files, run commands and search tools by them.
/// To the model they are functions, and their calls come back as the items that the client waits for.
class ClientToolsTest {
    private static final String PATCH = """
            {'type':'custom','name':'apply_patch','description':'Edits files','format':
            {'type':'grammar','syntax':'lark','definition':'start: begin'}}""";
    private static final String GROUP = """
            {'type':'namespace','name':'mcp__files','description':'Files','tools':[
            {'type':'function','name':'read','description':'Reads','strict':false,
             'parameters':{'type':'object','properties':{'path':{'type':'string'}}}},
            {'type':'custom','name':'run'}]}""";

    private static ChatRequest read(String members) {
        byte[] utf8 = Transcript.quoted("{'model':'m'," + members + "}").getBytes(StandardCharsets.UTF_8);
        return Transcript.RESPONSES.readRequest(new JsonCursor().over(utf8), PathCall.NONE);
    }

    private static ChatRequest offering(String tools) {
        return read("'input':'Hi','tools':[" + tools + "]");
    }

    private static List<Message> input(String items) {
        return read("'input':[" + items + "]").messages();
    }

    private static Tool.Function function(ChatRequest request, int tool) {
        return (Tool.Function) request.tools().get(tool);
    }

    /// The whole reply's items; the stream of the same calls is checked to end with them.
    ///
    /// @param calls each a name and its arguments
    private static JsonNode called(ChatRequest request, String... calls) {
        List<ChatEvent> events = new ArrayList<>();
        for (int i = 0; i < calls.length / 2; i++) {
            events.add(new ChatEvent.ToolStarted(
                    0, i, RawJson.ofText("c" + i), RawJson.ofText(calls[2 * i]), null));
        }
        for (int i = 0; i < calls.length / 2; i++) {
            String arguments = Transcript.quoted(calls[2 * i + 1]);
            int half = arguments.length() / 2;
            events.add(new ChatEvent.ToolDelta(0, i, RawJson.ofText(arguments.substring(0, half))));
            events.add(new ChatEvent.ToolDelta(0, i, RawJson.ofText(arguments.substring(half))));
        }
        events.add(new ChatEvent.Stopped(0, FinishReason.TOOL_CALLS, null));
        JsonNode plain = Transcript.json(Transcript.write(events, Transcript.call(false), request));
        String stream = Transcript.write(events, Transcript.call(true), request);
        LadderCheck.walk(stream);
        List<JsonNode> steps = Transcript.data(stream);
        assertThat(steps.getLast().path("response")).isEqualTo(plain);
        OpenAiSchema.check("Response", plain);
        steps.forEach(step -> OpenAiSchema.check("ResponseStreamEvent", step));
        return plain.path("output");
    }

    private static JsonNode json(String json) {
        return Transcript.json(Transcript.quoted(json));
    }

    @Test
    void readsACustomToolAsAFunctionOfOneText() {
        Tool.Function function = function(offering(PATCH), 0);

        assertThat(function.name()).isEqualTo("apply_patch");
        assertThat(function.description()).startsWith("Edits files").endsWith("lark grammar:\nstart: begin");
        JsonNode parameters = Transcript.json(Objects.requireNonNull(function.parameters()).json());
        assertThat(parameters.at("/properties/input/type").asText()).isEqualTo("string");
        assertThat(parameters.path("required")).isEqualTo(json("['input']"));
        assertThat(function(offering("{'type':'custom','name':'x'}"), 0).description()).isEmpty();
    }

    @Test
    void callsACustomToolByItsText() {
        ChatRequest request = offering(PATCH);

        assertThat(called(request, "apply_patch", "{'input':'*** Begin Patch\\n+\\u00e9'}")).isEqualTo(json("""
                [{'id':'ctc_0a1b_0','type':'custom_tool_call','status':'completed','call_id':'c0','name':'apply_patch',
                'input':'*** Begin Patch\\n+é'}]"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'patch':'p'}       | p
            p                   | p
            {'input':'p','x':1} | p
            {'a':1}             | {'a':1}
            {'input':'p         | {'input':'p
            """)
    void findsTheTextWhereverTheModelWroteIt(String arguments, String text) {
        assertThat(called(offering(PATCH), "apply_patch", arguments).at("/0/input").asText())
                .isEqualTo(Transcript.quoted(text));
    }

    @Test
    void takesCallsOfCustomToolsBack() {
        assertThat(input("""
                {'type':'custom_tool_call','call_id':'c1','name':'apply_patch','input':'a\\nb'},
                {'type':'custom_tool_call_output','call_id':'c1','output':'Done'}"""))
                .containsExactly(
                        Message.of(Role.ASSISTANT, List.of(new Part.ToolCall(
                                "c1", "apply_patch", RawJson.ofLiteral("{\"input\":\"a\\nb\"}"), null, null))),
                        Message.of(Role.TOOL, List.of(new Part.ToolResult(
                                "c1", "apply_patch", List.of(Part.Text.of("Done")), false, null))));
    }

    @Test
    void givesToolsOfANamespaceNamesOfTheirOwn() {
        ChatRequest request = offering(GROUP + ",{'type':'namespace','name':'gh__','description':'','tools':[{'type':'function','name':'read'}]}");

        assertThat(request.tools()).extracting(tool -> ((Tool.Function) tool).name())
                .containsExactly("mcp__files__read", "mcp__files__run", "gh__read");
        assertThat(called(request, "mcp__files__read", "{}", "mcp__files__run", "{'input':'x'}")).isEqualTo(json("""
                [{'id':'fc_0a1b_0','type':'function_call','status':'completed','call_id':'c0','name':'read',
                'namespace':'mcp__files','arguments':'{}'},
                {'id':'ctc_0a1b_1','type':'custom_tool_call','status':'completed','call_id':'c1','name':'run',
                'namespace':'mcp__files','input':'x'}]"""));
        assertThat(input("{'type':'function_call','call_id':'c','namespace':'mcp__files','name':'read','arguments':'{}'}"))
                .containsExactly(Message.of(Role.ASSISTANT, List.of(
                        new Part.ToolCall("c", "mcp__files__read", RawJson.EMPTY_OBJECT, null, null))));
    }

    @Test
    void repeatsToolsAsTheClientDefinedThem() {
        String reply = Transcript.write(List.of(), Transcript.call(false), offering(PATCH + "," + GROUP));

        assertThat(Transcript.json(reply).path("tools")).isEqualTo(json("[" + PATCH + "," + GROUP + "]"));
    }

    @Test
    void keepsLongNamesWithinWhatProvidersTake() {
        String name = FlatName.of("n".repeat(50), "t".repeat(50));

        assertThat(name).hasSizeLessThanOrEqualTo(64).isNotEqualTo(FlatName.of("n".repeat(50), "t".repeat(49) + "u"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'local_shell'}                            | local_shell | {'command':['ls'],'timeout_ms':9}
            {'type':'shell','environment':{'type':'local'}}   | shell       | {'commands':['ls'],'timeout_ms':9,'max_output_length':5}
            {'type':'apply_patch'}                            | apply_patch | {'type':'update_file','path':'a','diff':'+b'}
            {'type':'tool_search','execution':'client'}       | tool_search | {'query':'mail'}
            """)
    void takesCallsBackAsItWroteThem(String tool, String name, String arguments) {
        JsonNode item = called(offering(tool), name, arguments).get(0);

        assertThat(item.path("type").asText()).isEqualTo(name + "_call");
        assertThat(item.path("call_id").asText()).isEqualTo("c0");
        Part.ToolCall call = (Part.ToolCall) input(item.toString()).getFirst().parts().getFirst();
        assertThat(call.name()).isEqualTo(name);
        assertThat(Transcript.json(call.arguments().json()).properties()).containsAll(json(arguments).properties());
    }

    @Test
    void tellsACallWithAnObjectOnlyOnceItIsWhole() {
        ChatRequest request = offering("{'type':'local_shell'},{'type':'function','name':'f'}");

        JsonNode output = called(request, "local_shell", "{'command':['ls']}", "f", "{}", "local_shell", "{'command':[");

        assertThat(output.findValuesAsText("type")).contains("function_call", "local_shell_call");
        assertThat(output).hasSize(3);
        assertThat(output.findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void readsWhatCommandsAndPatchesAnswered() {
        List<Message> messages = input("""
                {'type':'local_shell_call','id':'l1','action':{'type':'exec','command':['ls'],'env':{}},'status':'completed'},
                {'type':'shell_call','call_id':'c2','action':{'commands':['ls']}},
                {'type':'apply_patch_call','call_id':'c3','status':'completed','operation':{'type':'delete_file','path':'a'}},
                {'type':'local_shell_call_output','id':'l1','output':'one'},
                {'type':'shell_call_output','call_id':'c2','output':[{'stdout':'two','stderr':''}]},
                {'type':'apply_patch_call_output','call_id':'c3','status':'failed','output':'three'}""");

        assertThat(messages.getLast().parts()).containsExactly(
                new Part.ToolResult("l1", "local_shell", List.of(Part.Text.of("one")), false, null),
                new Part.ToolResult(
                        "c2", "shell", List.of(Part.Text.of("[{\"stdout\":\"two\",\"stderr\":\"\"}]")), false, null),
                new Part.ToolResult("c3", "apply_patch", List.of(Part.Text.of("three")), true, null));
    }

    @Test
    void offersToolsThatWereFoundOrComeLater() {
        ChatRequest request = read("""
                'input':[{'type':'additional_tools','role':'developer','tools':[{'type':'function','name':'late'}]},
                {'role':'user','content':'Hi'},
                {'type':'tool_search_call','call_id':'c1','execution':'client','arguments':{'query':'mail'}},
                {'type':'tool_search_output','call_id':'c1','execution':'client','tools':[
                 {'type':'function','name':'send_mail','defer_loading':true,'parameters':{'type':'object','properties':{}}}]}],
                'tools':[{'type':'function','name':'late'},{'type':'tool_search','execution':'client'}]""");

        assertThat(request.tools()).extracting(tool -> ((Tool.Function) tool).name())
                .containsExactly("late", "tool_search", "send_mail");
        assertThat(request.messages().getLast().parts()).containsExactly(
                new Part.ToolResult("c1", "tool_search", List.of(Part.Text.of("Found: send_mail")), false, null));
    }

    @Test
    void leavesToTheProviderWhatItRunsItself() {
        assertThat(offering("{'type':'tool_search'},{'type':'shell','environment':{'type':'container_auto'}}").tools())
                .hasSize(2).allMatch(Tool.Hosted.class::isInstance);
    }

    @Test
    void choosesSuchATool() {
        assertThat(read("'input':'Hi','tools':[" + PATCH + "],'tool_choice':{'type':'custom','name':'apply_patch'}").toolChoice())
                .isEqualTo(new ToolChoice.Named("apply_patch"));
        assertThat(read("'input':'Hi','tool_choice':{'type':'shell'}").toolChoice()).isEqualTo(new ToolChoice.Named("shell"));
        assertThat(read("'input':'Hi','tool_choice':{'type':'allowed_tools','mode':'auto','tools':[{'type':'custom','name':'a'}]}")
                        .toolChoice())
                .isEqualTo(new ToolChoice.Allowed(List.of("a"), false));
    }
}
