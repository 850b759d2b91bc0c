package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonProblem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessagesStreamReaderTest {
    private static final String START = event("message_start", "'message':{'id':'msg_1','model':'claude','usage':"
            + "{'input_tokens':5,'cache_read_input_tokens':3,'cache_creation':{'ephemeral_5m_input_tokens':2,"
            + "'ephemeral_1h_input_tokens':1},'output_tokens':1}}");
    private static final String STOP = stop("end_turn") + event("message_stop", "");

    private static String event(String type, String members) {
        String data = "{'type':'" + type + "'" + (members.isEmpty() ? "" : "," + members) + "   }";
        return "event: " + type + "\ndata: " + data.replace('\'', '"') + "\n\n";
    }

    private static String stop(String reason) {
        return event(
                "message_delta",
                "'delta':{'stop_reason':'" + reason + "','stop_sequence':null},'usage':{'output_tokens':42}");
    }

    private static String block(int index, String block) {
        return event("content_block_start", "'index':" + index + ",'content_block':" + block);
    }

    private static String delta(int index, String delta) {
        return event("content_block_delta", "'index':" + index + ",'delta':" + delta);
    }

    private static String end(int index) {
        return event("content_block_stop", "'index':" + index);
    }

    private static String text(String text) {
        return block(0, "{'type':'text','text':''}") + delta(0, "{'type':'text_delta','text':'" + text + "'}") + end(0);
    }

    private static Told read(String... events) {
        return Told.stream(String.join("", events), 1);
    }

    @Test
    void readsTheSameWhereverTheStreamIsCut() {
        String stream = START + event("ping", "") + text("Olá 🐱") + STOP;
        Told whole = Told.stream(stream, stream.length() * 4);

        for (int piece = 1; piece < stream.getBytes(StandardCharsets.UTF_8).length; piece++) {
            assertThat(Told.stream(stream, piece).events).as("in pieces of " + piece).isEqualTo(whole.events);
        }
        assertThat(whole.text).hasToString("Olá 🐱");
    }

    @Test
    void joinsTheCountsOfBeginAndEnd() {
        Told told = read(START, text("x"), STOP);

        assertThat(told.usage).isEqualTo(new Usage(11, 42, 53, 3, 3, 0, 0, 0, false));
        assertThat(told.finish).isEqualTo(FinishReason.STOP);
        assertThat(told.failure).isNull();
    }

    @Test
    void tellsWhyItRefused() {
        Told told = read(
                START,
                event("message_delta", "'delta':{'stop_reason':'refusal','stop_details':{'type':'refusal','category':'bio',"
                        + "'explanation':'Not this.'}},'usage':{'output_tokens':0}"),
                event("message_stop", ""));

        assertThat(told.events).containsSubsequence(
                "RefusalDelta[choice=0, text=\"Not this.\"]", "Stopped[choice=0, reason=CONTENT_FILTER, sequence=null]");
    }

    @Test
    void numbersCallsAndNotBlocks() {
        Told told = read(
                START,
                text("So"),
                block(1, "{'type':'tool_use','id':'t1','name':'a','input':{}}"),
                delta(1, "{'type':'input_json_delta','partial_json':''}"),
                end(1),
                block(2, "{'type':'tool_use','id':'t2','name':'my-x2e-b','input':{}}"),
                delta(2, "{'type':'input_json_delta','partial_json':'{}'}"),
                end(2),
                stop("tool_use"));

        assertThat(told.calls.keySet()).containsExactly(0, 1);
        assertThat(told.call(0).arguments).hasToString("{}");
        assertThat(told.call(1).name).isEqualTo("my.b");
        assertThat(told.finish).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void readsArgumentsThatComeAtOnceUnlessPiecesFollow() {
        Told told = read(
                START,
                block(0, "{'type':'tool_use','id':'t1','name':'a','input':{'x':1}}"),
                end(0),
                block(1, "{'type':'tool_use','id':'t2','name':'a','input':{'x':1}}"),
                delta(1, "{'type':'input_json_delta','partial_json':'{}'}"),
                end(1),
                stop("end_turn"));

        assertThat(told.call(0).arguments).hasToString("{\"x\":1}");
        assertThat(told.call(1).arguments).hasToString("{}");
        assertThat(told.finish).as("a call means tools").isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void takesTheCallThatIsTheAnswerForText() {
        Told told = read(
                START,
                block(0, "{'type':'tool_use','id':'t1','name':'json_output','input':{}}"),
                delta(0, "{'type':'input_json_delta','partial_json':'{\\'a\\':'}"),
                delta(0, "{'type':'input_json_delta','partial_json':'1}'}"),
                end(0),
                stop("tool_use"));

        assertThat(told.text).hasToString("{\"a\":1}");
        assertThat(told.calls).isEmpty();
        assertThat(told.finish).isEqualTo(FinishReason.STOP);
    }

    @Test
    void readsThoughtsTheirProofAndThoseItCannotRead() {
        Told told = read(
                START,
                block(0, "{'type':'thinking','thinking':'','signature':''}"),
                delta(0, "{'type':'thinking_delta','thinking':'','estimated_tokens':50}"),
                delta(0, "{'type':'thinking_delta','thinking':'hm'}"),
                delta(0, "{'type':'signature_delta','signature':'s=='}"),
                end(0),
                block(1, "{'type':'redacted_thinking','data':'d'}"),
                end(1),
                STOP);

        assertThat(told.thinking).hasToString("hm");
        assertThat(told.signatures).containsExactly("s==");
        assertThat(told.redacted).containsExactly("d");
    }

    @Test
    void putsServerToolsTogetherAgain() {
        Told told = read(
                START,
                block(0, "{'type':'server_tool_use','id':'s1','name':'web_search','input':{}}"),
                delta(0, "{'type':'input_json_delta','partial_json':'{\\'query\\':'}"),
                delta(0, "{'type':'input_json_delta','partial_json':'5}'}"),
                end(0),
                block(1, "{'type':'server_tool_use','id':'s2','name':'web_search','input':{}}"),
                delta(1, "{'type':'input_json_delta','partial_json':'{'}"),
                end(1),
                block(2, "{'type':'compaction','content':''}"),
                delta(2, "{'type':'compaction_delta','content':'short'}"),
                end(2),
                STOP);

        assertThat(told.opaque)
                .containsExactly(
                        "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{\"query\":5}}",
                        "{\"type\":\"server_tool_use\",\"id\":\"s2\",\"name\":\"web_search\",\"input\":{}}",
                        "{\"type\":\"compaction\",\"content\":\"short\"}");
    }

    @Test
    void placesACitationAtTheTextOfItsBlock() {
        Told told = read(
                START,
                text("é🐱\\n"),
                block(1, "{'type':'text','text':'','citations':[]}"),
                delta(1, "{'type':'citations_delta','citation':{'type':'web_search_result_location','url':'https://a',"
                        + "'title':'A','cited_text':'q'}}"),
                delta(1, "{'type':'text_delta','text':'cited'}"),
                end(1),
                STOP);

        assertThat(Transcript.json(told.citations.getFirst()).path("url_citation"))
                .isEqualTo(Transcript.json("{\"start_index\":3,\"end_index\":8,\"title\":\"A\",\"url\":\"https://a\"}"));
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        Told told = read(
                START,
                event("news", "'index':{'a':[1]}").replace("\"index\":{\"a\":[1]}", "\"x\":{\"a\":[1]}"),
                block(0, "{'type':'text','text':''}"),
                delta(0, "{'type':'text_delta','text':'x','new':[]}"),
                delta(0, "{'type':'news_delta','news':5}"),
                end(0),
                "data: [DONE]\n\n",
                STOP);

        assertThat(told.text).hasToString("x");
        assertThat(told.failure).isNull();
    }

    @Test
    void tellsAnErrorWithinTheStream() {
        Told told = read(
                START, text("x"), event("error", "'error':{'type':'overloaded_error','message':'Overloaded'}"), STOP);

        assertThat(told.failed().code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
        assertThat(told.failed().message()).isEqualTo("Overloaded");
        assertThat(told.finish).isNull();
    }

    @Test
    void tellsAnExceptionOfAws() {
        Told told = new Told(null);
        ReplyReader reader = new MessagesStreamReader();
        byte[] payload = "{\"message\":\"slow down\"}".getBytes(StandardCharsets.UTF_8);

        reader.read(new Frame().set(payload, 0, payload.length, "!throttlingException"), told);
        told.end(reader);

        assertThat(told.events).hasSize(1);
        assertThat(told.failed().code()).isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
        assertThat(told.failed().message()).isEqualTo("slow down");
    }

    @Test
    void neverTakesACutReplyForAWholeOne() {
        assertThat(read(START, text("x")).failure).isNotNull();
        assertThat(read("").failure).isNotNull();
        assertThat(read(START, text("x"), stop("max_tokens")).failure).as("the end is known").isNull();
    }

    @Test
    void countsAConversationAnewThatWasCompactedMeanwhile() {
        Told told = read(
                START,
                text("x"),
                event("message_delta", "'delta':{'stop_reason':'end_turn'},'usage':{'input_tokens':4,"
                        + "'cache_creation_input_tokens':0,'cache_read_input_tokens':0,'output_tokens':9}"));

        assertThat(told.usage).isEqualTo(new Usage(4, 9, 13, 0, 0, 0, 0, 0, false));
    }

    @Test
    void keepsTheCountsOfTheBeginningWhereTheEndHasNone() {
        Told told = read(
                START,
                text("x"),
                event("message_delta", "'delta':{'stop_reason':'end_turn'},'usage':{'input_tokens':0,"
                        + "'cache_read_input_tokens':0,'output_tokens':9}"));

        assertThat(told.usage).isEqualTo(new Usage(11, 9, 20, 3, 3, 0, 0, 0, false));
    }

    @Test
    void readsBedrocksOwnCounts() {
        Told told = read(
                event("message_start", "'message':{'id':'msg_bdrk_1'}"),
                text("x"),
                event("message_delta", "'delta':{'stop_reason':'end_turn'}"),
                event("message_stop", "'amazon-bedrock-invocationMetrics':{'inputTokenCount':7,'outputTokenCount':9,"
                        + "'invocationLatency':5}"));

        assertThat(told.usage).isEqualTo(new Usage(7, 9, 16, 0, 0, 0, 0, 0, false));
    }

    @Test
    void believesBedrocksGuardrailMoreThanTheStopReason() {
        String action = "'amazon-bedrock-guardrailAction':";

        assertThat(read(START, text("no"), stop("end_turn"), event("message_stop", action + "'INTERVENED'")).finish)
                .isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(read(START, text("yes"), stop("end_turn"), event("message_stop", action + "'NONE'")).finish)
                .isEqualTo(FinishReason.STOP);
    }

    @Test
    void believesAGuardrailInAPlainReplyToo() {
        Told told = Told.plain("{\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"stop_reason\":\"end_turn\","
                + "\"amazon-bedrock-guardrailAction\":\"INTERVENED\"}", null);

        assertThat(told.finish).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @Test
    void endsWhereTheHostLeavesTheLastEventOut() {
        assertThat(read(START, text("x"), stop("end_turn")).finish).isEqualTo(FinishReason.STOP);
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThatThrownBy(() -> read("data: <html>\n\n")).isInstanceOf(JsonProblem.class);
        assertThatThrownBy(() -> read(START, "data: {\"type\":\"content_block_delta\",\"delta\":5}\n\n"))
                .isInstanceOf(JsonProblem.class);
    }
}
