package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatEvent.Started;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes a plain legacy completion. Confined to one exchange.
final class TextCompletionsReplyWriter implements ReplyWriter {
    private final ClientCall call;
    private final Map<Integer, KeptText> texts = new TreeMap<>();
    private final Map<Integer, FinishReason> reasons = new HashMap<>();
    private @Nullable ReplyHead head;
    private @Nullable Usage usage;

    TextCompletionsReplyWriter(ClientCall call) {
        this.call = call;
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        switch (event) {
            case Started started -> head = head(started);
            case ChatEvent.TextDelta(int choice, RawJson text) -> text(choice).add(text);
            case ChatEvent.RefusalDelta(int choice, RawJson text) -> text(choice).add(text);
            case ChatEvent.Stopped(int choice, var reason, _) -> {
                text(choice);
                reasons.put(choice, reason);
            }
            case ChatEvent.Used(Usage stated) -> usage = stated;
            default -> {}
        }
    }

    private ReplyHead head(Started started) {
        return new ReplyHead(call, started, "cmpl-", "text_completion");
    }

    private KeptText text(int choice) {
        return texts.computeIfAbsent(choice, _ -> new KeptText());
    }

    @Override
    public void end(JsonOutput out) {
        out.literal((head == null ? head(new Started(null, null)) : head).utf8());
        texts.forEach((index, text) -> {
            FinishReason reason = reasons.getOrDefault(index, FinishReason.STOP);
            out.beginObject().member("text", text.take()).member("index", index.longValue());
            out.name("logprobs").nullValue().member("finish_reason", FinishWords.writeForText(reason)).endObject();
        });
        out.literal("]");
        if (usage != null) {
            out.literal(",\"usage\":");
            UsageWriter.write(usage, out);
        }
        out.literal("}");
    }
}
