package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a reader told: event by event, and gathered. What it is given it hands to a writer, if it has one.
final class Told implements ChatSink {
    final List<String> events = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final StringBuilder thinking = new StringBuilder();
    final List<String> signatures = new ArrayList<>();
    final List<String> redacted = new ArrayList<>();
    final List<String> opaque = new ArrayList<>();
    final List<String> citations = new ArrayList<>();
    final Map<Integer, Call> calls = new TreeMap<>();
    final JsonOutput written = new JsonOutput();
    @Nullable String id;
    @Nullable String model;
    @Nullable String sequence;
    @Nullable FinishReason finish;
    @Nullable Usage usage;
    @Nullable GatewayError failure;
    private final @Nullable ReplyWriter writer;

    /// A call, its arguments in one text.
    static final class Call {
        @Nullable String id;
        String name = "";
        @Nullable String signature;
        final StringBuilder arguments = new StringBuilder();
    }

    Told(@Nullable ReplyWriter writer) {
        this.writer = writer;
    }

    static Told stream(String sse, int pieceLength) {
        return stream(sse, pieceLength, null);
    }

    static Told stream(String sse, int pieceLength, @Nullable ReplyWriter writer) {
        Told told = new Told(writer);
        ReplyReader reader = new MessagesStreamReader();
        SseFrameCutter cutter = new SseFrameCutter();
        ByteBuf bytes = Unpooled.wrappedBuffer(sse.getBytes(StandardCharsets.UTF_8));
        for (int at = 0; at < bytes.capacity(); at += pieceLength) {
            cutter.feed(
                    bytes.slice(at, Math.min(pieceLength, bytes.capacity() - at)), frame -> reader.read(frame, told));
        }
        cutter.end(frame -> reader.read(frame, told));
        return told.end(reader);
    }

    static Told plain(String body, @Nullable ReplyWriter writer) {
        Told told = new Told(writer);
        ReplyReader reader = new MessagesReplyReader();
        reader.read(Frame.of(body), told);
        return told.end(reader);
    }

    Told end(ReplyReader reader) {
        reader.end(this);
        if (writer != null && failure == null) {
            writer.end(written);
        }
        return this;
    }

    Call call(int tool) {
        return Objects.requireNonNull(calls.get(tool), () -> "no call " + tool);
    }

    GatewayError failed() {
        return Objects.requireNonNull(failure, "no failure");
    }

    @Override
    public void accept(ChatEvent event) {
        events.add(event.toString());
        if (writer != null && !(event instanceof ChatEvent.Failed)) {
            writer.write(event, written);
        }
        switch (event) {
            case ChatEvent.Started(var startedId, var startedModel) -> {
                id = startedId == null ? null : startedId.text();
                model = startedModel == null ? null : startedModel.text();
            }
            case ChatEvent.TextDelta(_, var piece) -> text.append(piece.text());
            case ChatEvent.RefusalDelta(_, var piece) -> text.append(piece.text());
            case ChatEvent.ThinkingDelta(_, var piece) -> thinking.append(piece.text());
            case ChatEvent.ThinkingSignature(_, var signature) -> signatures.add(signature.text());
            case ChatEvent.RedactedThinking(_, var data) -> redacted.add(data.text());
            case ChatEvent.ToolStarted(_, var tool, var callId, var name, var signature) -> {
                Call call = calls.computeIfAbsent(tool, _ -> new Call());
                call.id = callId == null ? null : callId.text();
                call.name = name.text();
                call.signature = signature == null ? null : signature.text();
            }
            case ChatEvent.ToolDelta(_, var tool, var piece) -> call(tool).arguments.append(piece.text());
            case ChatEvent.ToolArguments(_, var tool, var object) -> call(tool).arguments.append(object.json());
            case ChatEvent.Cited(_, var annotation) -> citations.add(annotation.json());
            case ChatEvent.Opaque(_, _, var block) -> opaque.add(block.json());
            case ChatEvent.Used(var stated) -> usage = stated;
            case ChatEvent.Stopped(_, var reason, var stop) -> {
                finish = reason;
                sequence = stop == null ? null : stop.text();
            }
            case ChatEvent.Failed(var error) -> failure = error;
            case ChatEvent.Logprobs _, ChatEvent.ImageMade _, ChatEvent.AudioDelta _ -> {}
        }
    }
}
