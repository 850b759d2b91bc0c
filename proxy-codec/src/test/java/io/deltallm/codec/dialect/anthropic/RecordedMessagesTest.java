package io.deltallm.codec.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What Anthropic, Vertex and Bedrock really sent, and what was sent to them, against a second reading by a JSON library.
class RecordedMessagesTest {
    private static final ClientCall PLAIN = new ClientCall("x1", "alias", false, true, 0);
    private static final ClientCall STREAM = new ClientCall("x1", "alias", true, true, 0);

    private static List<Recording> recordings() {
        return Recordings.of(List.of("anthropic", "vertex", "bedrock")).stream()
                .filter(recording -> recording.api().equals("anthropic.messages")
                        || recording.api().equals("vertex.anthropic")
                        || (recording.api().startsWith("bedrock.invoke")
                                && recording.request().path("body").has("anthropic_version")))
                .toList();
    }

    private static List<Recording> answers(boolean streamed) {
        return recordings().stream()
                .filter(recording -> recording.status() == 200 && !recording.body().isEmpty())
                .filter(recording -> recording.eventStream() == streamed)
                .toList();
    }

    @Test
    void readsPlainRepliesAsALibraryDoes() {
        List<Recording> plain = answers(false);

        assertThat(plain).hasSizeGreaterThan(8);
        for (Recording recording : plain) {
            compare(recording.toString(), Told.plain(recording.body(), null), Transcript.json(recording.body()));
        }
    }

    @Test
    void readsStreamsAsALibraryDoesHoweverTheyAreCut() {
        List<Recording> streams = answers(true);

        assertThat(streams).hasSizeGreaterThan(9);
        for (Recording recording : streams) {
            JsonNode message = Transcript.message(Transcript.events(recording.body()));
            List<String> whole = Told.stream(recording.body(), recording.body().length() + 9999).events;
            for (int piece : new int[] {1, 97, 1460}) {
                Told told = Told.stream(recording.body(), piece);
                compare(recording + " in pieces of " + piece, told, message);
                assertThat(told.events).as(recording + " in pieces of " + piece).isEqualTo(whole);
            }
        }
    }

    private static void compare(String what, Told told, JsonNode message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<String> calls = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        List<JsonNode> opaque = new ArrayList<>();
        List<JsonNode> citations = new ArrayList<>();
        for (JsonNode block : message.path("content")) {
            switch (block.path("type").asText()) {
                case "text" -> text.append(block.path("text").asText());
                case "thinking" -> {
                    thinking.append(block.path("thinking").asText());
                    signatures.add(block.path("signature").asText());
                }
                case "redacted_thinking" -> assertThat(told.redacted).contains(block.path("data").asText());
                case "tool_use" -> calls.add(block.path("id").asText() + block.path("name").asText() + block.path("input"));
                default -> opaque.add(block);
            }
            block.path("citations").forEach(citations::add);
        }
        assertThat(told.failure).as(what).isNull();
        assertThat(told.id).as(what).isEqualTo(message.path("id").asText());
        assertThat(told.model).as(what).isEqualTo(message.path("model").asText());
        assertThat(told.text.toString()).as(what).isEqualTo(text.toString());
        assertThat(told.thinking.toString()).as(what).isEqualTo(thinking.toString());
        assertThat(told.signatures).as(what).isEqualTo(signatures);
        assertThat(told.calls.values().stream()
                        .map(call -> call.id + call.name + Transcript.json(
                                call.arguments.isEmpty() ? "{}" : call.arguments.toString())))
                .as(what)
                .containsExactlyElementsOf(calls);
        assertThat(told.opaque.stream().map(Transcript::json)).as(what).containsExactlyElementsOf(opaque);
        assertThat(told.citations.stream()
                        .map(cited -> Transcript.json(cited).path("extra_content").path("anthropic").path("citation")))
                .as(what)
                .containsExactlyElementsOf(citations);
        assertThat(told.finish).as(what).isEqualTo(finish(message.path("stop_reason").asText()));
        assertThat(told.sequence).as(what).isEqualTo(message.path("stop_sequence").textValue());
        compareUsage(what, told.usage, message.path("usage"));
    }

    private static FinishReason finish(String reason) {
        return switch (reason) {
            case "end_turn" -> FinishReason.STOP;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "max_tokens" -> FinishReason.LENGTH;
            case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
            case "pause_turn" -> FinishReason.PAUSE;
            default -> throw new AssertionError("unexpected " + reason);
        };
    }

    private static void compareUsage(String what, @Nullable Usage usage, JsonNode stated) {
        long cached = stated.path("cache_read_input_tokens").asLong();
        long written = stated.path("cache_creation_input_tokens").asLong();
        long prompt = stated.path("input_tokens").asLong() + cached + written;
        long output = stated.path("output_tokens").asLong();
        long thinking = stated.path("output_tokens_details").path("thinking_tokens").asLong();
        assertThat(usage)
                .as(what)
                .isEqualTo(new Usage(prompt, output, prompt + output, cached, written, thinking, 0, 0, false));
    }

    @Test
    void writesPlainRepliesAsTheyWere() {
        for (Recording recording : answers(false)) {
            Told told = Told.plain(recording.body(), new MessagesReplyWriter(PLAIN));

            assertThat(Transcript.carried((ObjectNode) Transcript.json(told.written.toString())))
                    .as(recording.toString())
                    .isEqualTo(Transcript.carried((ObjectNode) Transcript.json(recording.body())));
        }
    }

    @Test
    void writesStreamsThatMakeTheSameMessage() {
        for (Recording recording : answers(true)) {
            Told told = Told.stream(recording.body(), 1460, new MessagesStreamWriter(STREAM));

            assertThat(Transcript.carried(Transcript.message(Transcript.events(told.written.toString()))))
                    .as(recording.toString())
                    .isEqualTo(Transcript.carried(Transcript.message(Transcript.events(recording.body()))));
        }
    }

    @Test
    void readsItsOwnStreamsAsItReadTheProviders() {
        for (Recording recording : answers(true)) {
            Told first = Told.stream(recording.body(), 1460, new MessagesStreamWriter(STREAM));

            Told second = Told.stream(first.written.toString(), 1460);

            assertThat(second.text.toString()).as(recording.toString()).isEqualTo(first.text.toString());
            assertThat(second.finish).as(recording.toString()).isEqualTo(first.finish);
            assertThat(second.usage).as(recording.toString()).isEqualTo(first.usage);
            assertThat(second.opaque.size()).as(recording.toString()).isEqualTo(first.opaque.size());
        }
    }

    @Test
    void writesRequestsAsTheyWere() {
        int compared = 0;
        for (Recording recording : recordings()) {
            JsonNode body = recording.request().path("body");
            if (!body.has("messages")) {
                continue;
            }
            String model = body.path("model").asText("claude-haiku-4-5");
            MessagesHost host = host(body);
            List<String> lost = new ArrayList<>();
            ChatRequest request = new Messages()
                    .readRequest(new JsonCursor().over(bytes(body)), new PathCall(body.has("model") ? "" : model, false));
            JsonOutput out = new JsonOutput();
            UpstreamCall call = new UpstreamCall(model, "anthropic", Set.of(), 4096, lost::add);
            if (host == MessagesHost.BEDROCK && body.toString().contains("\"type\":\"url\"")) {
                continue; // refused: Bedrock fetches nothing
            }
            new MessagesRequestWriter(request, call, host, out).write();

            assertThat(lost).as(recording.toString()).isEmpty();
            assertThat(Transcript.spelledOut(Transcript.json(out.toString())))
                    .as(recording.toString())
                    .isEqualTo(Transcript.spelledOut(body));
            compared++;
        }
        assertThat(compared).isGreaterThan(25);
    }

    private static MessagesHost host(JsonNode body) {
        String version = body.path("anthropic_version").asText();
        return version.startsWith("vertex")
                ? MessagesHost.VERTEX
                : version.startsWith("bedrock") ? MessagesHost.BEDROCK : MessagesHost.ANTHROPIC;
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsErrorReplies() {
        int read = 0;
        for (Recording recording : recordings()) {
            if (recording.status() < 400) {
                continue;
            }
            String awsType = recording.response().path("headers").path("x-amzn-errortype").textValue();
            var error = new Messages()
                    .readError(
                            recording.status(),
                            name -> name.equals("x-amzn-errortype") ? awsType : null,
                            Frame.of(recording.body()));
            JsonNode body = Transcript.json(recording.body());

            assertThat(error.message())
                    .as(recording.toString())
                    .isEqualTo(body.path("error").path("message").asText(body.path("message").asText()));
            assertThat(error.code())
                    .as(recording.toString())
                    .isEqualTo(
                            switch (recording.status()) {
                                case 401 -> ErrorCode.PROVIDER_UNAUTHORIZED;
                                case 404 -> ErrorCode.PROVIDER_MODEL_NOT_FOUND;
                                default -> error.message().contains("identifier is invalid")
                                        ? ErrorCode.PROVIDER_MODEL_NOT_FOUND
                                        : ErrorCode.PROVIDER_REJECTED;
                            });
            read++;
        }
        assertThat(read).isGreaterThan(5);
    }

    @Test
    void readsWhatBedrocksEventStreamCarries() {
        int read = 0;
        for (Recording recording : recordings()) {
            String base64 = recording.response().path("body_base64").asText();
            if (!recording.api().equals("bedrock.invoke-stream") || base64.isEmpty()) {
                continue;
            }
            List<JsonNode> events = chunks(Base64.getDecoder().decode(base64));
            Told told = new Told(null);
            ReplyReader reader = new Messages().replyReader(true);
            events.forEach(event -> reader.read(Frame.of(event.toString()), told));
            told.end(reader);

            compare(recording.toString(), told, Transcript.message(events));
            read++;
        }
        assertThat(read).isEqualTo(1);
    }

    /// The payloads of an AWS event stream, unwrapped.
    private static List<JsonNode> chunks(byte[] stream) {
        List<JsonNode> chunks = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(stream);
        int at = 0;
        while (at < stream.length) {
            int total = buffer.getInt(at);
            int headers = buffer.getInt(at + 4);
            String payload = new String(stream, at + 12 + headers, total - headers - 16, StandardCharsets.UTF_8);
            byte[] inner = Base64.getDecoder().decode(Transcript.json(payload).path("bytes").asText());
            chunks.add(Transcript.json(new String(inner, StandardCharsets.UTF_8)));
            at += total;
        }
        return chunks;
    }

    @Test
    void cutsItsStreamsAsServerSentEvents() {
        assertThat(new Messages().streamCutter()).isInstanceOf(SseFrameCutter.class);
    }
}
