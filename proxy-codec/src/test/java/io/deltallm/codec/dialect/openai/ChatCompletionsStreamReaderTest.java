package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChatCompletionsStreamReaderTest {
    private static final String DONE = "data: [DONE]\n\n";

    private static String delta(String delta) {
        return choice("\"delta\":" + delta);
    }

    private static String choice(String members) {
        return "data: {\"id\":\"chatcmpl-1\",\"model\":\"m\",\"choices\":[{\"index\":0," + members + "}]}\n\n";
    }

    private static String call(String call) {
        return delta("{\"tool_calls\":[" + call + "]}");
    }

    private static String finish(String reason) {
        return choice("\"delta\":{},\"finish_reason\":\"" + reason + "\"");
    }

    private static Told read(String... events) {
        String stream = String.join("", events);
        Told whole = Told.of(true, stream);
        assertThat(Told.inPieces(true, stream, 1).events).isEqualTo(whole.events);
        return whole;
    }

    @Test
    void tellsATextAsItsEscapedPieces() {
        Told told = read(delta("{\"role\":\"assistant\",\"content\":\"\"}"), delta("{\"content\":\"a\\n\\u00e9\"}"), finish("stop"), DONE);

        assertThat(told.events).containsExactly(
                "Started[id=\"chatcmpl-1\", model=\"m\"]",
                "TextDelta[choice=0, text=\"a\\n\\u00e9\"]",
                "Stopped[choice=0, reason=STOP, sequence=null]");
    }

    @Test
    void startsWithTheFirstChunkThatHasAnAnswer() {
        Told told = read(
                "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\",\"prompt_filter_results\":[]}\n\n",
                delta("{\"content\":\"x\"}"),
                finish("stop"),
                DONE);

        assertThat(told.events.getFirst()).isEqualTo("Started[id=\"chatcmpl-1\", model=\"m\"]");
        assertThat(told.answer()).hasToString("x|||[]|STOP");
    }

    @Test
    void readsTheModelEvenBehindTheChoices() {
        Told told = read("data: {\"id\":\"o\",\"choices\":[{\"delta\":{\"content\":\"1\"},\"finish_reason\":\"eos\"}],\"model\":\"late\"}\n\n");

        assertThat(told.events.getFirst()).isEqualTo("Started[id=\"o\", model=\"late\"]");
        assertThat(told.answer().finish).isEqualTo("STOP");
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_TOKENS, LENGTH",
        "max_output_tokens, LENGTH",
        "guardrail_intervened, CONTENT_FILTER",
        "RECITATION, CONTENT_FILTER",
        "eos, STOP",
        "COMPLETE, STOP"
    })
    void knowsTheWordsThatHostsHaveFromElsewhere(String word, String reason) {
        assertThat(read(delta("{\"content\":\"x\"}"), finish(word)).answer().finish).isEqualTo(reason);
    }

    @Test
    void neverLetsACutAnswerLookWhole() {
        Told told = read(delta("{\"content\":\"half\"}"));

        assertThat(told.failure).isNotNull();
        assertThat(told.failure().code()).isEqualTo(ErrorCode.UPSTREAM_CLOSED);
    }

    @Test
    void failsWhenNothingCameAtAll() {
        assertThat(read(": keep-alive\n\n").failure).isNotNull();
        assertThat(read(DONE).failure).isNotNull();
    }

    @Test
    void failsWhereOneOfSeveralAnswersIsCut() {
        Told told = read(
                delta("{\"content\":\"a\"}"),
                "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}\n\n",
                finish("stop"));

        assertThat(told.failure).isNotNull();
    }

    @Test
    void takesAReasonWithoutDone() {
        assertThat(read(delta("{\"content\":\"x\"}"), finish("length")).answer()).hasToString("x|||[]|LENGTH");
    }

    @Test
    void takesDoneWithoutAReason() {
        assertThat(read(choice("\"delta\":{\"content\":\"x\"},\"finish_reason\":\"\""), DONE).answer())
                .hasToString("x|||[]|STOP");
    }

    @Test
    void tellsAFinishOnceThoughItComesTwice() {
        Told told = read(delta("{\"content\":\"x\"}"), finish("stop"), finish("stop"), DONE);

        assertThat(told.events).filteredOn(event -> event.startsWith("Stopped")).hasSize(1);
    }

    @Test
    void countsUsageOnceThoughItComesOften() {
        Told told = read(
                "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}\n\n",
                finish("stop"),
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":5,\"total_tokens\":6,"
                        + "\"prompt_cache_hit_tokens\":1}}\n\n",
                DONE);

        assertThat(told.usage).isEqualTo(Usage.of(1, 5, 6, 1, 0, false));
    }

    @Test
    void addsReasoningThatIsCountedBesideTheCompletion() {
        Told told = read(
                finish("stop"),
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2,\"total_tokens\":19,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":7}}}\n\n",
                DONE);

        assertThat(told.usage).isEqualTo(Usage.of(10, 9, 19, 0, 7, false));
    }

    @Test
    void takesPiecesThatNameTheirCallByIndex() {
        Told told = read(
                call("{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                call("{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"),
                call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}"),
                call("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"),
                call("{\"index\":0,\"function\":{\"arguments\":\"1}\"}}"),
                finish("tool_calls"));

        assertThat(told.answer().callTexts()).isEqualTo(List.of("a f({\"x\":1})", "b g({})"));
    }

    @Test
    void takesWholeCallsWithoutAnIndex() {
        Told told = read(
                call("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}},"
                        + "{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":2}\"}}"),
                finish("stop"));

        assertThat(told.answer().callTexts()).isEqualTo(List.of("a f({\"x\":1})", "b f({\"x\":2})"));
        assertThat(told.answer().finish).isEqualTo("TOOL_CALLS");
    }

    @Test
    void goesOnWithTheLastCallWhereAPieceNamesNone() {
        Told told = read(
                call("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"}}"),
                call("{\"function\":{\"arguments\":\"1}\"}}"),
                finish("tool_calls"));

        assertThat(told.answer().callTexts()).isEqualTo(List.of("a f({\"x\":1})"));
    }

    @Test
    void tellsTwoCallsThatShareAnIndexApartByTheirIds() {
        Told told = read(
                call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}"),
                call("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":2}\"}}"),
                finish("tool_calls"));

        assertThat(told.answer().callTexts()).isEqualTo(List.of("a f({\"x\":1})", "b f({\"x\":2})"));
    }

    @Test
    void staysWithACallWhoseIdAndEmptyNameAreRepeated() {
        Told told = read(
                call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"}}"),
                call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"\",\"arguments\":\"1}\"}}"),
                finish("tool_calls"));

        assertThat(told.answer().callTexts()).isEqualTo(List.of("a f({\"x\":1})"));
    }

    @Test
    void passesOverAnEmptyObjectBeforeTheRealArguments() {
        Told told = read(
                call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":1}\"}}"),
                finish("tool_calls"));

        assertThat(told.answer().callTexts()).isEqualTo(List.of("a f({\"x\":1})"));
    }

    @Test
    void takesArgumentsThatAreAnObject() {
        Told told = read(
                call("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}"), finish("tool_calls"));

        assertThat(told.events).contains("ToolArguments[choice=0, tool=0, arguments={\"x\":1}]");
    }

    @Test
    void carriesGooglesMarkOnACall() {
        Told told = read(
                call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
                        + "\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}}"),
                finish("tool_calls"));

        assertThat(told.events).contains("ToolStarted[choice=0, tool=0, id=\"a\", name=\"f\", signature=\"c2ln\"]");
    }

    @Test
    void tellsAThoughtOnceThoughItStandsInTwoFields() {
        Told told = read(
                delta("{\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]}"),
                delta("{\"reasoning\":\"m\",\"reasoning_content\":\"m\"}"),
                delta("{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"sig\"}]}"),
                delta("{\"content\":\"x\"}"),
                finish("stop"));

        assertThat(told.answer()).hasToString("x|hmm||[]|STOP");
        assertThat(told.answer().proofs).containsExactly("sig");
    }

    @Test
    void readsMistralsListsOfThoughtsAndText() {
        Told told = read(
                delta("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]}"),
                delta("{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}"),
                finish("stop"));

        assertThat(told.answer()).hasToString("x|hm||[]|STOP");
    }

    @Test
    void failsOnAnErrorEvent() {
        Told told = read(
                delta("{\"content\":\"x\"}"),
                "event: error\ndata: {\"error\":{\"message\":\"Tool call validation failed\",\"code\":\"tool_use_failed\",\"status_code\":400}}\n\n");

        assertThat(told.failure().code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
        assertThat(told.failure().message()).isEqualTo("Tool call validation failed");
        assertThat(told.events).filteredOn(event -> event.startsWith("Failed")).hasSize(1);
    }

    @Test
    void failsOnAnErrorInPlaceOfAChunk() {
        Told told = read(
                delta("{\"content\":\"x\"}"),
                "data: {\"error\":{\"code\":502,\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"upstream gone\"}}}\n\n",
                DONE);

        assertThat(told.failure().code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(told.failure().message()).isEqualTo("upstream gone");
    }

    @Test
    void failsOnAnErrorWithinAChoice() {
        Told told = read(choice("\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"code\":429,\"message\":\"slow down\"}"), DONE);

        assertThat(told.failure().code()).isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
    }

    @Test
    void failsWhereTheHostSaysNoMoreThanError() {
        assertThat(read(delta("{\"content\":\"x\"}"), finish("network_error"), DONE).failure).isNotNull();
    }

    @Test
    void forgivesAnErrorBehindAFinishedAnswer() {
        Told told = read(
                finish("length"),
                "data: {\"error\":{\"code\":400,\"message\":\"Token limit reached\"},\"choices\":[]}\n\n",
                DONE);

        assertThat(told.failure).isNull();
        assertThat(told.answer().finish).isEqualTo("LENGTH");
    }

    @Test
    void tellsPicturesSourcesAndSound() {
        Told told = read(
                delta("{\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QUJD\"}}],"
                        + "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\",\"content\":\"c\"}},"
                        + "{\"type\":\"file\",\"file\":{\"name\":\"a.pdf\"}}],\"audio\":{\"id\":\"au\",\"data\":\"AA==\",\"transcript\":\"hi\"}}"),
                finish("stop"));

        assertThat(told.events).contains(
                "ImageMade[choice=0, mediaType=image/png, base64=\"QUJD\"]",
                "Cited[choice=0, annotation={\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\",\"content\":\"c\","
                        + "\"start_index\":0,\"end_index\":0,\"title\":\"\"}}]",
                "AudioDelta[choice=0, base64=\"AA==\", transcript=\"hi\"]");
        assertThat(told.events.toString()).doesNotContain("a.pdf");
    }

    @Test
    void readsTheMessageOfAPlainReplyThatHasADeltaBeside() {
        Told told = Told.of(false, "{\"id\":\"p\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"all\"},"
                + "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"stop\"}]}");

        assertThat(told.answer()).hasToString("all|||[]|STOP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"custom\":{\"input\":\"\",\"name\":\"\"},\"function\":{\"arguments\":\"{\\\"a\\\":1}\",\"name\":\"f\"}",
                "\"function\":{\"arguments\":\"{\\\"a\\\":1}\",\"name\":\"f\"},\"custom\":{\"input\":\"\",\"name\":\"\"}"
            })
    void passesOverTheEmptyCustomCallBesideAFunction(String members) {
        Told told = read(call("{\"id\":\"c\",\"type\":\"function\"," + members + "}"), finish("stop"), DONE);

        assertThat(told.answer()).hasToString("|||[c f({\"a\":1})]|TOOL_CALLS");
    }

    @Test
    void tellsTheTextOfACustomToolAsItsArguments() {
        Told told = read(
                call("{\"index\":0,\"id\":\"c\",\"type\":\"custom\",\"custom\":{\"name\":\"sql\",\"input\":\"\"}}"),
                call("{\"index\":0,\"custom\":{\"input\":\"a \\\"b\"}}"),
                call("{\"index\":0,\"custom\":{\"input\":\"\\\"\\n\"}}"),
                finish("tool_calls"),
                DONE);

        assertThat(told.answer().callTexts()).containsExactly("c sql({\"input\":\"a \\\"b\\\"\\n\"})");
    }

    @Test
    void takesNullForNoArguments() {
        Told told = read(
                call("{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"now\",\"arguments\":\"null\"}}"), finish("tool_calls"));

        assertThat(told.answer().callTexts()).containsExactly("c now({})");
    }

    @Test
    void tellsAnErrorWhoseMembersStandAtTheTop() {
        Told told = read(
                delta("{\"content\":\"half\"}"),
                "data: {\"object\":\"error\",\"message\":\"out of memory\",\"type\":\"InternalServerError\",\"code\":500}\n\n",
                DONE);

        assertThat(told.failure().code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(told.failure().message()).isEqualTo("out of memory");
        assertThat(told.answer().finish).isEmpty();
    }

    @Test
    void readsThoughtsUnderGitHubsName() {
        assertThat(read(delta("{\"reasoning_text\":\"hm\"}"), delta("{\"content\":\"x\"}"), finish("stop")).answer())
                .hasToString("x|hm||[]|STOP");
    }

    @Test
    void tellsSourcesBehindTheTextThatRestsOnThem() {
        Told told = read(
                delta("{\"content\":\"\",\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"a\",\"title\":\"A\","
                        + "\"start_index\":0,\"end_index\":0}}]}"),
                delta("{\"content\":\"x\"}"),
                finish("stop"));

        assertThat(told.events).containsSubsequence(
                "TextDelta[choice=0, text=\"x\"]",
                "Cited[choice=0, annotation={\"type\":\"url_citation\",\"url_citation\":{\"url\":\"a\",\"title\":\"A\","
                        + "\"start_index\":0,\"end_index\":0}}]",
                "Stopped[choice=0, reason=STOP, sequence=null]");
    }

    @Test
    void tellsWhatASearchFoundOnceThoughEachEventHasIt() {
        String event = "data: {\"id\":\"p\",\"citations\":[\"u\"],\"search_results\":[{\"title\":\"T\",\"url\":\"u\",\"snippet\":\"s\"},"
                + "{\"title\":\"no url\"}],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}%s}]}\n\n";

        Told told = read(event.formatted(""), event.formatted(",\"finish_reason\":\"stop\""));

        assertThat(told.events.subList(1, told.events.size())).containsExactly(
                "TextDelta[choice=0, text=\"x\"]",
                "TextDelta[choice=0, text=\"x\"]",
                "Cited[choice=0, annotation={\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":0,"
                        + "\"url\":\"u\",\"title\":\"T\"}}]",
                "Stopped[choice=0, reason=STOP, sequence=null]");
    }

    @ParameterizedTest
    @CsvSource({
        "1002, PROVIDER_RATE_LIMITED", "1004, PROVIDER_UNAUTHORIZED", "1008, PROVIDER_QUOTA_EXHAUSTED",
        "1026, CONTENT_FILTERED", "2013, PROVIDER_REJECTED", "2061, PROVIDER_MODEL_NOT_FOUND", "1000, PROVIDER_FAILED",
    })
    void knowsMiniMaxsFailuresBesideNoChoices(String status, ErrorCode code) {
        Told told = read("data: {\"id\":\"x\",\"choices\":null,\"model\":\"m\",\"base_resp\":{\"status_code\":" + status
                + ",\"status_msg\":\"it failed\"}}\n\n", "data: [DONE]\n\n");

        assertThat(told.failure().code()).isEqualTo(code);
        assertThat(told.failure().message()).isEqualTo("it failed");
        assertThat(told.events).hasSize(1);
    }

    @Test
    void takesMiniMaxsGoodEndForOne() {
        Told told = read(delta("{\"content\":\"x\"}"), "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"delta\":{}}],"
                + "\"base_resp\":{\"status_code\":0,\"status_msg\":\"\"}}\n\n");

        assertThat(told.answer()).hasToString("x|||[]|STOP");
    }

    @Test
    void tellsBareUrlsAsSources() {
        String event = "data: {\"id\":\"p\",\"citations\":%s,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}%s}]}\n\n";

        Told told = read(
                event.formatted("[]", ""),
                event.formatted("[\"u\",null,\"v\"]", ""),
                event.formatted("[\"u\",\"v\"]", ",\"finish_reason\":\"stop\""));

        assertThat(told.events.subList(4, told.events.size())).containsExactly(
                "Cited[choice=0, annotation={\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":0,"
                        + "\"url\":\"u\",\"title\":\"\"}}]",
                "Cited[choice=0, annotation={\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":0,"
                        + "\"url\":\"v\",\"title\":\"\"}}]",
                "Stopped[choice=0, reason=STOP, sequence=null]");
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        Told told = read(
                delta("{\"content\":null,\"role\":null,\"tool_calls\":null,\"function_call\":null,\"token_id\":3,\"new\":[{}]}"),
                "event: ping\ndata: {\"hello\":{}}\n\n",
                delta("{\"content\":\"x\"}"),
                finish("stop"));

        assertThat(told.answer()).hasToString("x|||[]|STOP");
    }
}
