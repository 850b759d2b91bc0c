package io.deltallm.codec.dialect.responses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the tests of this package share: replies read from bytes, and written to them.
final class Transcript {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Responses RESPONSES = new Responses();

    private Transcript() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /// JSON with single quotes, which test sources show better.
    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    /// One event of a stream, framed.
    static String event(String json) {
        String data = quoted(json);
        return "event: " + json(data).path("type").asText() + "\ndata: " + data + "\n\n";
    }

    static List<ChatEvent> read(String body, boolean streamed) {
        return read(body, streamed, Integer.MAX_VALUE);
    }

    /// @param piece into how many bytes at most the body is cut
    static List<ChatEvent> read(String body, boolean streamed, int piece) {
        FrameCutter cutter = streamed ? RESPONSES.streamCutter() : new BodyCutter();
        ReplyReader reader = RESPONSES.replyReader(streamed);
        List<ChatEvent> events = new ArrayList<>();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length - from)) {
            int count = Math.min(piece, bytes.length - from);
            cutter.feed(
                    Unpooled.wrappedBuffer(bytes, from, count), frame -> reader.read(frame, event -> events.add(copy(event))));
        }
        cutter.end(frame -> reader.read(frame, event -> events.add(copy(event))));
        reader.end(event -> events.add(copy(event)));
        return events;
    }

    static String write(List<ChatEvent> events, ClientCall call) {
        return write(events, RESPONSES.replyWriter(call));
    }

    static String write(List<ChatEvent> events, ClientCall call, ChatRequest request) {
        return write(events, RESPONSES.replyWriter(call, request));
    }

    private static String write(List<ChatEvent> events, ReplyWriter writer) {
        JsonOutput out = new JsonOutput();
        events.forEach(event -> writer.write(event, out));
        writer.end(out);
        return out.toString();
    }

    static ClientCall call(boolean streamed) {
        return new ClientCall("0a1b", "gpt-test", streamed, true, 1_700_000_000);
    }

    static UpstreamCall target(String provider, List<String> losses) {
        return new UpstreamCall("o-model", provider, Set.of(), 4096, losses::add);
    }

    /// The data of each event, in order.
    static List<JsonNode> data(String stream) {
        List<JsonNode> data = new ArrayList<>();
        for (String line : stream.split("\r?\n")) {
            if (line.startsWith("data:") && !line.substring(5).strip().equals("[DONE]")) {
                data.add(json(line.substring(5)));
            }
        }
        return data;
    }

    /// All texts of the thoughts, or of the answer, in one; whatever the pieces were.
    static Summary sum(List<ChatEvent> events) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        List<String> proofs = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        List<StringBuilder> arguments = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Usage usage = null;
        FinishReason reason = null;
        for (ChatEvent event : events) {
            switch (event) {
                case ChatEvent.TextDelta(_, RawJson piece) -> text.append(piece.text());
                case ChatEvent.ThinkingDelta(_, RawJson piece) -> thoughts.append(piece.text());
                case ChatEvent.RefusalDelta(_, RawJson piece) -> refusal.append(piece.text());
                case ChatEvent.ThinkingSignature(_, RawJson proof) -> proofs.add(proof.text());
                case ChatEvent.RedactedThinking(_, RawJson data) -> proofs.add(data.text());
                case ChatEvent.ToolStarted started -> {
                    RawJson id = started.id();
                    calls.add((id == null ? "" : id.text()) + " " + started.name().text());
                    arguments.add(new StringBuilder());
                }
                case ChatEvent.ToolDelta(_, int tool, RawJson piece) -> arguments.get(tool).append(piece.text());
                case ChatEvent.ToolArguments(_, int tool, RawJson all) -> arguments.get(tool).append(all.json());
                case ChatEvent.Used(Usage used) -> usage = used;
                case ChatEvent.Stopped(_, FinishReason stopped, _) -> reason = stopped;
                case ChatEvent.Started _ -> {}
                case ChatEvent.Cited(_, RawJson annotation) -> others.add(json(annotation.json()).toString());
                case ChatEvent.Opaque(_, _, RawJson block) -> others.add(json(block.json()).toString());
                case ChatEvent.Logprobs(_, RawJson logprobs) -> others.add(json(logprobs.json()).toString());
                case ChatEvent.ImageMade(_, String type, RawJson base64) -> others.add(type + base64.length());
                case ChatEvent.AudioDelta _ -> others.add("sound");
                case ChatEvent.Failed(var error) -> others.add(error.message());
            }
        }
        List<String> called = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            called.add(calls.get(i) + json(arguments.get(i).isEmpty() ? "{}" : arguments.get(i).toString()));
        }
        return new Summary(
                text.toString(), thoughts.toString(), refusal.toString(), proofs, called, others, usage, reason);
    }

    record Summary(
            String text,
            String thoughts,
            String refusal,
            List<String> proofs,
            List<String> calls,
            List<String> others,
            @Nullable Usage usage,
            @Nullable FinishReason reason) {}

    /// The event in bytes of its own, since what it is made of is borrowed.
    static ChatEvent copy(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Started(RawJson id, RawJson model) -> new ChatEvent.Started(copy(id), copy(model));
            case ChatEvent.TextDelta(int choice, RawJson text) -> new ChatEvent.TextDelta(choice, text.copy());
            case ChatEvent.ThinkingDelta(int choice, RawJson text) -> new ChatEvent.ThinkingDelta(choice, text.copy());
            case ChatEvent.ThinkingSignature(int choice, RawJson proof) ->
                new ChatEvent.ThinkingSignature(choice, proof.copy());
            case ChatEvent.RedactedThinking(int choice, RawJson data) -> new ChatEvent.RedactedThinking(choice, data.copy());
            case ChatEvent.RefusalDelta(int choice, RawJson text) -> new ChatEvent.RefusalDelta(choice, text.copy());
            case ChatEvent.ToolStarted(int choice, int tool, RawJson id, RawJson name, RawJson signature) ->
                new ChatEvent.ToolStarted(choice, tool, copy(id), name.copy(), copy(signature));
            case ChatEvent.ToolDelta(int choice, int tool, RawJson piece) -> new ChatEvent.ToolDelta(choice, tool, piece.copy());
            case ChatEvent.ToolArguments(int choice, int tool, RawJson all) ->
                new ChatEvent.ToolArguments(choice, tool, all.copy());
            case ChatEvent.Cited(int choice, RawJson annotation) -> new ChatEvent.Cited(choice, annotation.copy());
            case ChatEvent.Logprobs(int choice, RawJson logprobs) -> new ChatEvent.Logprobs(choice, logprobs.copy());
            case ChatEvent.ImageMade(int choice, String type, RawJson base64) ->
                new ChatEvent.ImageMade(choice, type, base64.copy());
            case ChatEvent.AudioDelta(int choice, RawJson base64, RawJson transcript) ->
                new ChatEvent.AudioDelta(choice, copy(base64), copy(transcript));
            case ChatEvent.Opaque(int choice, String dialect, RawJson block) ->
                new ChatEvent.Opaque(choice, dialect, block.copy());
            case ChatEvent.Stopped(int choice, FinishReason reason, RawJson sequence) ->
                new ChatEvent.Stopped(choice, reason, copy(sequence));
            case ChatEvent.Used _, ChatEvent.Failed _ -> event;
        };
    }

    private static @Nullable RawJson copy(@Nullable RawJson value) {
        return value == null ? null : value.copy();
    }
}
