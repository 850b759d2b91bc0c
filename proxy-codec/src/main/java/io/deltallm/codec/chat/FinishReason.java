package io.deltallm.codec.chat;

/// Why an answer ended.
public enum FinishReason {
    /// It was complete.
    STOP,
    /// A stop sequence came.
    STOP_SEQUENCE,
    /// The limit of tokens, or the model's context, was reached.
    LENGTH,
    /// The model waits for tools.
    TOOL_CALLS,
    /// The provider's safety filter.
    CONTENT_FILTER,
    /// The model declined.
    REFUSAL,
    /// The provider paused a long turn; the same conversation sent again goes on.
    PAUSE,
    /// The provider failed in the middle.
    ERROR
}
