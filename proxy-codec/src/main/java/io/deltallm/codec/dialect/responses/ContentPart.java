package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;

/// A part of a message's content: text with its sources, or a refusal. Confined to a reply.
final class ContentPart {
    private final boolean refusal;
    private final GrowingString text = new GrowingString();
    private final List<RawJson> annotations = new ArrayList<>(0);
    private final List<RawJson> logprobs = new ArrayList<>(0);

    ContentPart(boolean refusal) {
        this.refusal = refusal;
    }

    boolean refusal() {
        return refusal;
    }

    GrowingString text() {
        return text;
    }

    /// Takes a source; its index among them.
    int annotate(RawJson annotation) {
        annotations.add(annotation);
        return annotations.size() - 1;
    }

    void addLogprob(RawJson logprob) {
        logprobs.add(logprob);
    }

    void write(JsonOutput out) {
        out.beginObject();
        if (refusal) {
            out.member("type", "refusal").member("refusal", text.view());
        } else {
            out.member("type", "output_text");
            out.name("annotations").beginArray();
            annotations.forEach(out::value);
            out.endArray();
            writeLogprobs(out);
            out.member("text", text.view());
        }
        out.endObject();
    }

    void writeLogprobs(JsonOutput out) {
        out.name("logprobs").beginArray();
        logprobs.forEach(out::value);
        out.endArray();
    }
}
