package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.openai.Target.ThoughtForm;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;

/// Writes what the assistant said before: text, refusal, calls, and thoughts in the host's own field. Confined to one
/// request.
final class AssistantWriter {
    private final Target target;
    private final ContentWriter contents;
    private final ToolCallIds ids;

    AssistantWriter(Target target, ContentWriter contents, ToolCallIds ids) {
        this.target = target;
        this.contents = contents;
        this.ids = ids;
    }

    /// @param last whether the answer goes on where the message ends
    void write(Message message, boolean last, JsonOutput out) {
        List<Part> said = new ArrayList<>();
        List<Part> thoughts = new ArrayList<>();
        List<Part.ToolCall> calls = new ArrayList<>();
        StringBuilder refusal = new StringBuilder();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.ToolCall call -> calls.add(call);
                case Part.Thinking _, Part.RedactedThinking _ -> thoughts.add(part);
                case Part.Refusal(String text) -> refusal.append(text);
                default -> {
                    if (contents.takes(part)) {
                        said.add(part);
                    }
                }
            }
        }
        out.beginObject().member("role", "assistant");
        content(said, thoughts, !calls.isEmpty() || !refusal.isEmpty(), out);
        if (!refusal.isEmpty()) {
            out.member("refusal", refusal.toString());
        }
        thoughts(thoughts, out);
        if (thoughts.isEmpty() && !calls.isEmpty() && target.wantsThoughtsWithCalls()) {
            out.member("reasoning_content", "");
        }
        calls(calls, out);
        if (message.name() != null && target.takesNames()) {
            out.member("name", message.name());
        }
        if (last && target.mistral()) {
            out.member("prefix", true);
        }
        out.endObject();
    }

    private void content(List<Part> said, List<Part> thoughts, boolean maySayNothing, JsonOutput out) {
        out.name("content");
        if (target.thoughts() == ThoughtForm.CONTENT_LIST && ThoughtWriter.hasText(thoughts)) {
            ThoughtWriter.contentList(thoughts, said, out);
        } else if (target.thoughts() == ThoughtForm.REASONING_LIST && !thoughts.isEmpty()) {
            ThoughtWriter.reasoningList(thoughts, said, out);
        } else if (said.isEmpty() && maySayNothing) {
            out.nullValue();
        } else if (said.isEmpty()) {
            out.value("");
        } else {
            contents.content(said, out);
        }
    }

    private void thoughts(List<Part> thoughts, JsonOutput out) {
        if (thoughts.isEmpty()) {
            return;
        }
        switch (target.thoughts()) {
            case NONE -> target.lost("thinking_blocks");
            case REASONING_CONTENT -> ThoughtWriter.text("reasoning_content", thoughts, out);
            case REASONING -> ThoughtWriter.text("reasoning", thoughts, out);
            case DETAILS -> ThoughtWriter.details(thoughts, out);
            case BLOCKS -> ThoughtWriter.blocks(thoughts, out);
            case CONTENT_LIST, REASONING_LIST -> {}
        }
    }

    private void calls(List<Part.ToolCall> calls, JsonOutput out) {
        if (calls.isEmpty()) {
            return;
        }
        out.name("tool_calls").beginArray();
        for (Part.ToolCall call : calls) {
            out.beginObject().member("id", ids.of(call)).member("type", "function");
            out.name("function").beginObject().member("name", call.name());
            out.name("arguments").beginString().jsonPiece(call.arguments()).endString();
            out.endObject();
            if (call.signature() != null && !target.strict()) {
                GoogleMark.write(RawJson.ofText(call.signature()), out);
            }
            out.endObject();
        }
        out.endArray();
    }
}
