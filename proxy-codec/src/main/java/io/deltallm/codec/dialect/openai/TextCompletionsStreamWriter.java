package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatEvent.Started;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Writes a streamed legacy completion: text, and how it ended. Confined to one exchange.
final class TextCompletionsStreamWriter implements ReplyWriter {
    private final ClientCall call;
    private final BitSet stopped = new BitSet();
    private final String end;
    private byte @Nullable [] head;
    private @Nullable Usage usage;

    TextCompletionsStreamWriter(ClientCall call) {
        this.call = call;
        this.end = call.includeUsage() ? "}],\"usage\":null}\n\n" : "}]}\n\n";
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        switch (event) {
            case Started started -> head = head(started);
            case ChatEvent.TextDelta(int choice, RawJson text) -> chunk(choice, text, "null", out);
            case ChatEvent.RefusalDelta(int choice, RawJson text) -> chunk(choice, text, "null", out);
            case ChatEvent.Stopped(int choice, var reason, _) -> {
                if (!stopped.get(choice)) {
                    stopped.set(choice);
                    String word = '"' + FinishWords.writeForText(reason) + '"';
                    chunk(choice, RawJson.EMPTY_STRING, word, out);
                }
            }
            case ChatEvent.Used(Usage stated) -> usage = stated;
            default -> {}
        }
    }

    private byte[] head(Started started) {
        return new ReplyHead(call, started, "cmpl-", "text_completion").utf8();
    }

    private byte[] head() {
        if (head == null) {
            head = head(new Started(null, null));
        }
        return head;
    }

    private void chunk(int choice, RawJson text, String finish, JsonOutput out) {
        out.literal("data: ").literal(head()).literal("{\"text\":").value(text);
        out.literal(",\"index\":").value(choice);
        out.literal(",\"logprobs\":null,\"finish_reason\":").literal(finish).literal(end);
    }

    @Override
    public void end(JsonOutput out) {
        if (call.includeUsage() && usage != null) {
            out.literal("data: ").literal(head()).literal("],\"usage\":");
            UsageWriter.write(usage, out);
            out.literal("}\n\n");
        }
        out.literal("data: [DONE]\n\n");
    }
}
