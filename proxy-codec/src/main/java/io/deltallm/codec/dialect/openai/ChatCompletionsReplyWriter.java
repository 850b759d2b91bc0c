package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatEvent.Started;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes a plain chat completion. Confined to one exchange.
final class ChatCompletionsReplyWriter implements ReplyWriter {
    private final ClientCall call;
    private final MadeCallIds ids;
    private final Map<Integer, KeptAnswer> answers = new TreeMap<>();
    private @Nullable ReplyHead head;
    private @Nullable Usage usage;

    ChatCompletionsReplyWriter(ClientCall call) {
        this.call = call;
        this.ids = new MadeCallIds(call);
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        switch (event) {
            case Started started -> head = head(started);
            case ChatEvent.TextDelta(int choice, RawJson text) -> answer(choice).text().add(text);
            case ChatEvent.ThinkingDelta(int choice, RawJson text) -> answer(choice).think(text);
            case ChatEvent.ThinkingSignature(int choice, RawJson proof) -> answer(choice).prove(proof);
            case ChatEvent.RedactedThinking(int choice, RawJson data) -> answer(choice).redacted(data);
            case ChatEvent.RefusalDelta(int choice, RawJson text) -> answer(choice).refusal().add(text);
            case ChatEvent.ToolStarted tool -> answer(tool.choice()).calls().begin(tool);
            case ChatEvent.ToolDelta(int choice, int tool, RawJson piece) -> answer(choice).calls().add(tool, piece);
            case ChatEvent.ToolArguments(int choice, int tool, RawJson object) ->
                answer(choice).calls().addObject(tool, object);
            case ChatEvent.Cited(int choice, RawJson annotation) -> answer(choice).cite(annotation);
            case ChatEvent.Logprobs(int choice, RawJson logprobs) -> answer(choice).logprobs().add(logprobs);
            case ChatEvent.ImageMade image -> answer(image.choice()).show(image);
            case ChatEvent.AudioDelta audio -> answer(audio.choice()).sound(audio);
            case ChatEvent.Opaque _, ChatEvent.Failed _ -> {}
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.Stopped(int choice, var reason, _) -> answer(choice).stop(reason);
        }
    }

    private ReplyHead head(Started started) {
        return new ReplyHead(call, started, "chatcmpl-", "chat.completion");
    }

    private KeptAnswer answer(int choice) {
        return answers.computeIfAbsent(choice, _ -> new KeptAnswer(call, ids));
    }

    @Override
    public void end(JsonOutput out) {
        answer(answers.isEmpty() ? 0 : answers.keySet().iterator().next());
        out.literal((head == null ? head(new Started(null, null)) : head).utf8());
        answers.forEach((index, answer) -> {
            out.beginObject().member("index", index.longValue());
            answer.write(out);
            out.endObject();
        });
        out.literal("]");
        if (usage != null) {
            out.literal(",\"usage\":");
            UsageWriter.write(usage, out);
        }
        out.literal("}");
    }
}
