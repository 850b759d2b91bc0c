package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.json.JsonProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Streams as hosts of the format vary them.
class StreamReaderTest {
    private static final String CREATED =
            Transcript.event("{'type':'response.created','response':{'id':'resp_1','model':'m','output':[]}}");
    private static final String COMPLETED = Transcript.event("{'type':'response.completed','response':{'id':'resp_1','model':'m',"
            + "'status':'completed','output':[],'usage':{'input_tokens':3,'input_tokens_details':{'cached_tokens':2,"
            + "'cache_write_tokens':1},'output_tokens':5,'output_tokens_details':{'reasoning_tokens':4},'total_tokens':8}}}");
    private static final ChatEvent STARTED = new ChatEvent.Started(RawJson.ofText("resp_1"), RawJson.ofText("m"));
    private static final ChatEvent USED = new ChatEvent.Used(new Usage(3, 5, 8, 2, 1, 4, 0, 0, false));
    private static final ChatEvent STOPPED = new ChatEvent.Stopped(0, FinishReason.STOP, null);

    private static final String CUSTOM_BEGUN = "{'type':'response.output_item.added','output_index':0,'item':"
            + "{'type':'custom_tool_call','id':'ctc_1','call_id':'call_1','name':'sql','input':''}}";
    private static final String CUSTOM_DONE = "{'type':'response.output_item.done','output_index':0,'item':"
            + "{'type':'custom_tool_call','id':'ctc_1','call_id':'call_1','name':'sql','input':'SELECT \\n1'}}";

    /// Between the first event and the last; the same for every way to cut the bytes.
    private static List<ChatEvent> between(String... events) {
        StringBuilder stream = new StringBuilder(CREATED);
        for (String event : events) {
            stream.append(Transcript.event(event));
        }
        List<ChatEvent> read = Transcript.read(stream.append(COMPLETED).toString(), true, 1);
        assertThat(read).startsWith(STARTED);
        assertThat(read.get(read.size() - 2)).isEqualTo(USED);
        return read.subList(1, read.size() - 2);
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, RawJson.ofText(text));
    }

    private static ChatEvent thought(String text) {
        return new ChatEvent.ThinkingDelta(0, RawJson.ofText(text));
    }

    @Test
    void readsTextAsItComes() {
        assertThat(between(
                        "{'type':'response.output_text.delta','output_index':0,'delta':'Hé','logprobs':[]}",
                        "{'type':'response.output_text.delta','output_index':0,'delta':'\\n!'}",
                        "{'type':'response.output_text.done','output_index':0,'text':'Hé\\n!'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'message','content':["
                                + "{'type':'output_text','text':'Hé\\n!','annotations':[]}]}}"))
                .containsExactly(text("Hé"), text("\n!"));
    }

    @Test
    void readsWhatIsToldOnlyInDoneEvents() {
        assertThat(between(
                        "{'type':'response.output_text.done','output_index':0,'text':'a'}",
                        "{'type':'response.output_item.done','output_index':1,'item':{'type':'message','content':["
                                + "{'type':'output_text','text':'b'},{'type':'refusal','refusal':'c'}]}}",
                        "{'type':'response.output_item.done','output_index':2,'item':{'type':'reasoning','summary':["
                                + "{'type':'summary_text','text':'d'},{'type':'summary_text','text':'e'}]}}",
                        "{'type':'response.output_item.done','output_index':3,'item':{'type':'function_call','call_id':'c',"
                                + "'name':'f','arguments':'{}'}}"))
                .containsExactly(
                        text("a"),
                        text("b"),
                        new ChatEvent.RefusalDelta(0, RawJson.ofText("c")),
                        thought("d"),
                        thought("\n\n"),
                        thought("e"),
                        new ChatEvent.ToolStarted(0, 0, RawJson.ofText("c"), RawJson.ofText("f"), null),
                        new ChatEvent.ToolDelta(0, 0, RawJson.ofText("{}")));
    }

    @Test
    void readsItemsThatAreToldOnlyInTheLastEvent() {
        String last = COMPLETED.replace("\"output\":[]", Transcript.quoted(
                "'output':[{'type':'message','content':[{'type':'output_text','text':'all'}]}]"));

        assertThat(Transcript.read(last, true)).containsExactly(STARTED, text("all"), USED, STOPPED);
    }

    @Test
    void readsInterleavedCalls() {
        List<ChatEvent> events = Transcript.read(CREATED
                + Transcript.event("{'type':'response.output_item.added','output_index':4,'item':{'type':'function_call',"
                        + "'call_id':'c1','name':'f','arguments':''}}")
                + Transcript.event("{'type':'response.output_item.added','output_index':5,'item':{'type':'function_call',"
                        + "'call_id':'c2','name':'g','arguments':''}}")
                + Transcript.event("{'type':'response.function_call_arguments.delta','output_index':5,'delta':'{}'}")
                + Transcript.event("{'type':'response.function_call_arguments.delta','output_index':4,'delta':'{'}")
                + Transcript.event("{'type':'response.function_call_arguments.delta','output_index':4,'delta':'}'}")
                + Transcript.event("{'type':'response.function_call_arguments.done','output_index':4,'arguments':'{}'}")
                + COMPLETED, true);

        assertThat(events)
                .containsExactly(
                        STARTED,
                        new ChatEvent.ToolStarted(0, 0, RawJson.ofText("c1"), RawJson.ofText("f"), null),
                        new ChatEvent.ToolStarted(0, 1, RawJson.ofText("c2"), RawJson.ofText("g"), null),
                        new ChatEvent.ToolDelta(0, 1, RawJson.ofText("{}")),
                        new ChatEvent.ToolDelta(0, 0, RawJson.ofText("{")),
                        new ChatEvent.ToolDelta(0, 0, RawJson.ofText("}")),
                        USED,
                        new ChatEvent.Stopped(0, FinishReason.TOOL_CALLS, null));
    }

    @Test
    void readsThoughtsAndTheirProof() {
        assertThat(between(
                        "{'type':'response.reasoning_summary_part.added','output_index':0,'summary_index':0}",
                        "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,'delta':'a'}",
                        "{'type':'response.reasoning_text.delta','output_index':0,'delta':'not told twice'}",
                        "{'type':'response.reasoning_summary_part.added','output_index':0,'summary_index':1}",
                        "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':1,'delta':'b'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning','summary':["
                                + "{'type':'summary_text','text':'a'}],'encrypted_content':'proof'}}",
                        "{'type':'response.reasoning_text.delta','output_index':1,'delta':'c'}",
                        "{'type':'response.output_item.done','output_index':2,'item':{'type':'reasoning','summary':[],"
                                + "'encrypted_content':'secret'}}"))
                .containsExactly(
                        thought("a"),
                        thought("\n\n"),
                        thought("b"),
                        new ChatEvent.ThinkingSignature(0, RawJson.ofText("proof")),
                        thought("c"),
                        new ChatEvent.RedactedThinking(0, RawJson.ofText("secret")));
    }

    @Test
    void readsSourcesPicturesLogprobsAndHostedTools() {
        String search = Transcript.quoted("{'type':'web_search_call','id':'ws_1','status':'completed'}");

        assertThat(between(
                        "{'type':'response.web_search_call.searching','output_index':0}",
                        "{'type':'response.output_item.done','output_index':0,'item':" + search + "}",
                        "{'type':'response.output_text.delta','output_index':1,'delta':'a','logprobs':[{'token':'a'}]}",
                        "{'type':'response.output_text.annotation.added','output_index':1,'annotation':{'type':'url_citation',"
                                + "'url':'u','title':'t','start_index':0,'end_index':1}}",
                        "{'type':'response.image_generation_call.partial_image','output_index':2,'partial_image_b64':'x'}",
                        "{'type':'response.output_item.done','output_index':2,'item':{'type':'image_generation_call',"
                                + "'result':'AAAA','output_format':'webp'}}"))
                .containsExactly(
                        new ChatEvent.Opaque(0, "responses", RawJson.ofLiteral(search)),
                        text("a"),
                        new ChatEvent.Logprobs(0, RawJson.ofLiteral("{\"content\":[{\"token\":\"a\"}]}")),
                        new ChatEvent.Cited(0, RawJson.ofLiteral(Transcript.quoted("{'type':'url_citation','url_citation':"
                                + "{'url':'u','title':'t','start_index':0,'end_index':1}}"))),
                        new ChatEvent.ImageMade(0, "image/webp", RawJson.ofText("AAAA")));
    }

    @Test
    void tellsSourcesOnTheWebOnlyAndWhole() {
        String web = "{'type':'response.output_text.annotation.added','output_index':0,'annotation':"
                + "{'type':'url_citation','url':'u','start_index':null}}";
        String file = "{'type':'response.output_text.annotation.added','output_index':0,'annotation':"
                + "{'type':'container_file_citation','file_id':'f','container_id':'c','start_index':0,'end_index':2}}";

        assertThat(between(web, file))
                .containsExactly(new ChatEvent.Cited(0, RawJson.ofLiteral(Transcript.quoted(
                        "{'type':'url_citation','url_citation':{'url':'u','start_index':0,'end_index':0,'title':''}}"))));
    }

    @Test
    void tellsTheTextOfACustomToolAsItsArguments() {
        List<ChatEvent> read = Transcript.read(CREATED + Transcript.event(CUSTOM_BEGUN) + Transcript.event(CUSTOM_DONE) + COMPLETED, true);

        assertThat(read.subList(1, read.size() - 2))
                .containsExactly(
                        new ChatEvent.ToolStarted(0, 0, RawJson.ofText("call_1"), RawJson.ofText("sql"), null),
                        new ChatEvent.ToolArguments(0, 0, RawJson.ofLiteral("{\"input\":\"SELECT \\n1\"}")));
        assertThat(read.getLast()).isEqualTo(new ChatEvent.Stopped(0, FinishReason.TOOL_CALLS, null));
    }

    @Test
    void takesNoSearchOfTheProvidersForACall() {
        assertThat(between(CUSTOM_BEGUN.replace("call_1", "xs_call_1"), CUSTOM_DONE.replace("call_1", "xs_call_1")))
                .singleElement()
                .isInstanceOf(ChatEvent.Opaque.class);
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(between("{'type':'keepalive','sequence_number':3}", "{'type':'response.novelty','x':[1]}")).isEmpty();
    }

    @Test
    void readsEventsWithoutNamesAndAnExtraDone() {
        String stream = (CREATED + Transcript.event("{'delta':'a','output_index':0,'type':'response.output_text.delta'}") + COMPLETED)
                .replaceAll("event: .*\n", "") + "data: [DONE]\n\n";

        assertThat(Transcript.read(stream, true)).containsExactly(STARTED, text("a"), USED, STOPPED);
    }

    @Test
    void readsRefusals() {
        assertThat(between(
                        "{'type':'response.refusal.delta','output_index':0,'delta':'No'}",
                        "{'type':'response.refusal.done','output_index':0,'refusal':'No'}",
                        "{'type':'response.refusal.done','output_index':1,'refusal':'Never'}"))
                .containsExactly(
                        new ChatEvent.RefusalDelta(0, RawJson.ofText("No")), new ChatEvent.RefusalDelta(0, RawJson.ofText("Never")));
    }

    @Test
    void saysWhyAReplyIsIncomplete() {
        assertThat(Transcript.read(incomplete("max_output_tokens"), true))
                .endsWith(new ChatEvent.Stopped(0, FinishReason.LENGTH, null));
        assertThat(Transcript.read(incomplete("content_filter"), true))
                .endsWith(new ChatEvent.Stopped(0, FinishReason.CONTENT_FILTER, null));
    }

    private static String incomplete(String reason) {
        return CREATED + Transcript.event("{'type':'response.incomplete','response':{'status':'incomplete',"
                + "'incomplete_details':{'reason':'" + reason + "'}}}");
    }

    @Test
    void tellsFailuresAndNothingAfterThem() {
        assertFails(Transcript.event("{'type':'response.failed','response':{'status':'failed','error':"
                + "{'code':'rate_limit_exceeded','message':'slow'}}}") + COMPLETED, ErrorCode.PROVIDER_RATE_LIMITED, "slow");
        assertFails(Transcript.event("{'type':'error','code':'server_error','message':'oops','param':null}"),
                ErrorCode.PROVIDER_FAILED, "oops");
        assertFails(Transcript.event("{'type':'error','error':{'code':'context_length_exceeded','message':'long'}}"),
                ErrorCode.CONTEXT_LENGTH_EXCEEDED, "long");
        assertFails(Transcript.quoted("data: {'error':{'message':'bad','code':502}}\n\n"), ErrorCode.UPSTREAM_UNREACHABLE, "bad");
        assertFails(Transcript.event("{'type':'response.completed','response':{'status':'failed','error':"
                + "{'code':'invalid_prompt','message':'no'}}}"), ErrorCode.PROVIDER_REJECTED, "no");
    }

    @Test
    void neverTakesACutReplyForWhole() {
        assertFails("", ErrorCode.UPSTREAM_PROTOCOL, "The provider's stream ended before it said how the response ended");
        assertFails(Transcript.event("{'type':'response.output_text.delta','delta':'a'}") + "data: [DONE]\n\n",
                ErrorCode.UPSTREAM_PROTOCOL, "The provider's stream ended before it said how the response ended");
    }

    private static void assertFails(String stream, ErrorCode code, String message) {
        assertThat(Transcript.read(stream, true).getLast()).isInstanceOfSatisfying(ChatEvent.Failed.class, failed -> {
            assertThat(failed.error().code()).isEqualTo(code);
            assertThat(failed.error().message()).isEqualTo(message);
        });
    }

    @Test
    void refusesEventsThatMakeNoSense() {
        assertThatThrownBy(() -> between("{'type':'response.output_text.delta','delta':{}}")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> between("{'type':'response.function_call_arguments.delta','delta':'{'}"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> between("{'type':'response.output_item.done'}")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> between("{'type':'response.output_item.done','item':{'type':'function_call'}}"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Transcript.read("data: [1]\n\n", true)).isInstanceOf(JsonProblem.class);
    }

    @Test
    void readsPlainRepliesThatAreNone() {
        assertThat(Transcript.read("{\"status\":\"queued\",\"output\":[]}", false).getLast())
                .isInstanceOf(ChatEvent.Failed.class);
        assertThat(Transcript.read(Transcript.quoted("{'error':{'message':'x','code':'insufficient_quota'}}"), false))
                .singleElement().isInstanceOfSatisfying(ChatEvent.Failed.class, failed ->
                        assertThat(failed.error().code()).isEqualTo(ErrorCode.PROVIDER_QUOTA_EXHAUSTED));
        assertThatThrownBy(() -> Transcript.read("{\"status\":\"completed\"}", false)).isInstanceOf(Refused.class);
    }
}
