package io.deltallm.codec.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What clients are answered, whole and streamed.
class ResponseWriterTest {
    private static final ChatEvent STOPPED = new ChatEvent.Stopped(0, FinishReason.STOP, null);

    /// The whole reply; the stream of the same events is checked to end with it.
    private static JsonNode output(ChatEvent... events) {
        return reply(events).path("output");
    }

    private static JsonNode reply(ChatEvent... events) {
        JsonNode plain = Transcript.json(Transcript.write(List.of(events), Transcript.call(false)));
        String stream = Transcript.write(List.of(events), Transcript.call(true));
        LadderCheck.walk(stream);
        List<JsonNode> steps = Transcript.data(stream);
        assertThat(steps.getLast().path("response")).isEqualTo(plain);
        OpenAiSchema.check("Response", plain);
        steps.forEach(step -> OpenAiSchema.check("ResponseStreamEvent", step));
        return plain;
    }

    private static JsonNode expected(String json) {
        return Transcript.json(Transcript.quoted(json));
    }

    private static RawJson string(String text) {
        return RawJson.ofText(text);
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, string(text));
    }

    private static ChatEvent thought(String text) {
        return new ChatEvent.ThinkingDelta(0, string(text));
    }

    private static ChatEvent call(int tool, String id, String name) {
        return new ChatEvent.ToolStarted(0, tool, string(id), string(name), null);
    }

    private static ChatEvent piece(int tool, String arguments) {
        return new ChatEvent.ToolDelta(0, tool, string(arguments));
    }

    @Test
    void writesTextInOneMessage() {
        assertThat(output(text("Say \"é"), text(""), text("\n\"!"), STOPPED))
                .isEqualTo(Transcript.json("""
                        [{"id":"msg_0a1b_0","type":"message","status":"completed","role":"assistant","content":[
                        {"type":"output_text","annotations":[],"logprobs":[],"text":"Say \\"é\\n\\"!"}]}]"""));
    }

    @Test
    void writesThoughtsTextAndCallsInTheirOrder() {
        assertThat(output(
                        thought("h"),
                        thought("m"),
                        new ChatEvent.ThinkingSignature(0, string("proof")),
                        new ChatEvent.RedactedThinking(0, string("secret")),
                        text("a"),
                        call(0, "c1", "f"),
                        piece(0, "{\"x\":"),
                        piece(0, "1}"),
                        new ChatEvent.Stopped(0, FinishReason.TOOL_CALLS, null)))
                .isEqualTo(Transcript.json("""
                        [{"id":"rs_0a1b_0","type":"reasoning","encrypted_content":"proof",
                        "summary":[{"type":"summary_text","text":"hm"}]},
                        {"id":"rs_0a1b_1","type":"reasoning","encrypted_content":"secret","summary":[]},
                        {"id":"msg_0a1b_2","type":"message","status":"completed","role":"assistant","content":[
                        {"type":"output_text","annotations":[],"logprobs":[],"text":"a"}]},
                        {"id":"fc_0a1b_3","type":"function_call","status":"completed","call_id":"c1","name":"f",
                        "arguments":"{\\"x\\":1}"}]"""));
    }

    @Test
    void keepsInterleavedCallsApart() {
        JsonNode items = output(
                call(0, "c1", "f"), call(1, "c2", "g"), piece(1, "{"), piece(0, "{}"), piece(1, "}"), call(2, "c3", "h"), STOPPED);

        assertThat(items).extracting(item -> item.path("arguments").asText()).containsExactly("{}", "{}", "{}");
        assertThat(items).extracting(item -> item.path("name").asText()).containsExactly("f", "g", "h");
    }

    @Test
    void writesCallsThatComeWholeMarkedOrWithoutId() {
        assertThat(output(
                        new ChatEvent.ToolStarted(0, 0, null, string("f"), string("mark")),
                        new ChatEvent.ToolArguments(0, 0, RawJson.ofLiteral("{\"q\":\"\\\"\"}")),
                        STOPPED))
                .isEqualTo(Transcript.json("""
                        [{"id":"fc_0a1b_0","type":"function_call","status":"completed","call_id":"call_0a1b_0","name":"f",
                        "arguments":"{\\"q\\":\\"\\\\\\"\\"}","extra_content":{"google":{"thought_signature":"mark"}}}]"""));
    }

    @Test
    void writesARefusalAsAPartOfItsOwn() {
        assertThat(output(text("a"), new ChatEvent.RefusalDelta(0, string("No")), STOPPED).path(0).path("content"))
                .isEqualTo(expected("[{'type':'output_text','annotations':[],'logprobs':[],'text':'a'},"
                        + "{'type':'refusal','refusal':'No'}]"));
    }

    @Test
    void writesSourcesAndLogprobs() {
        assertThat(output(
                        text("a"),
                        new ChatEvent.Logprobs(0, RawJson.ofLiteral(
                                "{\"content\":[{\"token\":\"a\",\"logprob\":-1,\"bytes\":[97],\"top_logprobs\":[]}]}")),
                        new ChatEvent.Cited(0, RawJson.ofLiteral(Transcript.quoted(
                                "{'type':'url_citation','url_citation':{'url':'u','title':'t','start_index':0,'end_index':1}}"))),
                        STOPPED)
                .path(0).path("content").path(0))
                .isEqualTo(expected("{'type':'output_text','annotations':[{'type':'url_citation','url':'u','title':'t',"
                        + "'start_index':0,'end_index':1}],'logprobs':[{'token':'a','logprob':-1,'bytes':[97],"
                        + "'top_logprobs':[]}],'text':'a'}"));
    }

    @Test
    void writesPicturesAndWhatHostedToolsOfTheFormatDid() {
        String search = "{'type':'web_search_call','id':'ws_1','status':'completed','action':{'type':'search','query':'q'}}";

        assertThat(output(
                        new ChatEvent.Opaque(0, "messages", RawJson.ofLiteral("{}")),
                        new ChatEvent.Opaque(0, "responses", RawJson.ofLiteral(Transcript.quoted(search))),
                        new ChatEvent.ImageMade(0, "image/webp", string("AAAA")),
                        STOPPED))
                .isEqualTo(expected("[" + search + ",{'id':'ig_0a1b_1','type':'image_generation_call','status':'completed',"
                        + "'output_format':'webp','result':'AAAA'}]"));
    }

    @Test
    void saysHowTheReplyEnded() {
        JsonNode cut = reply(text("a"), new ChatEvent.Stopped(0, FinishReason.LENGTH, null));
        assertThat(cut.path("status").asText()).isEqualTo("incomplete");
        assertThat(cut.path("incomplete_details")).isEqualTo(expected("{'reason':'max_output_tokens'}"));
        assertThat(cut.path("output").path(0).path("status").asText()).isEqualTo("incomplete");
        assertThat(cut.path("completed_at").isNull()).isTrue();
        assertThat(reply(new ChatEvent.Stopped(0, FinishReason.CONTENT_FILTER, null)).path("incomplete_details"))
                .isEqualTo(expected("{'reason':'content_filter'}"));
        assertThat(reply(new ChatEvent.Stopped(0, FinishReason.ERROR, null)).path("error").path("code").asText())
                .isEqualTo("server_error");
    }

    @Test
    void statesUsageThatComesAfterTheEnd() {
        assertThat(reply(text("a"), STOPPED, new ChatEvent.Used(new Usage(10, 7, 17, 4, 2, 3, 0, 0, false))).path("usage"))
                .isEqualTo(expected("{'input_tokens':10,'input_tokens_details':{'cached_tokens':4,'cache_write_tokens':2},"
                        + "'output_tokens':7,'output_tokens_details':{'reasoning_tokens':3},'total_tokens':17}"));
    }

    @Test
    void namesTheReplyByItsProvidersIdWhereThatFits() {
        ChatEvent theirs = new ChatEvent.Started(string("resp_9"), string("m-1"));
        ChatEvent others = new ChatEvent.Started(string("chatcmpl-9"), null);

        assertThat(reply(theirs, STOPPED).path("id").asText()).isEqualTo("resp_9");
        assertThat(reply(theirs, STOPPED).path("model").asText()).isEqualTo("m-1");
        assertThat(reply(others, STOPPED).path("id").asText()).isEqualTo("resp_0a1b");
        assertThat(reply(others, STOPPED).path("model").asText()).isEqualTo("gpt-test");
    }

    @Test
    void answersWithTheFirstChoiceOnly() {
        assertThat(output(new ChatEvent.TextDelta(1, string("b")), new ChatEvent.Stopped(1, FinishReason.LENGTH, null), STOPPED))
                .isEmpty();
    }

    @Test
    void repeatsTheSettingsOfItsRequest() {
        String asked = Transcript.quoted("""
                {'model':'m','input':'x',
                'instructions':'Be brief','max_output_tokens':50,'temperature':0.5,'top_p':0.9,
                'parallel_tool_calls':false,'tool_choice':{'type':'function','name':'f'},'metadata':{
                'a':'b'},'user':'u',
                'reasoning':{'effort':'low','summary':'auto'},'text':{'format':{'type':'json_schema','name':'n','schema':{
                'type':'object'}},'verbosity':'low'},
                'tools':[{'type':'function','name':'f','parameters':{
                'type':'object'},'strict':false}],'stream':true}""");
        ChatRequest request = Transcript.RESPONSES.readRequest(
                new JsonCursor().over(asked.getBytes(StandardCharsets.UTF_8)), PathCall.NONE);

        List<ChatEvent> events = List.of(
                text("a"),
                new ChatEvent.Cited(0, RawJson.ofLiteral("{\n\"type\":\"x\"\r\n}")),
                new ChatEvent.Opaque(0, "responses", RawJson.ofLiteral("{\n\"type\":\"y\"\n}")),
                STOPPED);

        // A line break in the middle of an event would tear it.
        String stream = Transcript.write(events, Transcript.call(true), request);
        assertThat(stream.split("\n\n")).allSatisfy(event -> assertThat(event.split("[\r\n]")).hasSize(2));
        List<JsonNode> steps = Transcript.data(Transcript.write(List.of(STOPPED), Transcript.call(true), request));

        for (JsonNode step : steps) {
            OpenAiSchema.check("ResponseStreamEvent", step);
            JsonNode response = step.path("response");
            for (String name : List.of("instructions", "max_output_tokens", "temperature", "top_p", "parallel_tool_calls",
                    "tool_choice", "metadata", "user", "reasoning", "text", "tools")) {
                assertThat(response.path(name)).as(name).isEqualTo(Transcript.json(asked).path(name));
            }
        }
    }
}
