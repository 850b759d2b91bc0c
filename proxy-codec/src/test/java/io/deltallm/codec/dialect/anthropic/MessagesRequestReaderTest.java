package io.deltallm.codec.dialect.anthropic;

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
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessagesRequestReaderTest {

    private static JsonCursor cursor(String body) {
        return new JsonCursor().over(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ChatRequest read(String body) {
        return new Messages().readRequest(cursor(body), PathCall.NONE);
    }

    private static ChatRequest with(String fields) {
        return read("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]," + fields + "}");
    }

    private static List<Message> messages(String list) {
        return read("{'model':'m','max_tokens':9,'messages':" + list + "}").messages();
    }

    @Test
    void readsTheLeastOfARequest() {
        ChatRequest request = read("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}");

        assertThat(request.dialect()).isEqualTo("messages");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.sampling().maxTokens()).isEqualTo(9);
        assertThat(request.messages()).containsExactly(Message.text(Role.USER, "Hi"));
        assertThat(request.stream()).isFalse();
        assertThat(request.reasoning()).isNull();
        assertThat(request.extras()).isEmpty();
    }

    @Test
    void putsInstructionsFirstWhereverTheyStand() {
        ChatRequest request = with("'system':[{'type':'text','text':'One','cache_control':{'type':'ephemeral','ttl':'1h'}}]");

        assertThat(request.messages().getFirst())
                .isEqualTo(Message.of(Role.SYSTEM, List.of(new Part.Text("One", new CacheMark("1h")))));
    }

    @Test
    void partsToolResultsFromWhatStandsBesideThem() {
        List<Message> messages = messages("[{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'add','input':{'a':1},"
                + "'extra_content':{'google':{'thought_signature':'s1'}}}]},"
                + "{'role':'user','content':[{'type':'text','text':'see'},{'type':'tool_result','tool_use_id':'t1',"
                + "'is_error':true,'content':[{'type':'text','text':'no'},{'type':'image','source':"
                + "{'type':'base64','media_type':'image/PNG','data':'AA=='}}]}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t2','content':'x'}]}]");

        assertThat(messages.get(1).parts())
                .containsExactly(new Part.ToolCall("t1", "add", RawJson.ofLiteral("{\"a\":1}"), "s1", null));
        assertThat(messages.get(2))
                .isEqualTo(Message.of(
                        Role.TOOL,
                        List.of(new Part.ToolResult(
                                "t1",
                                "add",
                                List.of(
                                        Part.Text.of("no"),
                                        new Part.Image(new Media.Inline("image/png", "AA=="), null, null)),
                                true,
                                null))));
        assertThat(messages.get(3)).isEqualTo(Message.text(Role.USER, "see"));
        assertThat(messages.get(4).role()).isEqualTo(Role.TOOL);
    }

    @Test
    void joinsResultsThatFollowEachOther() {
        List<Message> messages = messages("[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'b','content':'x'}]}]");

        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst().parts()).hasSize(2);
    }

    @Test
    void readsThoughtsDocumentsAndBlocksOfItsOwn() {
        List<Part> parts = messages("[{'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'s'},"
                        + "{'type':'thinking','thinking':'','signature':''},{'type':'redacted_thinking','data':'d'},"
                        + "{'type':'server_tool_use','id':'x','name':'web_search','input':{}},"
                        + "{'type':'document','title':'T','source':{'type':'text','media_type':'text/plain','data':'D'}},"
                        + "{'type':'document','source':{'type':'content','content':[{'type':'text','text':'A'},"
                        + "{'type':'text','text':'B'}]}},{'type':'image','source':{'type':'file','file_id':'f'}},"
                        + "{'type':'image','source':{'type':'url','url':'data:image/gif;base64,R0lG'}}]}]")
                .getFirst()
                .parts();

        assertThat(parts)
                .containsExactly(
                        new Part.Thinking("hm", "s", null),
                        new Part.Thinking("", null, null),
                        new Part.RedactedThinking("d", null),
                        new Part.Opaque(
                                "messages",
                                RawJson.ofLiteral("{\"type\":\"server_tool_use\",\"id\":\"x\",\"name\":\"web_search\","
                                        + "\"input\":{}}")),
                        new Part.Document(new Media.PlainText("D"), "T", null),
                        new Part.Document(new Media.PlainText("A\nB"), null, null),
                        new Part.Image(new Media.Uploaded("f"), null, null),
                        new Part.Image(new Media.Inline("image/gif", "R0lG"), null, null));
    }

    @Test
    void readsToolsAndTheirChoice() {
        ChatRequest request = with("'tools':[{'name':'a','description':'d','input_schema':{'type':'object'},'strict':true},"
                + "{'type':'custom','name':'b'},{'type':'web_fetch_20250910','name':'web_fetch'}],"
                + "'tool_choice':{'type':'tool','name':'a','disable_parallel_tool_use':true}");

        assertThat(request.tools())
                .containsExactly(
                        new Tool.Function("a", "d", RawJson.ofLiteral("{\"type\":\"object\"}"), true, null),
                        new Tool.Function("b", null, null, null, null),
                        new Tool.Hosted(
                                "messages",
                                RawJson.ofLiteral("{\"type\":\"web_fetch_20250910\",\"name\":\"web_fetch\"}")));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("a"));
        assertThat(request.parallelToolCalls()).isFalse();
    }

    @Test
    void readsHowToThinkAndInWhatForm() {
        ChatRequest request = with("'thinking':{'type':'adaptive','display':'omitted'},'output_config':{'effort':'High',"
                + "'format':{'type':'json_schema','schema':{'type':'object'}},'task_budget':{'total':5}}");

        assertThat(request.reasoning()).isEqualTo(new Reasoning("high", -1L, "none"));
        assertThat(request.responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("answer", null, RawJson.ofLiteral("{\"type\":\"object\"}"), true));
        assertThat(request.extras()).containsOnlyKeys("output_config");
        assertThat(request.extras().get("output_config")).hasToString("{\"task_budget\":{\"total\":5}}");
        assertThat(with("'thinking':{'type':'enabled','budget_tokens':2000}").reasoning())
                .isEqualTo(new Reasoning(null, 2000L, null));
        assertThat(with("'thinking':{'type':'disabled'}").reasoning()).isEqualTo(new Reasoning(null, 0L, null));
    }

    @Test
    void doesNotLetEffortSwitchOnThinkingThatIsOff() {
        ChatRequest request = with("'output_config':{'effort':'high'},'thinking':{'type':'disabled'}");

        assertThat(request.reasoning()).isEqualTo(new Reasoning("none", 0L, null));
        assertThat(request.extras().get("output_config")).hasToString("{\"effort\":\"high\"}");
    }

    @Test
    void readsTheRestAndKeepsWhatItDoesNotKnow() {
        ChatRequest request = with("'stop_sequences':['a'],'stream':true,'temperature':0.5,'top_p':0.9,'top_k':5,"
                + "'metadata':{'user_id':'u'},'context_management':{'edits':[]},'service_tier':'auto','container':null");

        assertThat(request.sampling().stop()).containsExactly("a");
        assertThat(request.sampling().temperature()).isEqualTo(0.5);
        assertThat(request.sampling().topP()).isEqualTo(0.9);
        assertThat(request.sampling().topK()).isEqualTo(5);
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.extras()).containsOnlyKeys("context_management", "service_tier");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'max_tokens':9,'messages':[{'role':'user','content':'Hi'}]} | model: Field required",
                "{'model':'m','messages':[{'role':'user','content':'Hi'}]} | max_tokens: Field required",
                "{'model':'m','max_tokens':9} | messages: Field required",
                "{'model':'m','max_tokens':9,'messages':[]} | messages: at least one message is required",
                "{'model':'m','max_tokens':0,'messages':[]} | max_tokens: Input should be greater than or equal to 1, not 0",
                "{'model':'m','max_tokens':9,'messages':[{'content':'x'}]} | messages.0.role: Field required",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user'}]} | messages.0.content: Field required",
                "{'model':'m','max_tokens':9,'messages':[{'role':'bot','content':'x'}]} "
                        + "| messages.0.role: Input should be 'user' or 'assistant', not 'bot'",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':5}]} "
                        + "| messages.0.content: Input should be a string or a list of content blocks",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'text':'x'}]}]} "
                        + "| messages.0.content.0.type: Field required",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'text','text':5}]}]} "
                        + "| messages.0.content.0.text: is 5 (expected: a string)",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'image'}]}]} "
                        + "| messages.0.content.0.source: Field required",
                "{'model':'m','max_tokens':9,'temperature':1.5,'messages':[]} "
                        + "| temperature: Input should be between 0 and 1, not 1.5",
                "{'model':'m','max_tokens':9,'tool_choice':{'type':'x'},'messages':[]} "
                        + "| tool_choice.type: Input should be 'auto', 'any', 'tool' or 'none', not 'x'",
                "{'model':'m','max_tokens':9,'tools':[{'description':'x'}],'messages':[]} | tools.0.name: Field required",
                "{'model':'m','max_tokens':9,'system':[{'type':'image','source':{'type':'url','url':'u'}}],'messages':[]} "
                        + "| system.0.type: Input should be 'text'",
            },
            quoteCharacter = '`')
    void refusesNonsenseInAnthropicsWords(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.error().param())
                        .isEqualTo(message.substring(0, message.indexOf(':'))))
                .hasMessage(message);
    }

    @Test
    void countsWithoutALimit() {
        ChatRequest request =
                CountTokens.readCountRequest(cursor("{'model':'m','messages':[{'role':'user','content':'Hi'}]}"));
        JsonOutput out = new JsonOutput();
        CountTokens.writeCount(12, out);

        assertThat(request.sampling().maxTokens()).isNull();
        assertThat(request.messages()).hasSize(1);
        assertThat(out).hasToString("{\"input_tokens\":12}");
    }
}
