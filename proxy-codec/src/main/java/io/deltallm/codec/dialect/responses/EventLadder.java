package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.stream.IntStream;

/// Writes each step of a stream as an event, numbered from 0. Confined to a reply.
final class EventLadder implements Ladder {

    /// The events' names.
    enum Step {
        CREATED("response.created"),
        IN_PROGRESS("response.in_progress"),
        ITEM_ADDED("response.output_item.added"),
        ITEM_DONE("response.output_item.done"),
        PART_ADDED("response.content_part.added"),
        PART_DONE("response.content_part.done"),
        TEXT_DELTA("response.output_text.delta"),
        TEXT_DONE("response.output_text.done"),
        ANNOTATION_ADDED("response.output_text.annotation.added"),
        REFUSAL_DELTA("response.refusal.delta"),
        REFUSAL_DONE("response.refusal.done"),
        SUMMARY_PART_ADDED("response.reasoning_summary_part.added"),
        SUMMARY_PART_DONE("response.reasoning_summary_part.done"),
        SUMMARY_TEXT_DELTA("response.reasoning_summary_text.delta"),
        SUMMARY_TEXT_DONE("response.reasoning_summary_text.done"),
        ARGUMENTS_DELTA("response.function_call_arguments.delta"),
        ARGUMENTS_DONE("response.function_call_arguments.done"),
        INPUT_DELTA("response.custom_tool_call_input.delta"),
        INPUT_DONE("response.custom_tool_call_input.done"),
        COMPLETED("response.completed"),
        INCOMPLETE("response.incomplete"),
        FAILED("response.failed");

        /// All of the event up to the value of its number.
        private final String head;

        Step(String name) {
            head = "event: " + name + "\ndata: {\"type\":\"" + name + "\",\"sequence_number\":";
        }
    }

    private static final String TAIL = "}\n\n";

    /// Each delta has two of them: they make no strings.
    private static final RawJson[] NUMBERS =
            IntStream.range(0, 64).mapToObj(i -> RawJson.ofLiteral(Integer.toString(i))).toArray(RawJson[]::new);

    private long sequence;

    /// Opens an event; its members follow, then [#end].
    JsonOutput begin(Step step, JsonOutput out) {
        return out.literal(step.head).value(sequence++);
    }

    void end(JsonOutput out) {
        out.literal(TAIL);
    }

    private static RawJson number(int index) {
        return index < NUMBERS.length ? NUMBERS[index] : RawJson.ofLiteral(Integer.toString(index));
    }

    private JsonOutput begin(Step step, OutputItem item, JsonOutput out) {
        return begin(step, out).member("item_id", item.id()).member("output_index", number(item.index()));
    }

    private void item(Step step, OutputItem item, JsonOutput out) {
        begin(step, out).member("output_index", item.index()).name("item");
        item.write(out);
        end(out);
    }

    @Override
    public void itemAdded(OutputItem item, JsonOutput out) {
        item(Step.ITEM_ADDED, item, out);
    }

    @Override
    public void itemDone(OutputItem item, JsonOutput out) {
        item(Step.ITEM_DONE, item, out);
    }

    @Override
    public void partAdded(MessageItem item, ContentPart part, JsonOutput out) {
        part(Step.PART_ADDED, item, part, out);
    }

    private void part(Step step, MessageItem item, ContentPart part, JsonOutput out) {
        begin(step, item, out).member("content_index", item.lastIndex()).name("part");
        part.write(out);
        end(out);
    }

    @Override
    public void partGrown(MessageItem item, ContentPart part, RawJson delta, JsonOutput out) {
        begin(part.refusal() ? Step.REFUSAL_DELTA : Step.TEXT_DELTA, item, out);
        out.member("content_index", number(item.lastIndex())).member("delta", delta);
        if (!part.refusal()) {
            out.name("logprobs").beginArray().endArray();
        }
        end(out);
    }

    @Override
    public void annotated(MessageItem item, RawJson annotation, int index, JsonOutput out) {
        begin(Step.ANNOTATION_ADDED, item, out).member("content_index", item.lastIndex());
        out.member("annotation_index", index).member("annotation", annotation);
        end(out);
    }

    @Override
    public void partDone(MessageItem item, ContentPart part, JsonOutput out) {
        if (part.refusal()) {
            begin(Step.REFUSAL_DONE, item, out).member("content_index", item.lastIndex());
            out.member("refusal", part.text().view());
        } else {
            begin(Step.TEXT_DONE, item, out).member("content_index", item.lastIndex());
            part.writeLogprobs(out);
            out.member("text", part.text().view());
        }
        end(out);
        part(Step.PART_DONE, item, part, out);
    }

    @Override
    public void summaryAdded(ReasoningItem item, JsonOutput out) {
        summaryPart(Step.SUMMARY_PART_ADDED, item, out);
    }

    private void summaryPart(Step step, ReasoningItem item, JsonOutput out) {
        begin(step, item, out).member("summary_index", 0).name("part");
        ReasoningItem.writeSummary(item.summary().view(), out);
        end(out);
    }

    @Override
    public void summaryGrown(ReasoningItem item, RawJson delta, JsonOutput out) {
        begin(Step.SUMMARY_TEXT_DELTA, item, out).member("summary_index", 0).member("delta", delta);
        end(out);
    }

    @Override
    public void summaryDone(ReasoningItem item, JsonOutput out) {
        begin(Step.SUMMARY_TEXT_DONE, item, out).member("summary_index", 0).member("text", item.summary().view());
        end(out);
        summaryPart(Step.SUMMARY_PART_DONE, item, out);
    }

    @Override
    public void argumentsGrown(CallItem item, RawJson delta, JsonOutput out) {
        begin(Step.ARGUMENTS_DELTA, item, out).member("delta", delta);
        end(out);
    }

    @Override
    public void argumentsDone(CallItem item, JsonOutput out) {
        begin(Step.ARGUMENTS_DONE, item, out).member("name", item.name());
        out.member("arguments", item.arguments().view());
        end(out);
    }

    @Override
    public void inputDone(CallItem item, JsonOutput out) {
        RawJson input = item.input();
        begin(Step.INPUT_DELTA, item, out).member("delta", input);
        end(out);
        begin(Step.INPUT_DONE, item, out).member("input", input);
        end(out);
    }
}
