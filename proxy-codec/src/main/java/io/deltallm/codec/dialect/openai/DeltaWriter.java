package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonOutput;

/// Writes chunks around deltas: everything of a chunk but what is new in it. Confined to one exchange.
final class DeltaWriter {
    private static final byte[] NONE = {};

    private final String end;
    private byte[] head = NONE;

    /// @param usageFollows whether the last chunk states the usage, and each before says that it does not
    DeltaWriter(boolean usageFollows) {
        this.end = usageFollows ? "}],\"usage\":null}\n\n" : "}]}\n\n";
    }

    void begin(ReplyHead head) {
        this.head = head.utf8();
    }

    /// Up to the delta's opening brace.
    void open(int choice, JsonOutput out) {
        out.literal("data: ").literal(head);
        if (choice == 0) {
            out.literal("{\"index\":0,\"delta\":{");
        } else {
            out.literal("{\"index\":").value(choice).literal(",\"delta\":{");
        }
    }

    /// From the delta's closing brace on.
    void close(JsonOutput out) {
        out.literal("},\"logprobs\":null,\"finish_reason\":null").literal(end);
    }

    /// The same with what there is of logprobs, which are taken.
    void close(KeptLogprobs logprobs, JsonOutput out) {
        if (logprobs.isEmpty()) {
            close(out);
            return;
        }
        logprobs.take(out.literal("},\"logprobs\":"));
        out.literal(",\"finish_reason\":null").literal(end);
    }

    void closeWithFinish(String reason, JsonOutput out) {
        out.literal("},\"logprobs\":null,\"finish_reason\":\"").literal(reason).literal("\"").literal(end);
    }

    /// The chunk without choices.
    void usage(Usage usage, JsonOutput out) {
        out.literal("data: ").literal(head).literal("],\"usage\":");
        UsageWriter.write(usage, out);
        out.literal("}\n\n");
    }
}
