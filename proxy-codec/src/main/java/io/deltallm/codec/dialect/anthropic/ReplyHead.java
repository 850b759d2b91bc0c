package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// What all replies to a client have in common. Stateless.
final class ReplyHead {

    private ReplyHead() {}

    /// The members of a message before its content.
    static void write(@Nullable RawJson id, @Nullable RawJson model, ClientCall call, JsonOutput out) {
        out.name("model");
        if (model == null || model.isEmptyString()) {
            out.value(call.model());
        } else {
            out.value(model);
        }
        out.name("id");
        if (id == null || !JsonWord.begins(id, "msg_")) {
            out.value("msg_" + call.id());
        } else {
            out.value(id);
        }
        out.member("type", "message").member("role", "assistant");
    }

    /// A call's id, made up where its provider has none.
    static void toolId(@Nullable RawJson id, int tool, ClientCall call, JsonOutput out) {
        out.name("id");
        if (id == null || id.isEmptyString()) {
            out.value("toolu_" + call.id() + "_" + tool);
        } else {
            out.value(id);
        }
    }

    /// The provider's mark on a call, which the client is to return.
    static void mark(@Nullable RawJson signature, JsonOutput out) {
        if (signature != null) {
            out.name("extra_content")
                    .beginObject()
                    .name("google")
                    .beginObject()
                    .member("thought_signature", signature)
                    .endObject()
                    .endObject();
        }
    }
}
