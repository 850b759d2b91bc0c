package io.deltallm.codec.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatEvent.AudioDelta;
import io.deltallm.codec.chat.ChatEvent.Cited;
import io.deltallm.codec.chat.ChatEvent.ImageMade;
import io.deltallm.codec.chat.ChatEvent.Logprobs;
import io.deltallm.codec.chat.ChatEvent.Opaque;
import io.deltallm.codec.chat.ChatEvent.RedactedThinking;
import io.deltallm.codec.chat.ChatEvent.RefusalDelta;
import io.deltallm.codec.chat.ChatEvent.Started;
import io.deltallm.codec.chat.ChatEvent.Stopped;
import io.deltallm.codec.chat.ChatEvent.TextDelta;
import io.deltallm.codec.chat.ChatEvent.ThinkingDelta;
import io.deltallm.codec.chat.ChatEvent.ThinkingSignature;
import io.deltallm.codec.chat.ChatEvent.ToolArguments;
import io.deltallm.codec.chat.ChatEvent.ToolDelta;
import io.deltallm.codec.chat.ChatEvent.ToolStarted;
import io.deltallm.codec.chat.ChatEvent.Used;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.deltallm.codec.dialect.gemini.Gemini.json;
import static io.deltallm.codec.dialect.gemini.Gemini.quoted;
import static io.deltallm.codec.dialect.gemini.Gemini.reply;
import static org.assertj.core.api.Assertions.assertThat;

class ReplyWriterTest {
    private static final ChatEvent STARTED = new Started(raw("r-1"), raw("model-1"));
    private static final ChatEvent DONE = new Stopped(0, FinishReason.STOP, null);

    private static RawJson raw(String text) {
        return RawJson.ofText(text);
    }

    private static ChatEvent text(String text) {
        return new TextDelta(0, raw(text));
    }

    private static ChatEvent thought(String text) {
        return new ThinkingDelta(0, raw(text));
    }

    private static ChatEvent signed(String signature) {
        return new ThinkingSignature(0, raw(signature));
    }

    private static ChatEvent started(int tool, String name) {
        return new ToolStarted(0, tool, raw("id-" + tool), raw(name), null);
    }

    private static ChatEvent piece(int tool, String arguments) {
        return new ToolDelta(0, tool, raw(arguments));
    }

    private static JsonNode expected(String text) {
        return json(quoted(text));
    }

    private static JsonNode parts(String reply) {
        return json(reply).path("candidates").path(0).path("content").path("parts");
    }

    private static JsonNode streamedParts(String stream) {
        return Gemini.JSON.createArrayNode().addAll(Gemini.chunks(stream).stream()
                .flatMap(chunk -> chunk.path("candidates").path(0).path("content").path("parts").valueStream())
                .toList());
    }

    @Test
    void writesAPlainReply() {
        ChatEvent used = new Used(new Usage(10, 7, 17, 3, 0, 4, 2, 0, false));

        String reply = reply(false, STARTED, thought("H"), thought("m"), signed("s"), text("A"), text("\n"), used, DONE);

        assertThat(json(reply))
                .isEqualTo(expected(
                        """
                        {'candidates':[{'content':{'parts':[{'text':'Hm','thought':true,'thoughtSignature':'s'},
                          {'text':'A\\n'}],'role':'model'},'finishReason':'STOP','index':0}],
                         'usageMetadata':{'promptTokenCount':10,'candidatesTokenCount':3,'totalTokenCount':17,
                          'cachedContentTokenCount':3,'thoughtsTokenCount':4,
                          'promptTokensDetails':[{'modality':'TEXT','tokenCount':8},{'modality':'AUDIO','tokenCount':2}]},
                         'modelVersion':'model-1','responseId':'r-1'}"""));
    }

    @Test
    void writesAStreamOfWholeReplies() {
        String stream = reply(true, STARTED, text("A"), DONE, new Used(Usage.of(1, 2, 3, 0, 0, false)));

        assertThat(stream)
                .isEqualTo(quoted("data: {'candidates':[{'content':{'parts':[{'text':'A'}],'role':'model'},'index':0}],"
                        + "'modelVersion':'model-1','responseId':'r-1'}\r\n\r\n"
                        + "data: {'candidates':[{'content':{'parts':[{'text':''}],'role':'model'},"
                        + "'finishReason':'STOP','index':0}],"
                        + "'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':2,'totalTokenCount':3},"
                        + "'modelVersion':'model-1','responseId':'r-1'}\r\n\r\n"));
    }

    @Test
    void writesAnArrayToClientsThatDoNotAskForEvents() {
        String stream = reply(GenerateContent.arrayStream(), true, STARTED, text("A"), text("B"), DONE);

        JsonNode array = json(stream);
        assertThat(array).hasSize(3);
        assertThat(array.path(1).path("candidates").path(0).path("content").path("parts"))
                .isEqualTo(expected("[{'text':'B'}]"));
    }

    @Test
    void namesTheReplyAfterTheRequestWhereTheProviderDoesNot() {
        JsonNode reply = json(reply(false, new Started(null, null), text("A"), DONE));

        assertThat(reply.path("modelVersion").asText()).isEqualTo("asked-model");
        assertThat(reply.path("responseId").asText()).isEqualTo("exchange-1");
    }

    @Test
    void waitsForCallsToBeWhole() {
        ChatEvent[] events = {
            STARTED, text("A"), started(0, "f"), started(1, "g"), piece(0, "{\"x\":"), piece(1, ""), piece(0, "\"ä\\n\"}"),
            new Stopped(0, FinishReason.TOOL_CALLS, null)
        };
        JsonNode parts = expected(
                """
                [{'text':'A'},{'functionCall':{'id':'id-0','name':'f','args':{'x':'ä\\n'}}},
                 {'functionCall':{'id':'id-1','name':'g','args':{}}}]""");

        assertThat(parts(reply(false, events))).isEqualTo(parts);
        assertThat(streamedParts(reply(true, events))).isEqualTo(parts);
        assertThat(Gemini.chunks(reply(true, events))).hasSize(2);
    }

    @Test
    void writesAWholeCallAtOnceInAStream() {
        RawJson arguments = RawJson.ofLiteral("{\"x\":1}");
        ChatEvent call = new ToolStarted(0, 0, null, raw("f"), raw("sig"));

        List<JsonNode> chunks = Gemini.chunks(reply(true, call, new ToolArguments(0, 0, arguments), text("B"), DONE));

        assertThat(chunks.getFirst().path("candidates").path(0).path("content").path("parts"))
                .isEqualTo(expected("[{'functionCall':{'name':'f','args':{'x':1}},'thoughtSignature':'sig'}]"));
        assertThat(chunks).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"TOOL_CALLS,MALFORMED_FUNCTION_CALL", "LENGTH,MAX_TOKENS"})
    void leavesOutACallThatIsNoJson(FinishReason reason, String written) {
        ChatEvent[] events = {started(0, "f"), piece(0, "{\"x\":"), new Stopped(0, reason, null)};

        JsonNode plain = json(reply(false, events)).path("candidates").path(0);
        JsonNode streamed = Gemini.chunks(reply(true, events)).getLast().path("candidates").path(0);

        assertThat(plain.path("finishReason").asText()).isEqualTo(written);
        assertThat(plain.path("content").path("parts")).isEmpty();
        assertThat(streamed.path("finishReason").asText()).isEqualTo(written);
        assertThat(streamed.toString()).doesNotContain("functionCall");
    }

    @Test
    void writesSignaturesBehindWhatTheySign() {
        ChatEvent[] events = {thought("Hm"), signed("s1"), text("A"), signed("s2"), DONE};

        assertThat(streamedParts(reply(true, events)))
                .isEqualTo(expected(
                        """
                        [{'text':'Hm','thought':true},{'text':'','thought':true,'thoughtSignature':'s1'},
                         {'text':'A'},{'text':'','thoughtSignature':'s2'},{'text':''}]"""));
        assertThat(parts(reply(false, events)))
                .isEqualTo(expected(
                        """
                        [{'text':'Hm','thought':true,'thoughtSignature':'s1'},{'text':'A','thoughtSignature':'s2'}]"""));
    }

    @Test
    void hidesRedactedThoughtsInASignatureAndFindsThemAgain() {
        JsonNode part = parts(reply(false, new RedactedThinking(0, raw("c2VjcmV0")), DONE)).path(0);
        String history = "{\"contents\":[{\"role\":\"model\",\"parts\":[" + part + "]}]}";

        ChatRequest next = Gemini.request(history);

        assertThat(part.path("thoughtSignature").asText()).matches("[A-Za-z0-9+/]+").hasSize(24);
        assertThat(next.messages().getFirst().parts()).containsExactly(new Part.RedactedThinking("c2VjcmV0", null));
    }

    @Test
    void writesPicturesSoundsAndItsOwnBlocks() {
        ChatEvent[] events = {
            new ImageMade(0, "image/png", raw("AAAA")), new AudioDelta(0, raw("BBBB"), raw("said")),
            new Opaque(0, "messages", RawJson.EMPTY_OBJECT),
            new Opaque(0, "generateContent", RawJson.ofLiteral("{\"executableCode\":{}}")),
            new RefusalDelta(0, raw("No")), DONE
        };

        assertThat(parts(reply(false, events)))
                .isEqualTo(expected(
                        """
                        [{'inlineData':{'mimeType':'image/png','data':'AAAA'}},
                         {'inlineData':{'mimeType':'audio/wav','data':'BBBB'}},{'text':'said'},{'executableCode':{}},
                         {'text':'No'}]"""));
        assertThat(streamedParts(reply(true, events))).hasSize(6);
    }

    @Test
    void writesSourcesAndLikelihoodsAtTheEnd() {
        ChatEvent cited = new Cited(
                0,
                RawJson.ofLiteral(quoted("{'type':'url_citation','url_citation':{'url':'u','title':'t','start_index':1,"
                        + "'end_index':5}}")));
        ChatEvent logprobs = new Logprobs(
                0,
                RawJson.ofLiteral(quoted("{'content':[{'token':'A','logprob':-1,'bytes':null,"
                        + "'top_logprobs':[{'token':'B','logprob':-2}]}]}")));

        JsonNode last = Gemini.chunks(reply(true, text("A"), cited, logprobs, DONE)).getLast().path("candidates").path(0);

        assertThat(last.path("groundingMetadata"))
                .isEqualTo(expected(
                        """
                        {'groundingChunks':[{'web':{'uri':'u','title':'t'}}],
                         'groundingSupports':[{'segment':{'startIndex':1,'endIndex':5},'groundingChunkIndices':[0]}]}"""));
        assertThat(last.path("logprobsResult"))
                .isEqualTo(expected(
                        """
                        {'topCandidates':[{'candidates':[{'token':'B','logProbability':-2}]}],
                         'chosenCandidates':[{'token':'A','logProbability':-1}]}"""));
    }

    @Test
    void tellsAnswersApart() {
        ChatEvent[] events = {
            new TextDelta(1, raw("B")), new TextDelta(0, raw("A")), new Stopped(1, FinishReason.LENGTH, null),
            new Stopped(0, FinishReason.CONTENT_FILTER, null)
        };

        JsonNode candidates = json(reply(false, events)).path("candidates");

        assertThat(candidates).hasSize(2);
        assertThat(candidates.path(0).path("index").asInt()).isEqualTo(1);
        assertThat(candidates.path(0).path("finishReason").asText()).isEqualTo("MAX_TOKENS");
        assertThat(candidates.path(1).path("finishReason").asText()).isEqualTo("SAFETY");
    }

    @Test
    void writesACount() {
        JsonOutput out = new JsonOutput();

        Gemini.DIALECT.writeCount(36, out);

        assertThat(out.toString()).isEqualTo("{\"totalTokens\":36}");
    }
}
