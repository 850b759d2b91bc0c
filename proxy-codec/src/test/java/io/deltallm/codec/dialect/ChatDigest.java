package io.deltallm.codec.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a reply says, whichever wire format it is in: what must survive every translation. Of the first choice only.
///
/// @param text what the assistant says, its refusal included
/// @param thinking its visible thoughts
/// @param finish `stop`, `length`, `tool_calls` or `content_filter`
public record ChatDigest(
        String text, String thinking, List<Call> calls, String finish, long promptTokens, long completionTokens) {

    /// @param arguments as a tree: spacing does not count
    public record Call(String name, JsonNode arguments) {}
}
