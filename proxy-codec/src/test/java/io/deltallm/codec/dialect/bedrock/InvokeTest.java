package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.frame.AwsMessages;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InvokeTest {
    private static final TitanText TITAN = new TitanText();
    private static final Llama LLAMA = new Llama();
    private static final Message SYSTEM = Message.text(Role.SYSTEM, "Be brief.");
    private static final Message HELLO = Message.text(Role.USER, "Hello");
    private static final Message HI = Message.text(Role.ASSISTANT, "Hi!");
    private static final Message WHO = Message.text(Role.USER, "Who?");

    @Test
    void asksTitanAQuestion() {
        Chats chats = Chats.of(HELLO)
                .sampling(new Sampling(
                        10L, 0.8, 1.0, null, null, null, null, null, List.of("|", "END"), null, null, null));

        assertThat(chats.written(TITAN, "amazon.titan-text-lite-v1"))
                .isEqualTo("{\"inputText\":\"Hello\",\"textGenerationConfig\":"
                        + "{\"maxTokenCount\":10,\"temperature\":0.8,\"topP\":1,\"stopSequences\":[\"|\"]}}");
        assertThat(chats.lost()).containsExactly("stop");
    }

    @Test
    void tellsTitanAConversation() {
        assertThat(Chats.of(SYSTEM, HELLO, HI, WHO).written(TITAN, "amazon.titan-text-lite-v1"))
                .isEqualTo("{\"inputText\":\"Be brief.\\nUser: Hello\\nBot: Hi!\\nUser: Who?\\nBot:\","
                        + "\"textGenerationConfig\":{\"stopSequences\":[\"User:\"]}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "meta.llama3-8b-instruct-v1:0;<|begin_of_text|><|start_header_id|>system<|end_header_id|>##Be brief.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>##Hello<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>##Hi!<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>##Who?<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>##",
        "us.meta.llama4-scout-17b-instruct-v1:0;<|begin_of_text|><|header_start|>system<|header_end|>##Be brief.<|eot|>"
                + "<|header_start|>user<|header_end|>##Hello<|eot|>"
                + "<|header_start|>assistant<|header_end|>##Hi!<|eot|>"
                + "<|header_start|>user<|header_end|>##Who?<|eot|>"
                + "<|header_start|>assistant<|header_end|>##",
        "meta.llama2-13b-chat-v1;<s>[INST] <<SYS>>#Be brief.#<</SYS>>##Hello [/INST] Hi! </s><s>[INST] Who? [/INST]",
    })
    void rendersTheTemplateOfLlamasGeneration(String model, String prompt) {
        Chats chats = Chats.of(SYSTEM, HELLO, HI, WHO)
                .sampling(new Sampling(
                        7L, 2.0, 0.9, 4L, null, null, null, null, List.of("x"), null, null, null));

        assertThat(chats.written(LLAMA, model))
                .isEqualTo("{\"prompt\":\"" + prompt.replace("#", "\\n")
                        + "\",\"max_gen_len\":7,\"temperature\":1,\"top_p\":0.9}");
        assertThat(chats.lost()).containsExactlyInAnyOrder("top_k", "stop");
    }

    @Test
    void tellsWhatIsNoTextAsLost() {
        Chats chats = Chats.of(
                        Chats.user(Part.Text.of("a"), new Part.Image(new Media.Inline("image/png", "AAAA"), null, null)),
                        Chats.assistant(Chats.toolCall("x", "now", "{}")),
                        Chats.results(Chats.result("x", "noon")),
                        WHO)
                .tool("now")
                .schema("{}")
                .effort("low")
                .extra("store", "true");

        assertThat(chats.written(TITAN, "amazon.titan-text-lite-v1")).contains("\"a\\n\\nWho?\"");
        assertThat(chats.lost())
                .containsExactlyInAnyOrder(
                        "messages[0].content[1]", "messages[1].content[0]", "messages[2].content[0]", "tools",
                        "response_format", "reasoning_effort", "store");
    }

    @Test
    void refusesAConversationWithoutText() {
        assertThatThrownBy(() -> Chats.asking(" ").written(LLAMA, "meta.llama3")).isInstanceOf(Refused.class);
    }

    @Test
    void readsTitansReplies() {
        String plain = "{\"inputTextTokenCount\":5,\"results\":[{\"tokenCount\":10,\"outputText\":\"\\nHi\","
                + "\"completionReason\":\"LENGTH\"}]}";
        byte[] stream = AwsMessages.concat(
                AwsMessages.chunk("{\"outputText\":\"\\nH\",\"index\":0,\"totalOutputTextTokenCount\":null,"
                        + "\"completionReason\":null,\"inputTextTokenCount\":5}"),
                AwsMessages.chunk("{\"outputText\":\"i\",\"index\":0,\"totalOutputTextTokenCount\":10,"
                        + "\"completionReason\":\"LENGTH\",\"inputTextTokenCount\":5,"
                        + "\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":5,\"outputTokenCount\":10}}"));

        assertThat(Replies.plain(TITAN, plain).lines())
                .containsExactly("Started null null", "TextDelta \"\\nHi\"", "Used 5+10=15 read 0 written 0", "Stopped LENGTH null");
        readsCutAnywhere(TITAN, stream, List.of(
                "Started null null", "TextDelta \"\\nH\"", "TextDelta \"i\"", "Used 5+10=15 read 0 written 0",
                "Stopped LENGTH null"));
    }

    @Test
    void readsLlamasReplies() {
        String plain = "{\"generation\":\"Hi\",\"prompt_token_count\":3,\"generation_token_count\":1,\"stop_reason\":\"stop\"}";
        byte[] stream = AwsMessages.concat(
                AwsMessages.chunk("{\"generation\":\"H\",\"prompt_token_count\":3,\"generation_token_count\":1,"
                        + "\"stop_reason\":null}"),
                AwsMessages.chunk("{\"generation\":\"i\",\"prompt_token_count\":null,\"generation_token_count\":2,"
                        + "\"stop_reason\":\"length\"}"));

        assertThat(Replies.plain(LLAMA, plain).lines())
                .containsExactly("Started null null", "TextDelta \"Hi\"", "Used 3+1=4 read 0 written 0", "Stopped STOP null");
        readsCutAnywhere(LLAMA, stream, List.of(
                "Started null null", "TextDelta \"H\"", "TextDelta \"i\"", "Used 3+2=5 read 0 written 0",
                "Stopped LENGTH null"));
    }

    @Test
    void endsWhatAGuardrailBlocksAsFiltered() {
        byte[] blocked = AwsMessages.chunk("{\"outputText\":\"No.\",\"index\":0.0,\"totalOutputTextTokenCount\":3.0,"
                + "\"inputTextTokenCount\":6.0,\"amazon-bedrock-guardrailAction\":\"INTERVENED\"}");
        String changed = "{\"generation\":\"Hi\",\"stop_reason\":\"stop\",\"amazon-bedrock-guardrailAction\":\"INTERVENED\"}";
        String passed = changed.replace("INTERVENED", "NONE");

        readsCutAnywhere(TITAN, blocked, List.of(
                "Started null null", "TextDelta \"No.\"", "Used 6+3=9 read 0 written 0", "Stopped CONTENT_FILTER null"));
        assertThat(Replies.plain(LLAMA, changed).lines()).endsWith("Stopped CONTENT_FILTER null");
        assertThat(Replies.plain(LLAMA, passed).lines()).endsWith("Stopped STOP null");
    }

    private static void readsCutAnywhere(UpstreamDialect dialect, byte[] stream, List<String> events) {
        for (int split = 0; split <= stream.length; split++) {
            assertThat(Replies.stream(dialect, stream, split).lines()).as("split at %d", split).isEqualTo(events);
        }
    }

    @Test
    void neverTakesAReplyCutShortForAWholeOne() {
        byte[] llama = AwsMessages.chunk("{\"generation\":\"H\",\"stop_reason\":null}");
        byte[] titan = AwsMessages.chunk("{\"outputText\":\"H\",\"completionReason\":null}");

        assertThat(Replies.stream(LLAMA, llama, 9).lines().getLast()).startsWith("Failed UPSTREAM_CLOSED");
        assertThat(Replies.stream(TITAN, titan, 9).lines().getLast()).startsWith("Failed UPSTREAM_CLOSED");
        assertThat(Replies.plain(TITAN, "{\"results\":[]}").lines().getLast()).startsWith("Failed UPSTREAM_CLOSED");
    }

    @Test
    void tellsExceptionsWithinAStream() {
        byte[] stream = AwsMessages.exception("modelStreamErrorException", "{\"message\":\"it broke\"}");

        assertThat(Replies.stream(LLAMA, stream, 9).lines()).containsExactly("Failed PROVIDER_FAILED it broke");
        assertThat(Replies.stream(TITAN, stream, 9).lines()).containsExactly("Failed PROVIDER_FAILED it broke");
    }

    @Test
    void readsRecordedReplies() {
        List<Recording> recordings = Recordings.of(List.of("bedrock")).stream()
                .filter(recording -> recording.status() == 200)
                .filter(recording -> recording.api().startsWith("bedrock.invoke"))
                .filter(recording -> path(recording).contains("titan-text") || path(recording).contains("meta.llama"))
                .toList();

        assertThat(recordings).hasSizeGreaterThanOrEqualTo(3);
        for (Recording recording : recordings) {
            UpstreamDialect dialect = path(recording).contains("titan") ? TITAN : LLAMA;
            TellingSink told = recording.stream()
                    ? Replies.byteByByte(dialect, body(recording))
                    : Replies.plain(dialect, recording.body());

            assertThat(told.lines().getLast()).as(recording.id()).isEqualTo("Stopped LENGTH null");
            assertThat(told.text()).as(recording.id()).hasSizeGreaterThan(20);
            assertThat(told.lines()).as(recording.id()).anyMatch(line -> line.startsWith("Used "));
        }
    }

    private static String path(Recording recording) {
        return recording.request().path("path").asText();
    }

    private static byte[] body(Recording recording) {
        return Base64.getDecoder().decode(recording.response().path("body_base64").asText());
    }
}
