package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.json.JsonProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.deltallm.codec.dialect.gemini.Gemini.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplyReaderTest {
    private static final String STARTED = "Started[id=null, model=null]";

    private static List<String> plain(String body) {
        return Gemini.plain(quoted(body));
    }

    private static List<String> stream(String... events) {
        StringBuilder body = new StringBuilder();
        for (String event : events) {
            body.append("data: ").append(quoted(event)).append("\r\n\r\n");
        }
        List<String> atOnce = Gemini.stream(body.toString(), 100_000);
        assertThat(Gemini.stream(body.toString(), 1)).isEqualTo(atOnce);
        return atOnce;
    }

    private static String candidate(String members) {
        return "{'candidates':[{" + members + "}]}";
    }

    private static String parts(String parts) {
        return candidate("'content':{'parts':[" + parts + "]},'finishReason':'STOP'");
    }

    @Test
    void tellsTheNameFirstThoughItStandsLast() {
        List<String> events = plain("{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'finishReason':'STOP'}],"
                + "'usageMetadata':{'promptTokenCount':3,'toolUsePromptTokenCount':2,'candidatesTokenCount':1,"
                + "'thoughtsTokenCount':4,'totalTokenCount':10},'modelVersion':'m','responseId':'r'}");

        assertThat(events)
                .containsExactly(
                        quoted("Started[id='r', model='m']"),
                        quoted("TextDelta[choice=0, text='Hi']"),
                        "Used[usage=Usage[promptTokens=5, completionTokens=5, totalTokens=10, cachedTokens=0,"
                                + " cacheWriteTokens=0, reasoningTokens=4, promptAudioTokens=0,"
                                + " completionAudioTokens=0, estimated=false]]",
                        "Stopped[choice=0, reason=STOP, sequence=null]");
    }

    @Test
    void tellsPartsInTheirOrder() {
        List<String> events = plain(parts(
                """
                {'text':'Hm','thought':true},{'text':'A','thoughtSignature':'s'},
                {'functionCall':{'name':'f','id':'1','args':{'x':[1]}},'thoughtSignature':'t'},{'functionCall':{'name':'g'}},
                {'inlineData':{'mimeType':'image/png','data':'AAAA'}},{'inlineData':{'mimeType':'audio/L16','data':'BBBB'}},
                {'executableCode':{'code':'1'}},{'text':''}"""));

        assertThat(events)
                .containsExactly(
                        STARTED,
                        quoted("ThinkingDelta[choice=0, text='Hm']"),
                        quoted("TextDelta[choice=0, text='A']"),
                        quoted("ThinkingSignature[choice=0, signature='s']"),
                        quoted("ToolStarted[choice=0, tool=0, id='1', name='f', signature='t']"),
                        quoted("ToolArguments[choice=0, tool=0, arguments={'x':[1]}]"),
                        quoted("ToolStarted[choice=0, tool=1, id=null, name='g', signature=null]"),
                        "ToolArguments[choice=0, tool=1, arguments={}]",
                        quoted("ImageMade[choice=0, mediaType=image/png, base64='AAAA']"),
                        quoted("AudioDelta[choice=0, base64='BBBB', transcript=null]"),
                        quoted("Opaque[choice=0, dialect=generateContent, block={'executableCode':{'code':'1'}}]"),
                        "Stopped[choice=0, reason=TOOL_CALLS, sequence=null]");
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,STOP", "MAX_TOKENS,LENGTH", "SAFETY,CONTENT_FILTER", "RECITATION,CONTENT_FILTER", "SPII,CONTENT_FILTER",
        "MODEL_ARMOR,CONTENT_FILTER", "IMAGE_SAFETY,CONTENT_FILTER", "OTHER,STOP", "MALFORMED_FUNCTION_CALL,STOP",
        "SOMETHING_NEW,STOP"
    })
    void knowsWhyAnswersEnd(String name, String reason) {
        List<String> events = plain(candidate("'content':{},'finishReason':'" + name + "'"));

        assertThat(events).containsExactly(STARTED, "Stopped[choice=0, reason=" + reason + ", sequence=null]");
    }

    @Test
    void tellsARefusedPromptAsAFilteredAnswer() {
        String body = "{'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'trafficType':'ON_DEMAND'}}";

        assertThat(plain(body)).containsExactly(STARTED, "Stopped[choice=0, reason=CONTENT_FILTER, sequence=null]");
        assertThat(stream(body)).isEqualTo(plain(body));
    }

    @Test
    void tellsCandidatesApart() {
        List<String> events = stream(
                "{'candidates':[{'content':{'parts':[{'text':'A'}]}},{'index':1,'content':{'parts':[{'text':'B'}]}}]}",
                "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]},'index':1,'finishReason':'STOP'}]}",
                "{'candidates':[{'finishReason':'MAX_TOKENS','index':0}]}");

        assertThat(events)
                .containsExactly(
                        STARTED,
                        quoted("TextDelta[choice=0, text='A']"),
                        quoted("TextDelta[choice=1, text='B']"),
                        quoted("ToolStarted[choice=1, tool=0, id=null, name='f', signature=null]"),
                        "ToolArguments[choice=1, tool=0, arguments={}]",
                        "Stopped[choice=0, reason=LENGTH, sequence=null]",
                        "Stopped[choice=1, reason=TOOL_CALLS, sequence=null]");
    }

    @Test
    void goesOnBehindAnEndThatIsNone() {
        List<String> events = stream(
                parts("{'text':'A'}"),
                candidate("'content':{'parts':[{'text':'B'}]}"),
                parts("{'functionCall':{'name':'f'}}"));

        assertThat(events)
                .containsExactly(
                        STARTED,
                        quoted("TextDelta[choice=0, text='A']"),
                        quoted("TextDelta[choice=0, text='B']"),
                        quoted("ToolStarted[choice=0, tool=0, id=null, name='f', signature=null]"),
                        "ToolArguments[choice=0, tool=0, arguments={}]",
                        "Stopped[choice=0, reason=TOOL_CALLS, sequence=null]");
    }

    @Test
    void endsAnAnswerThatIsBlockedInItsMiddle() {
        List<String> events = stream(
                candidate("'content':{'parts':[{'text':'A'}]}"), "{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'}}");

        assertThat(events)
                .containsExactly(
                        STARTED,
                        quoted("TextDelta[choice=0, text='A']"),
                        "Stopped[choice=0, reason=CONTENT_FILTER, sequence=null]");
    }

    @Test
    void keepsSketchesOfAPictureToItself() {
        List<String> events = plain(parts(
                "{'inlineData':{'mimeType':'image/png','data':'QQ=='},'thought':true},"
                        + "{'inlineData':{'mimeType':'image/png','data':'Qg=='}}"));

        assertThat(events).contains(quoted("ImageMade[choice=0, mediaType=image/png, base64='Qg==']")).hasSize(3);
    }

    @Test
    void failsWhereOneOfTwoAnswersWasCut() {
        List<String> events = stream(
                "{'candidates':[{'content':{'parts':[{'text':'A'}]}},{'index':1,'content':{'parts':[{'text':'B'}]}}]}",
                "{'candidates':[{'finishReason':'STOP','index':0}]}");

        assertThat(events.getLast()).startsWith("Failed").contains("UPSTREAM_PROTOCOL");
    }

    @Test
    void failsWhereAStreamEndsBeforeItsAnswerDoes() {
        assertThat(stream("{'candidates':[{'content':{'parts':[{'text':'A'}]}}]}").getLast()).startsWith("Failed");
        assertThat(stream("{'usageMetadata':{'promptTokenCount':1}}").getLast()).startsWith("Failed");
        assertThat(stream()).hasSize(1).first().asString().startsWith("Failed");
    }

    @Test
    void takesAChunkWithoutCandidates() {
        List<String> events = stream(
                "{'usageMetadata':{'promptTokenCount':1,'totalTokenCount':null}}",
                "{'candidates':null,'usageMetadata':null}",
                parts("{'text':'A'}"),
                "{'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':2}}");

        assertThat(events.get(events.size() - 2))
                .startsWith("Used[usage=Usage[promptTokens=1, completionTokens=2, totalTokens=3");
    }

    @Test
    void tellsAnErrorWithinAStreamAndNothingAfterIt() {
        List<String> events = stream(
                "{'candidates':[{'content':{'parts':[{'text':'A'}]}}]}",
                "{'error':{'code':503,'message':'The model is overloaded.','status':'UNAVAILABLE'}}",
                parts("{'text':'B'}"));

        assertThat(events).hasSize(3);
        assertThat(events.getLast()).startsWith("Failed").contains("PROVIDER_OVERLOADED", "The model is overloaded.");
    }

    @Test
    void tellsSourcesOfAnAnswer() {
        List<String> events = plain(candidate(
                """
                'content':{'parts':[{'text':'A'}]},'finishReason':'STOP','groundingMetadata':{
                'groundingChunks':[{'web':{'uri':'u0','title':'t0'}},{'web':{'uri':'u1'}},{'other':{}}],
                'groundingSupports':[{'segment':{'startIndex':1,'endIndex':9},'groundingChunkIndices':[0,2,7]}]},
                'citationMetadata':{'citationSources':[{'startIndex':2,'endIndex':3,'uri':'u2'},{'license':'x'}]}"""));

        assertThat(events)
                .contains(
                        cited(1, 9, "u0", "t0"), cited(0, 0, "u1", ""), cited(2, 3, "u2", ""))
                .hasSize(6);
    }

    @Test
    void tellsThePlaceOfASourceInCharacters() {
        List<String> events = plain(candidate(
                """
                'content':{'parts':[{'text':'Olá, '},{'text':'nicht','thought':true},{'text':'não'}]},'groundingMetadata':{
                'groundingChunks':[{'web':{'uri':'u','title':'t'}}],
                'groundingSupports':[{'segment':{'startIndex':6,'endIndex':10},'groundingChunkIndices':[0]}]}"""));

        assertThat(events).contains(cited(5, 8, "u", "t"));
    }

    private static String cited(int start, int end, String url, String title) {
        return quoted("Cited[choice=0, annotation={'type':'url_citation','url_citation':{'start_index':" + start
                + ",'end_index':" + end + ",'url':'" + url + "','title':'" + title + "'}}]");
    }

    @Test
    void tellsHowLikelyTokensWere() {
        List<String> events = plain(candidate(
                """
                'finishReason':'STOP','logprobsResult':{'chosenCandidates':[{'token':'a','logProbability':-0.5}],
                'topCandidates':[{'candidates':[{'token':'a','logProbability':-0.5},{'token':'b','logProbability':-1}]}]}"""));

        assertThat(events.get(1))
                .isEqualTo(quoted("Logprobs[choice=0, logprobs={'content':[{'token':'a','logprob':-0.5,'bytes':[97],"
                        + "'top_logprobs':[{'token':'a','logprob':-0.5,'bytes':[97]},"
                        + "{'token':'b','logprob':-1,'bytes':[98]}]}]}]"));
    }

    @Test
    void readsAListOfRepliesToo() {
        List<String> events = plain("[" + candidate("'content':{'parts':[{'text':'A'}]},'finishReason':'STOP'") + "]");

        assertThat(events).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "7",
                "{'candidates':{}}",
                "{'candidates':[{'index':1000}]}",
                "{'candidates':[{'index':-1}]}",
                "{'candidates':[{'content':{'parts':[{'text':{}}]}}]}",
                "{'candidates':[{'content':{'parts':[{'functionCall':{'args':{}}}]}}]}",
                "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f','args':'x'}}]}}]}",
                "{'candidates':[{'finishReason':'STOP'}"
            })
    void saysWhereAReplyIsNotWhatItShouldBe(String body) {
        assertThatThrownBy(() -> plain(body)).isInstanceOf(JsonProblem.class);
    }
}
