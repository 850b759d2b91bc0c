package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent.Started;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The candidates of a reply to a client, and what is told beside them. Confined to one reply.
final class Answers {
    private final List<Answer> answers = new ArrayList<>();
    private RawJson model;
    private RawJson id;
    private @Nullable Usage usage;

    Answers(ClientCall call) {
        model = RawJson.ofText(call.model());
        id = RawJson.ofText(call.id());
    }

    void started(Started started) {
        RawJson named = started.model();
        RawJson given = started.id();
        model = named == null || named.isEmptyString() ? model : named.copy();
        id = given == null || given.isEmptyString() ? id : given.copy();
    }

    void used(Usage stated) {
        usage = stated;
    }

    List<Answer> all() {
        return answers;
    }

    Answer at(int index) {
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).index() == index) {
                return answers.get(i);
            }
        }
        Answer answer = new Answer(index);
        answers.add(answer);
        return answer;
    }

    /// The members that end every reply.
    void writeEnd(boolean withUsage, JsonOutput out) {
        Usage stated = usage;
        if (withUsage && stated != null) {
            out.name("usageMetadata");
            UsageMetadata.write(stated, out);
        }
        out.member("modelVersion", model).member("responseId", id);
    }
}
