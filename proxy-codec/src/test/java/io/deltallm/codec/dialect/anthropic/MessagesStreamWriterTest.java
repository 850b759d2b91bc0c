package io.deltallm.codec.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Streams and plain replies from the same events: they have to make the same message.
class MessagesStreamWriterTest {
    private static final ChatEvent STOPPED = new ChatEvent.Stopped(0, FinishReason.STOP, null);

    private static RawJson quoted(String text) {
        return RawJson.ofText(text);
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, quoted(text));
    }

    private static ChatEvent tool(int number, String name) {
        return new ChatEvent.ToolStarted(0, number, quoted("id" + number), quoted(name), null);
    }

    private static ChatEvent piece(int number, String json) {
        return new ChatEvent.ToolDelta(0, number, quoted(json));
    }

    private static ChatEvent stopped(FinishReason reason) {
        return new ChatEvent.Stopped(0, reason, null);
    }

    private static String written(boolean streamed, ChatEvent... events) {
        ReplyWriter writer = new Messages().replyWriter(new ClientCall("x1", "alias", streamed, true, 0));
        JsonOutput out = new JsonOutput();
        for (ChatEvent event : events) {
            writer.write(event, out);
        }
        assertThat(streamed || out.isEmpty()).as("a plain reply waits for its end").isTrue();
        writer.end(out);
        return out.toString();
    }

    /// The message that a client makes of the stream, and that is the plain reply.
    private static ObjectNode message(ChatEvent... events) {
        ObjectNode streamed = Transcript.message(Transcript.events(written(true, events)));
        ObjectNode plain = (ObjectNode) Transcript.json(written(false, events));
        assertThat(streamed).isEqualTo(plain);
        return plain;
    }

    private static JsonNode content(ChatEvent... events) {
        return message(events).path("content");
    }

    private static JsonNode json(String text) {
        return Transcript.json(text.replace('\'', '"'));
    }

    @Test
    void writesEveryEventUnderItsName() {
        String stream = written(
                true,
                new ChatEvent.Started(quoted("chatcmpl-1"), quoted("gpt")),
                text("Hi"),
                text(" you"),
                STOPPED,
                new ChatEvent.Used(new Usage(10, 4, 14, 6, 1, 2, 0, 0, false)));

        assertThat(stream).isEqualTo("""
                event: message_start
                data: {"type":"message_start","message":{"model":"gpt","id":"msg_x1","type":"message","role":"assistant",\
                "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,\
                "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" you"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":\
                {"input_tokens":3,"cache_creation_input_tokens":1,"cache_read_input_tokens":6,"output_tokens":4,\
                "output_tokens_details":{"thinking_tokens":2}}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
    }

    @Test
    void keepsWhatFitsOfTheProvidersIdAndModel() {
        ObjectNode own = message(new ChatEvent.Started(quoted("msg_7"), null), STOPPED);
        ObjectNode made = message(STOPPED);

        assertThat(own.path("id").asText()).isEqualTo("msg_7");
        assertThat(own.path("model").asText()).isEqualTo("alias");
        assertThat(made.path("id").asText()).isEqualTo("msg_x1");
        assertThat(made.path("content")).isEmpty();
    }

    @Test
    void keepsBlocksApartWhereCallsAreInterleaved() {
        ChatEvent[] events = {
            tool(0, "a"),
            tool(1, "b"),
            piece(1, "{\"y\":\"}"),
            piece(0, "{\"x\":"),
            piece(1, "\\\"\"}"),
            text("done"),
            piece(0, "[1]}"),
            stopped(FinishReason.TOOL_CALLS)
        };

        JsonNode content = content(events);

        assertThat(content.findValuesAsText("type")).containsExactly("tool_use", "tool_use", "text");
        assertThat(content.path(0).path("input")).isEqualTo(json("{'x':[1]}"));
        assertThat(content.path(1).path("input").path("y").asText()).isEqualTo("}\"");
        assertThat(content.path(2).path("text").asText()).isEqualTo("done");
    }

    @Test
    void goesOnStreamingTheCallThatWaited() {
        ReplyWriter writer = new Messages().replyWriter(new ClientCall("x1", "alias", true, true, 0));
        JsonOutput out = new JsonOutput();
        for (ChatEvent event : List.of(tool(0, "a"), tool(1, "b"), piece(1, "{\"y\":"), piece(0, "{}"))) {
            writer.write(event, out);
        }
        out.clear();

        writer.write(piece(1, "2}"), out);

        assertThat(out.toString()).contains("\"index\":1").contains("\"partial_json\":\"2}\"");
    }

    @Test
    void writesCallsWithoutArgumentsAndWithAllAtOnce() {
        JsonNode content = content(
                tool(0, "a"),
                new ChatEvent.ToolArguments(0, 0, RawJson.ofLiteral("{\"q\":\"\\\"\\n\"}")),
                tool(1, "b"),
                piece(1, ""),
                tool(2, "c"),
                new ChatEvent.ToolArguments(0, 2, RawJson.ofLiteral("{\"z\":1}")),
                stopped(FinishReason.TOOL_CALLS));

        assertThat(content.findValues("input").toString()).isEqualTo("[{\"q\":\"\\\"\\n\"}, {}, {\"z\":1}]");
    }

    @Test
    void makesIdsAndKeepsMarks() {
        JsonNode content = content(
                new ChatEvent.ToolStarted(0, 0, null, quoted("a"), quoted("mark")), stopped(FinishReason.TOOL_CALLS));

        assertThat(content).isEqualTo(json("[{'type':'tool_use','id':'toolu_x1_0','name':'a','input':{},"
                + "'extra_content':{'google':{'thought_signature':'mark'}}}]"));
    }

    @Test
    void writesThoughtsWithAndWithoutProof() {
        JsonNode content = content(
                new ChatEvent.ThinkingDelta(0, quoted("a")),
                new ChatEvent.ThinkingDelta(0, quoted("b")),
                new ChatEvent.ThinkingSignature(0, quoted("s")),
                new ChatEvent.ThinkingDelta(0, quoted("c")),
                new ChatEvent.RedactedThinking(0, quoted("d")),
                text("x"),
                STOPPED);

        assertThat(content).isEqualTo(json("[{'type':'thinking','thinking':'ab','signature':'s'},"
                + "{'type':'thinking','thinking':'c','signature':''},{'type':'redacted_thinking','data':'d'},"
                + "{'type':'text','text':'x'}]"));
    }

    @Test
    void writesSourcesAsCitationsOfTheTextBefore() {
        RawJson annotation = RawJson.ofLiteral("{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,"
                + "\"end_index\":1,\"title\":\"T\",\"url\":\"https://a\"}}");

        JsonNode content = content(
                new ChatEvent.Cited(0, annotation),
                text("a"),
                new ChatEvent.Cited(0, annotation),
                text("b"),
                STOPPED);

        assertThat(content).isEqualTo(json("[{'type':'text','text':'a','citations':[{'type':'web_search_result_location',"
                + "'cited_text':'','url':'https://a','title':'T','encrypted_index':''}]},{'type':'text','text':'b'}]"));
    }

    @Test
    void writesItsOwnBlocksAndNoOthers() {
        RawJson block = RawJson.ofLiteral("{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"n\",\"input\":{}}");

        JsonNode content = content(
                new ChatEvent.Opaque(0, "messages", block),
                new ChatEvent.Opaque(0, "responses", block),
                new ChatEvent.TextDelta(1, quoted("another choice")),
                new ChatEvent.ImageMade(0, "image/png", quoted("AA==")),
                new ChatEvent.RefusalDelta(0, quoted("no")),
                new ChatEvent.AudioDelta(0, quoted("AA=="), quoted(" said")),
                stopped(FinishReason.REFUSAL));

        assertThat(content).isEqualTo(json("[" + block.json() + ",{'type':'text','text':'no said'}]"));
    }

    @ParameterizedTest
    @EnumSource(value = FinishReason.class, mode = EnumSource.Mode.EXCLUDE, names = "ERROR")
    void readsEveryStopReasonAsItWasWritten(FinishReason reason) {
        String stream = written(true, text("x"), new ChatEvent.Stopped(0, reason, quoted("END")));

        Told told = Told.stream(stream, 100);

        FinishReason expected = reason == FinishReason.REFUSAL ? FinishReason.CONTENT_FILTER : reason;
        assertThat(told.finish).isEqualTo(expected);
        assertThat(told.sequence).isEqualTo("END");
    }

    @Test
    void doesNotMakeAFailureLookWhole() {
        assertThatThrownBy(() -> written(true, text("x"), stopped(FinishReason.ERROR))).isInstanceOf(Refused.class);
    }

    @Test
    void refusesArgumentsThatAreNoJsonUnlessTheyWereCut() {
        assertThatThrownBy(() -> written(false, tool(0, "a"), piece(0, "{\"x"), stopped(FinishReason.TOOL_CALLS)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("\"a\"");

        String cut = written(false, tool(0, "a"), piece(0, "{\"x"), stopped(FinishReason.LENGTH));

        assertThat(Transcript.json(cut).path("content").path(0).path("input")).isEmpty();
        assertThat(Transcript.json(cut).path("stop_reason").asText()).isEqualTo("max_tokens");
    }
}
