package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a reader told of a reply: each event as text, and all of it added up.
final class Told implements ChatSink {
    final List<String> events = new ArrayList<>();
    final Map<Integer, Answer> answers = new TreeMap<>();
    @Nullable Usage usage;
    @Nullable GatewayError failure;

    private final @Nullable ReplyWriter writer;
    private final JsonOutput written = new JsonOutput();

    private Told(@Nullable ReplyWriter writer) {
        this.writer = writer;
    }

    static Told of(boolean streamed, String body) {
        return of(streamed, body, Integer.MAX_VALUE, null);
    }

    static Told inPieces(boolean streamed, String body, int piece) {
        return of(streamed, body, piece, null);
    }

    /// What a client gets of the reply.
    static String written(boolean streamed, String body, ClientCall call) {
        ReplyWriter writer = new ChatCompletions().replyWriter(call);
        Told told = of(streamed, body, Integer.MAX_VALUE, writer);
        if (told.failure != null) {
            throw new AssertionError(told.failure);
        }
        writer.end(told.written);
        return told.written.toString();
    }

    private static Told of(boolean streamed, String body, int piece, @Nullable ReplyWriter writer) {
        Told told = new Told(writer);
        FrameCutter cutter = streamed ? new ChatCompletions().streamCutter() : new BodyCutter();
        ReplyReader reader = new ChatCompletions().replyReader(streamed);
        ByteBuf all = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
        while (all.isReadable()) {
            cutter.feed(all.readSlice(Math.min(piece, all.readableBytes())), frame -> reader.read(frame, told));
        }
        cutter.end(frame -> reader.read(frame, told));
        reader.end(told);
        return told;
    }

    @Override
    public void accept(ChatEvent event) {
        events.add(event.toString());
        if (writer != null && !(event instanceof ChatEvent.Failed)) {
            writer.write(event, written);
        }
        switch (event) {
            case ChatEvent.TextDelta(int choice, RawJson text) -> answer(choice).text.append(text.text());
            case ChatEvent.ThinkingDelta(int choice, RawJson text) -> answer(choice).thoughts.append(text.text());
            case ChatEvent.RefusalDelta(int choice, RawJson text) -> answer(choice).refusal.append(text.text());
            case ChatEvent.ThinkingSignature(int choice, RawJson proof) -> answer(choice).proofs.add(proof.text());
            case ChatEvent.RedactedThinking(int choice, RawJson data) -> answer(choice).proofs.add(data.text());
            case ChatEvent.ToolStarted tool ->
                answer(tool.choice()).calls.put(tool.tool(), new Call(
                        tool.id() == null ? "" : tool.id().text(), tool.name().text(), new StringBuilder()));
            case ChatEvent.ToolDelta(int choice, int tool, RawJson piece) ->
                answer(choice).call(tool).arguments.append(piece.text());
            case ChatEvent.ToolArguments(int choice, int tool, RawJson object) ->
                answer(choice).call(tool).arguments.append(object.json());
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.Failed(GatewayError error) -> failure = error;
            case ChatEvent.Stopped(int choice, var reason, _) -> answer(choice).finish = reason.name();
            default -> {}
        }
    }

    private Answer answer(int choice) {
        return answers.computeIfAbsent(choice, _ -> new Answer());
    }

    /// The failure that there has to be.
    GatewayError failure() {
        if (failure == null) {
            throw new AssertionError("nothing failed: " + events);
        }
        return failure;
    }

    /// The first answer.
    Answer answer() {
        return answer(0);
    }

    static final class Answer {
        final StringBuilder text = new StringBuilder();
        final StringBuilder thoughts = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final List<String> proofs = new ArrayList<>();
        final Map<Integer, Call> calls = new TreeMap<>();
        String finish = "";

        Call call(int tool) {
            Call call = calls.get(tool);
            if (call == null) {
                throw new AssertionError("arguments of the unknown call " + tool);
            }
            return call;
        }

        List<String> callTexts() {
            return calls.values().stream().map(Call::toString).toList();
        }

        @Override
        public String toString() {
            return text + "|" + thoughts + "|" + refusal + "|" + callTexts() + "|" + finish;
        }
    }

    record Call(String id, String name, StringBuilder arguments) {
        @Override
        public String toString() {
            return id + " " + name + "(" + (arguments.isEmpty() ? "{}" : arguments) + ")";
        }
    }
}
