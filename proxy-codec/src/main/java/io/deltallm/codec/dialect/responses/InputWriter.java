package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `instructions` and `input`: what the assistant said becomes an item for each thought, call and run of texts.
/// Confined to a request.
final class InputWriter {
    /// They refuse thoughts without their proof; others, who give none, take them back.
    private static final Set<String> DEMAND_PROOF = Set.of("openai", "azure");

    private final List<Message> messages;
    private final UpstreamCall call;
    private final JsonOutput out;
    private final ContentWriter content;
    private final CallIds ids = new CallIds();
    private boolean saying;

    InputWriter(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.messages = request.messages();
        this.call = call;
        this.out = out;
        this.content = new ContentWriter(call, request.dialect().equals(Responses.DIALECT), out);
    }

    static boolean demandsProof(UpstreamCall call) {
        return DEMAND_PROOF.contains(call.provider());
    }

    void write() {
        int first = instructions();
        out.name("input").beginArray();
        for (int i = first; i < messages.size(); i++) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM, DEVELOPER, USER -> said(message);
                case ASSISTANT -> assistant(message);
                case TOOL -> results(message);
            }
        }
        out.endArray();
    }

    /// The first message, where it is plain; the others keep their places.
    private int instructions() {
        Message first = messages.isEmpty() ? null : messages.getFirst();
        if (first == null || first.role() != Role.SYSTEM || !onlyTexts(first) || messages.size() == 1) {
            return 0;
        }
        out.member("instructions", first.text());
        return 1;
    }

    private static boolean onlyTexts(Message message) {
        return message.parts().stream().allMatch(part -> part instanceof Part.Text(_, var cache) && cache == null);
    }

    private void said(Message message) {
        out.beginObject().member("role", message.role().name().toLowerCase(Locale.ROOT)).name("content");
        content.write(message.parts());
        out.endObject();
    }

    private void results(Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                out.beginObject().member("type", "function_call_output").member("call_id", ids.of(result)).name("output");
                content.write(result.content());
                out.endObject();
            }
        }
    }

    private void assistant(Message message) {
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text(String text, _) -> say("output_text", "text", text);
                case Part.Refusal(String text) -> say("refusal", "refusal", text);
                case Part.ToolCall toolCall -> call(toolCall);
                case Part.Thinking thinking -> thinking(thinking);
                case Part.RedactedThinking(String data, String id) -> {
                    beginThoughts(id);
                    out.name("summary").beginArray().endArray().member("encrypted_content", data).endObject();
                }
                case Part.Opaque(String dialect, RawJson block, _) -> opaque(dialect, block);
                case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ ->
                    call.lost("messages.content");
            }
        }
        endSaying();
    }

    private void say(String type, String member, String text) {
        if (!saying) {
            out.beginObject().member("role", "assistant").name("content").beginArray();
            saying = true;
        }
        out.beginObject().member("type", type).member(member, text).endObject();
    }

    private void endSaying() {
        if (saying) {
            out.endArray().endObject();
            saying = false;
        }
    }

    private void call(Part.ToolCall toolCall) {
        endSaying();
        out.beginObject().member("type", "function_call").member("call_id", ids.of(toolCall));
        out.member("name", toolCall.name()).name("arguments").beginString().jsonPiece(toolCall.arguments()).endString();
        if (toolCall.signature() != null) {
            call.lost("extra_content");
        }
        out.endObject();
    }

    private void thinking(Part.Thinking thinking) {
        String proof = thinking.signature();
        if (proof == null && demandsProof(call)) {
            call.lost("reasoning_content");
            return;
        }
        beginThoughts(thinking.id());
        out.name("summary").beginArray();
        if (proof == null) {
            out.endArray().name("content").beginArray().beginObject().member("type", "reasoning_text");
        } else {
            out.beginObject().member("type", "summary_text");
        }
        out.member("text", thinking.text()).endObject().endArray().optional("encrypted_content", proof).endObject();
    }

    private void beginThoughts(@Nullable String id) {
        endSaying();
        out.beginObject().member("type", "reasoning").optional("id", id);
    }

    private void opaque(String dialect, RawJson block) {
        if (dialect.equals(Responses.DIALECT)) {
            endSaying();
            out.value(block);
        } else {
            call.lost("messages.content");
        }
    }
}
