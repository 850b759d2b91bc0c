package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a streamed chat completion as OpenAI does: the role first, what is new, the finish reason, the usage if asked
/// for, `[DONE]`. Confined to one exchange.
///
/// Thoughts are `reasoning_content`; once they are proven, they follow whole as one of `thinking_blocks`, for the client
/// to hand back.
final class ChatCompletionsStreamWriter implements ReplyWriter {
    private final ClientCall call;
    private final DeltaWriter deltas;
    private final MadeCallIds ids;
    private final List<StreamedChoice> choices = new ArrayList<>(1);
    private @Nullable ReplyHead head;
    private @Nullable Usage usage;

    ChatCompletionsStreamWriter(ClientCall call) {
        this.call = call;
        this.ids = new MadeCallIds(call);
        this.deltas = new DeltaWriter(call.includeUsage());
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        switch (event) {
            case ChatEvent.Started started -> start(started, out);
            case ChatEvent.TextDelta(int choice, RawJson text) -> said(choice, "content", text, out);
            case ChatEvent.ThinkingDelta(int choice, RawJson text) -> {
                choice(choice, out).think(text);
                text(choice, "reasoning_content", text, out);
            }
            case ChatEvent.RefusalDelta(int choice, RawJson text) -> said(choice, "refusal", text, out);
            case ChatEvent.ThinkingSignature(int choice, RawJson signature) -> {
                RawJson thoughts = choice(choice, out).takeThoughts();
                deltas.open(choice, out);
                ThinkingBlocks.proven(thoughts, signature, out.name("thinking_blocks").beginArray());
                close(out.endArray());
            }
            case ChatEvent.RedactedThinking(int choice, RawJson data) -> {
                open(choice, out);
                ThinkingBlocks.redacted(data, out.name("thinking_blocks").beginArray());
                close(out.endArray());
            }
            case ChatEvent.ToolStarted tool -> tool(tool, out);
            case ChatEvent.ToolDelta(int choice, int tool, RawJson piece) -> {
                arguments(choice, tool, out).value(piece);
                endArguments(out);
            }
            case ChatEvent.ToolArguments(int choice, int tool, RawJson object) -> {
                arguments(choice, tool, out).beginString().jsonPiece(object).endString();
                endArguments(out);
            }
            case ChatEvent.Cited(int choice, RawJson annotation) -> {
                open(choice, out);
                close(out.name("annotations").beginArray().value(annotation).endArray());
            }
            case ChatEvent.Logprobs(int choice, RawJson logprobs) -> choice(choice, out).likelihoods().add(logprobs);
            case ChatEvent.ImageMade image -> {
                open(image.choice(), out);
                MadeMedia.image(image, out.name("images").beginArray());
                close(out.endArray());
            }
            case ChatEvent.AudioDelta audio -> {
                open(audio.choice(), out);
                MadeMedia.audioPiece(audio, call, out.name("audio"));
                close(out);
            }
            case ChatEvent.Opaque _, ChatEvent.Failed _ -> {}
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.Stopped stopped -> stop(stopped, out);
        }
    }

    private void start(ChatEvent.Started started, JsonOutput out) {
        if (head == null) {
            head = new ReplyHead(call, started, "chatcmpl-", "chat.completion.chunk");
            deltas.begin(head);
            choice(0, out);
        }
    }

    /// The choice, whose first chunk tells the role.
    private StreamedChoice choice(int index, JsonOutput out) {
        if (head == null) {
            start(new ChatEvent.Started(null, null), out);
        }
        for (StreamedChoice choice : choices) {
            if (choice.index() == index) {
                return choice;
            }
        }
        StreamedChoice choice = new StreamedChoice(index);
        choices.add(choice);
        deltas.open(index, out);
        close(out.literal("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null"));
        return choice;
    }

    private void open(int choice, JsonOutput out) {
        choice(choice, out);
        deltas.open(choice, out);
    }

    private void close(JsonOutput out) {
        deltas.close(out);
    }

    private void text(int choice, String name, RawJson text, JsonOutput out) {
        open(choice, out);
        close(out.name(name).value(text));
    }

    /// What is said stands beside the logprobs told before it.
    private void said(int choice, String name, RawJson text, JsonOutput out) {
        StreamedChoice streamed = choice(choice, out);
        deltas.open(choice, out);
        deltas.close(streamed.likelihoods(), out.name(name).value(text));
    }

    private void tool(ChatEvent.ToolStarted tool, JsonOutput out) {
        choice(tool.choice(), out).begin(tool.tool());
        deltas.open(tool.choice(), out);
        out.name("tool_calls").beginArray().beginObject().member("index", tool.tool());
        out.member("id", ids.of(tool.id()));
        out.literal(",\"type\":\"function\",\"function\":{").member("name", tool.name()).member("arguments", "");
        out.endObject();
        GoogleMark.write(tool.signature(), out);
        close(out.endObject().endArray());
    }

    private JsonOutput arguments(int choice, int tool, JsonOutput out) {
        choice(choice, out).argue(tool);
        deltas.open(choice, out);
        return out.literal("\"tool_calls\":[{\"index\":").value(tool).literal(",\"function\":{\"arguments\":");
    }

    private void endArguments(JsonOutput out) {
        close(out.literal("}}]"));
    }

    private void stop(ChatEvent.Stopped stopped, JsonOutput out) {
        StreamedChoice choice = choice(stopped.choice(), out);
        if (!choice.stop()) {
            return;
        }
        for (int tool = choice.nextSilentCall(0); tool >= 0; tool = choice.nextSilentCall(tool + 1)) {
            arguments(choice.index(), tool, out).value("{}");
            endArguments(out);
        }
        if (!choice.likelihoods().isEmpty()) {
            deltas.open(choice.index(), out);
            deltas.close(choice.likelihoods(), out);
        }
        deltas.open(choice.index(), out);
        deltas.closeWithFinish(FinishWords.write(stopped.reason()), out);
    }

    @Override
    public void end(JsonOutput out) {
        choice(0, out);
        if (call.includeUsage() && usage != null) {
            deltas.usage(usage, out);
        }
        out.literal("data: [DONE]\n\n");
    }
}
