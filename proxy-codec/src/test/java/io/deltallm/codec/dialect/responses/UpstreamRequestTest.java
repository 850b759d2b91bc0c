package io.deltallm.codec.dialect.responses;

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
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What a provider of the format is asked for, whatever the client speaks.
class UpstreamRequestTest {
    private static final String CHAT = "chat/completions";

    private final List<String> losses = new ArrayList<>();

    private JsonNode write(ChatRequest request) {
        return write(request, Transcript.target("openai", losses));
    }

    private static JsonNode write(ChatRequest request, UpstreamCall call) {
        JsonOutput out = new JsonOutput();
        Transcript.RESPONSES.writeRequest(request, call, out);
        return Transcript.json(out.toString());
    }

    private static JsonNode expected(String json) {
        return Transcript.json(Transcript.quoted(json));
    }

    private static ChatRequest chat(Message... messages) {
        return chat(List.of(messages), List.of(), null, Sampling.NONE, null, null, Map.of());
    }

    private static ChatRequest chat(
            List<Message> messages,
            List<Tool> tools,
            @Nullable ToolChoice choice,
            Sampling sampling,
            @Nullable ResponseFormat format,
            @Nullable Reasoning reasoning,
            Map<String, RawJson> extras) {
        return new ChatRequest(
                CHAT, "m", messages, tools, choice, null, sampling, format, reasoning, false, false, null, extras);
    }

    private static ChatRequest sampled(Sampling sampling) {
        return chat(List.of(), List.of(), null, sampling, null, null, Map.of());
    }

    @Test
    void asksForNothingToBeKeptAndForEncryptedThoughts() {
        assertThat(write(chat(Message.text(Role.SYSTEM, "Be brief"), Message.text(Role.USER, "Hi"))))
                .isEqualTo(expected("{'model':'o-model','instructions':'Be brief','input':[{'role':'user','content':'Hi'}],"
                        + "'store':false,'include':['reasoning.encrypted_content']}"));
    }

    @Test
    void asksNoThoughtsOfModelsThatHaveNone() {
        UpstreamCall call = new UpstreamCall("gpt-4o", "openai", Set.of(), 10, losses::add);

        assertThat(write(chat(Message.text(Role.USER, "Hi")), call).has("include")).isFalse();
    }

    @Test
    void keepsOtherInstructionsInTheirPlaces() {
        assertThat(write(chat(
                        Message.text(Role.DEVELOPER, "a"), Message.text(Role.USER, "b"), Message.text(Role.SYSTEM, "c")))
                .path("input"))
                .isEqualTo(expected("[{'role':'developer','content':'a'},{'role':'user','content':'b'},"
                        + "{'role':'system','content':'c'}]"));
        assertThat(write(chat(Message.text(Role.SYSTEM, "only"))).path("input"))
                .isEqualTo(expected("[{'role':'system','content':'only'}]"));
    }

    @Test
    void writesATurnWithToolsAsItems() {
        assertThat(write(chat(
                        Message.of(Role.ASSISTANT, List.of(
                                new Part.Thinking("hm", "proof", "rs_1"),
                                new Part.RedactedThinking("secret", null),
                                Part.Text.of("a"),
                                new Part.Refusal("b"),
                                new Part.ToolCall("c1", "f", RawJson.ofLiteral("{\"q\":\"\\\"x\\\"\"}"), null, null),
                                Part.Text.of("c"))),
                        Message.of(Role.TOOL, List.of(
                                new Part.ToolResult("c1", null, List.of(Part.Text.of("r")), true, null)))))
                .path("input"))
                .isEqualTo(Transcript.json("""
                        [{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
                        "encrypted_content":"proof"},
                        {"type":"reasoning","summary":[],"encrypted_content":"secret"},
                        {"role":"assistant","content":[{"type":"output_text","text":"a"},{"type":"refusal","refusal":"b"}]},
                        {"type":"function_call","call_id":"c1","name":"f","arguments":"{\\"q\\":\\"\\\\\\"x\\\\\\"\\"}"},
                        {"role":"assistant","content":[{"type":"output_text","text":"c"}]},
                        {"type":"function_call_output","call_id":"c1","output":"r"}]"""));
        assertThat(losses).isEmpty();
    }

    @Test
    void returnsThoughtsWithoutProofOnlyToThoseWhoGiveNone() {
        ChatRequest request = chat(
                Message.of(Role.ASSISTANT, List.of(new Part.Thinking("hm", null, null))), Message.text(Role.USER, "x"));

        assertThat(write(request).path("input")).hasSize(1);
        assertThat(losses).containsExactly("reasoning_content");
        assertThat(write(request, Transcript.target("deepseek", losses)).path("input").get(0))
                .isEqualTo(expected("{'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'hm'}]}"));
    }

    @Test
    void makesTheSameIdForACallAndItsResult() {
        String longId = "x".repeat(70);
        JsonNode input = write(chat(
                        Message.of(Role.ASSISTANT, List.of(
                                new Part.ToolCall("", "f", RawJson.EMPTY_OBJECT, null, null),
                                new Part.ToolCall("", "g", RawJson.EMPTY_OBJECT, null, null),
                                new Part.ToolCall(longId, "h", RawJson.EMPTY_OBJECT, null, null))),
                        Message.of(Role.TOOL, List.of(
                                new Part.ToolResult("", "g", List.of(), false, null),
                                new Part.ToolResult("", null, List.of(), false, null),
                                new Part.ToolResult(longId, null, List.of(), false, null)))))
                .path("input");

        assertThat(input.get(3).path("call_id")).isEqualTo(input.get(1).path("call_id"));
        assertThat(input.get(4).path("call_id")).isEqualTo(input.get(0).path("call_id"));
        assertThat(input.get(5).path("call_id")).isEqualTo(input.get(2).path("call_id"));
        assertThat(input.get(2).path("call_id").asText()).hasSizeLessThanOrEqualTo(64);
        assertThat(input.get(0).path("call_id")).isNotEqualTo(input.get(1).path("call_id"));
    }

    @Test
    void writesPicturesAndFiles() {
        assertThat(write(chat(Message.of(Role.USER, List.of(
                        new Part.Text("t", CacheMark.DEFAULT),
                        new Part.Image(new Media.Inline("image/png", "AAAA"), "low", null),
                        new Part.Image(new Media.Uploaded("file-1"), null, null),
                        new Part.Document(new Media.Inline("application/pdf", "BBBB"), null, null),
                        new Part.Document(new Media.Remote("https://a/b.pdf", null), null, null),
                        new Part.Document(new Media.PlainText("plain"), null, null)))))
                .path("input").get(0).path("content"))
                .isEqualTo(expected("[{'type':'input_text','text':'t'},"
                        + "{'type':'input_image','image_url':'data:image/png;base64,AAAA','detail':'low'},"
                        + "{'type':'input_image','file_id':'file-1'},"
                        + "{'type':'input_file','filename':'document.pdf','file_data':'data:application/pdf;base64,BBBB'},"
                        + "{'type':'input_file','file_url':'https://a/b.pdf'},{'type':'input_text','text':'plain'}]"));
    }

    @Test
    void refusesSound() {
        ChatRequest request = chat(Message.of(Role.USER, List.of(new Part.Audio(new Media.Inline("audio/wav", "AAAA")))));

        assertThatThrownBy(() -> write(request)).isInstanceOf(Refused.class).hasMessageContaining("sound");
    }

    @Test
    void writesToolsFlatAndSaysThatTheyAreNotStrict() {
        RawJson schema = RawJson.ofLiteral("{\"type\":\"object\"}");
        JsonNode body = write(chat(
                List.of(),
                List.of(
                        new Tool.Function("f", "d", schema, null, null),
                        new Tool.Function("g", null, null, true, null),
                        new Tool.Hosted("messages", RawJson.EMPTY_OBJECT)),
                new ToolChoice.Allowed(List.of("f"), false),
                Sampling.NONE,
                null,
                null,
                Map.of()));

        assertThat(body.path("tools"))
                .isEqualTo(expected("[{'type':'function','name':'f','description':'d','parameters':{'type':'object'},"
                        + "'strict':false},{'type':'function','name':'g','parameters':{'type':'object','properties':{}},"
                        + "'strict':true}]"));
        assertThat(body.path("tool_choice"))
                .isEqualTo(expected("{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]}"));
        assertThat(losses).containsExactly("tools");
    }

    @Test
    void writesSettings() {
        JsonNode body = write(chat(
                List.of(),
                List.of(),
                new ToolChoice.Auto(),
                new Sampling(3L, 0.5, 1.0, null, null, null, null, null, List.of(), true, 2L, null),
                new ResponseFormat.JsonSchema("n", null, RawJson.EMPTY_OBJECT, true),
                new Reasoning(null, 9000L, "auto"),
                Map.of("verbosity", RawJson.ofText("low"), "metadata", RawJson.EMPTY_OBJECT, "service_tier",
                        RawJson.ofText("flex"))));

        assertThat(body)
                .isEqualTo(expected("{'model':'o-model','input':[],'max_output_tokens':16,'temperature':0.5,'top_p':1,"
                        + "'top_logprobs':2,'text':{'format':{'type':'json_schema','name':'n','schema':{},'strict':true},"
                        + "'verbosity':'low'},'reasoning':{'effort':'high','summary':'auto'},'store':false,"
                        + "'include':['reasoning.encrypted_content','message.output_text.logprobs'],'metadata':{},"
                        + "'service_tier':'flex'}"));
        assertThat(losses).isEmpty();
    }

    @Test
    void tellsWhatTheFormatCannotSay() {
        write(sampled(new Sampling(
                null, null, null, 5L, 0.1, 0.1, 7L, 2L, List.of("x"), null, null, RawJson.EMPTY_OBJECT)));
        write(chat(List.of(), List.of(), null, Sampling.NONE, null, null,
                Map.of("prediction", RawJson.EMPTY_OBJECT, "truncation", RawJson.ofText("auto"))));

        assertThat(losses)
                .containsExactlyInAnyOrder(
                        "n", "stop", "seed", "top_k", "logit_bias", "frequency_penalty", "presence_penalty", "prediction");
    }

    @Test
    void saysNothingOfSettingsThatChangeNothing() {
        write(sampled(new Sampling(null, null, null, null, 0.0, 0.0, null, 1L, List.of(), null, null, null)));

        assertThat(losses).isEmpty();
    }
}
