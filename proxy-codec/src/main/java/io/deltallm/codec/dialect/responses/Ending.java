package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.dialect.responses.EventLadder.Step;
import org.jspecify.annotations.Nullable;

/// How a response ends: its status, why it is incomplete, and the event that says so.
enum Ending {
    COMPLETED("completed", null, ItemStatus.COMPLETED, Step.COMPLETED),
    CUT("incomplete", "max_output_tokens", ItemStatus.INCOMPLETE, Step.INCOMPLETE),
    FILTERED("incomplete", "content_filter", ItemStatus.INCOMPLETE, Step.INCOMPLETE),
    FAILED("failed", null, ItemStatus.INCOMPLETE, Step.FAILED);

    private final String status;
    private final @Nullable String incompleteReason;
    private final ItemStatus itemStatus;
    private final Step step;

    Ending(String status, @Nullable String incompleteReason, ItemStatus itemStatus, Step step) {
        this.status = status;
        this.incompleteReason = incompleteReason;
        this.itemStatus = itemStatus;
        this.step = step;
    }

    /// @param reason null where nothing was said
    static Ending of(@Nullable FinishReason reason) {
        if (reason == null) {
            return COMPLETED;
        }
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, REFUSAL, PAUSE -> COMPLETED;
            case LENGTH -> CUT;
            case CONTENT_FILTER -> FILTERED;
            case ERROR -> FAILED;
        };
    }

    String status() {
        return status;
    }

    @Nullable String incompleteReason() {
        return incompleteReason;
    }

    ItemStatus itemStatus() {
        return itemStatus;
    }

    Step step() {
        return step;
    }
}
