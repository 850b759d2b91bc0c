package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds a reply's `output` from events and tells a [Ladder] each step. One message or reasoning item is open at a time;
/// calls stay open beside it, since their pieces may come interleaved. Confined to a reply.
final class ReplyItems {
    private final Ladder ladder;
    private final Map<String, CallForm> forms;
    private final ItemList items;
    private @Nullable MessageItem message;
    private @Nullable ReasoningItem reasoning;

    /// @param replyId what ids of items are made from
    /// @param forms of calls that are no functions to the client, by what they are to the model
    ReplyItems(Ladder ladder, String replyId, Map<String, CallForm> forms) {
        this.forms = forms;
        this.ladder = ladder;
        this.items = new ItemList(ladder, replyId);
    }

    /// Takes what belongs to the first answer; the format has only one.
    void accept(ChatEvent event, JsonOutput out) {
        switch (event) {
            case ChatEvent.TextDelta(int choice, RawJson text) when choice == 0 -> say(text, false, out);
            case ChatEvent.RefusalDelta(int choice, RawJson text) when choice == 0 -> say(text, true, out);
            case ChatEvent.AudioDelta(int choice, _, RawJson text) when choice == 0 && text != null -> say(text, false, out);
            case ChatEvent.ThinkingDelta(int choice, RawJson text) when choice == 0 -> think(text, out);
            case ChatEvent.ThinkingSignature(int choice, RawJson proof) when choice == 0 -> prove(proof, out);
            case ChatEvent.RedactedThinking(int choice, RawJson data) when choice == 0 -> redacted(data, out);
            case ChatEvent.ToolStarted started when started.choice() == 0 -> call(started, out);
            case ChatEvent.ToolDelta(int choice, int tool, RawJson piece) when choice == 0 -> grow(tool, piece, out);
            case ChatEvent.ToolArguments(int choice, int tool, RawJson all) when choice == 0 -> argue(tool, all, out);
            case ChatEvent.Cited(int choice, RawJson annotation) when choice == 0 -> cite(annotation, out);
            case ChatEvent.Logprobs(int choice, RawJson logprobs) when choice == 0 -> addLogprobs(logprobs);
            case ChatEvent.ImageMade image when image.choice() == 0 -> picture(image, out);
            case ChatEvent.Opaque(int choice, String dialect, RawJson block)
                    when choice == 0 && dialect.equals(Responses.DIALECT) -> whole(block.copy(), out);
            default -> {}
        }
    }

    private void say(RawJson text, boolean refusal, JsonOutput out) {
        if (text.isEmptyString()) {
            return;
        }
        closeReasoning(out);
        MessageItem item = openMessage(out);
        ContentPart part = item.last();
        if (part == null || part.refusal() != refusal) {
            if (part != null) {
                ladder.partDone(item, part, out);
            }
            part = item.begin(refusal);
            ladder.partAdded(item, part, out);
        }
        part.text().append(text);
        ladder.partGrown(item, part, text, out);
    }

    private MessageItem openMessage(JsonOutput out) {
        MessageItem item = message;
        if (item == null) {
            item = new MessageItem(items.size(), items.newId("msg_"));
            message = item;
            items.add(item, out);
        }
        return item;
    }

    private void think(RawJson text, JsonOutput out) {
        if (text.isEmptyString()) {
            return;
        }
        closeMessage(ItemStatus.COMPLETED, out);
        ReasoningItem item = openReasoning(out);
        if (item.summary().isEmpty()) {
            ladder.summaryAdded(item, out);
        }
        item.summary().append(text);
        ladder.summaryGrown(item, text, out);
    }

    private ReasoningItem openReasoning(JsonOutput out) {
        ReasoningItem item = reasoning;
        if (item == null) {
            item = new ReasoningItem(items.size(), items.newId("rs_"));
            reasoning = item;
            items.add(item, out);
        }
        return item;
    }

    private void prove(RawJson proof, JsonOutput out) {
        if (reasoning == null) {
            closeMessage(ItemStatus.COMPLETED, out);
        }
        openReasoning(out).prove(proof.copy());
        closeReasoning(out);
    }

    private void redacted(RawJson data, JsonOutput out) {
        closeReasoning(out);
        prove(data, out);
    }

    private void call(ChatEvent.ToolStarted started, JsonOutput out) {
        closeReasoning(out);
        closeMessage(ItemStatus.COMPLETED, out);
        RawJson id = started.id();
        RawJson callId = id == null || id.isEmptyString() ? items.newId("call_") : id.copy();
        RawJson signature = started.signature();
        CallForm form = forms.isEmpty() ? null : forms.get(started.name().text());
        CallItem call = new CallItem(
                items.size(),
                items.newId(form == null ? CallKind.FUNCTION.idPrefix() : form.kind().idPrefix()),
                started.tool(),
                callId,
                started.name().copy(),
                form,
                signature == null ? null : signature.copy());
        items.addCall(call, out);
    }

    private void grow(int tool, RawJson piece, JsonOutput out) {
        CallItem call = items.openCall(tool);
        if (call != null && !piece.isEmptyString()) {
            call.arguments().append(piece);
            if (call.kind() == CallKind.FUNCTION) {
                ladder.argumentsGrown(call, piece, out);
            }
        }
    }

    /// All at once: what came in pieces before it is the same again.
    private void argue(int tool, RawJson object, JsonOutput out) {
        CallItem call = items.openCall(tool);
        if (call == null || !call.arguments().isEmpty()) {
            return;
        }
        grow(tool, new JsonOutput().beginString().jsonPiece(object).endString().toRaw(), out);
        if (items.isFirstOpen(call)) {
            items.close(call, ItemStatus.COMPLETED, out);
        }
    }

    private void cite(RawJson annotation, JsonOutput out) {
        MessageItem item = message;
        ContentPart part = item == null ? null : item.last();
        RawJson flat = Annotations.flat(annotation);
        if (item != null && part != null && !part.refusal()) {
            ladder.annotated(item, flat, part.annotate(flat), out);
            return;
        }
        ContentPart closed = items.lastText();
        if (closed != null) {
            closed.annotate(flat);
        }
    }

    private void addLogprobs(RawJson logprobs) {
        ContentPart part = items.lastText();
        if (part == null) {
            return;
        }
        JsonCursor cursor = new JsonCursor().over(logprobs.copy());
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("content") && !cursor.isNull()) {
                cursor.array();
                while (cursor.element()) {
                    part.addLogprob(cursor.raw());
                }
            }
        }
    }

    private void picture(ChatEvent.ImageMade image, JsonOutput out) {
        JsonOutput item = new JsonOutput();
        item.beginObject().member("id", items.newId("ig_")).member("type", "image_generation_call");
        item.member("status", "completed").member("output_format", image.mediaType().replace("image/", ""));
        item.member("result", image.base64()).endObject();
        whole(item.toRaw(), out);
    }

    private void whole(RawJson json, JsonOutput out) {
        closeReasoning(out);
        closeMessage(ItemStatus.COMPLETED, out);
        items.addWhole(new WholeItem(items.size(), json, json), out);
    }

    private void closeMessage(ItemStatus status, JsonOutput out) {
        MessageItem item = message;
        if (item != null) {
            message = null;
            ContentPart part = item.last();
            if (part != null) {
                ladder.partDone(item, part, out);
            }
            items.close(item, status, out);
        }
    }

    private void closeReasoning(JsonOutput out) {
        ReasoningItem item = reasoning;
        if (item != null) {
            reasoning = null;
            if (!item.summary().isEmpty()) {
                ladder.summaryDone(item, out);
            }
            items.close(item, ItemStatus.COMPLETED, out);
        }
    }

    /// The answer has ended: closes what is open.
    ///
    /// @param status how the last message, or the calls, ended
    void closeAll(ItemStatus status, JsonOutput out) {
        closeReasoning(out);
        closeMessage(status, out);
        items.closeAll(status, out);
    }

    void write(JsonOutput out) {
        items.write(out);
    }
}
