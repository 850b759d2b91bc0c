package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.EndUser;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import org.jspecify.annotations.Nullable;

/// Writes a chat completion's request for one host. One a request.
final class ChatCompletionsRequestWriter {
    private final Target target;

    ChatCompletionsRequestWriter(UpstreamCall call) {
        this.target = new Target(call);
    }

    void write(ChatRequest request, JsonOutput out) {
        FormatWriter format = new FormatWriter(target);
        out.beginObject().member("model", target.model());
        messages(request, format.instruction(request.responseFormat()), out);
        new ToolsWriter(target).write(request, out);
        new SamplingWriter(target).write(request.sampling(), target.thinks(request.reasoning()), out);
        format.write(request.responseFormat(), out);
        new ReasoningWriter(target).write(request.reasoning(), !request.tools().isEmpty(), out);
        user(request.user(), out);
        stream(request, out);
        new ExtrasWriter(target).write(request, out);
        out.endObject();
    }

    private void messages(ChatRequest request, @Nullable String instruction, JsonOutput out) {
        out.name("messages").beginArray();
        if (instruction != null) {
            out.beginObject().member("role", "system").member("content", instruction).endObject();
        }
        new HistoryWriter(target).write(request.messages(), out);
        out.endArray();
    }

    private void user(@Nullable String user, JsonOutput out) {
        if (!target.has(Quirk.NO_USER)) {
            out.optional("user", target.handsOn() ? user : EndUser.shortened(user));
        } else if (user != null) {
            target.lost("user");
        }
    }

    /// The gateway counts tokens whether the client asks for them or not.
    private void stream(ChatRequest request, JsonOutput out) {
        if (!request.stream()) {
            return;
        }
        out.member("stream", true);
        if (!target.has(Quirk.NO_STREAM_OPTIONS)) {
            out.name("stream_options").beginObject().member("include_usage", true).endObject();
        }
    }
}
