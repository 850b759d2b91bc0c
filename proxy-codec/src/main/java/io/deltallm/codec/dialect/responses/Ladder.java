package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;

/// Hears how items grow. A stream tells its client each step; a plain reply tells none.
interface Ladder {
    Ladder SILENT = new Ladder() {};

    default void itemAdded(OutputItem item, JsonOutput out) {}

    default void itemDone(OutputItem item, JsonOutput out) {}

    default void partAdded(MessageItem item, ContentPart part, JsonOutput out) {}

    default void partGrown(MessageItem item, ContentPart part, RawJson delta, JsonOutput out) {}

    default void annotated(MessageItem item, RawJson annotation, int index, JsonOutput out) {}

    default void partDone(MessageItem item, ContentPart part, JsonOutput out) {}

    default void summaryAdded(ReasoningItem item, JsonOutput out) {}

    default void summaryGrown(ReasoningItem item, RawJson delta, JsonOutput out) {}

    default void summaryDone(ReasoningItem item, JsonOutput out) {}

    default void argumentsGrown(CallItem item, RawJson delta, JsonOutput out) {}

    /// All that a custom tool is given, at once.
    default void inputDone(CallItem item, JsonOutput out) {}

    default void argumentsDone(CallItem item, JsonOutput out) {}
}
