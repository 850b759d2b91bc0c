package io.deltallm.codec.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chat in the words that all dialects share: the hub. Immutable.
///
/// @param dialect the [Operation]'s label that it was read from: whose `extras` and opaque parts these are
/// @param model as the client named it
/// @param messages instructions included, in the client's order
/// @param parallelToolCalls whether one turn may call several tools; null where unsaid
/// @param includeUsage whether a stream shall end with its usage
/// @param user the end user, as the client names it
/// @param extras the top-level fields that the hub has no word for, under the names of `dialect`; a writer takes from
///     here what its own format knows by the same meaning, and tells [#dialect]'s others as lost
public record ChatRequest(
        String dialect,
        String model,
        List<Message> messages,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        Sampling sampling,
        @Nullable ResponseFormat responseFormat,
        @Nullable Reasoning reasoning,
        boolean stream,
        boolean includeUsage,
        @Nullable String user,
        Map<String, RawJson> extras) {

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    public ChatRequest withMessages(List<Message> messages) {
        return new ChatRequest(
                dialect, model, messages, tools, toolChoice, parallelToolCalls, sampling, responseFormat, reasoning, stream,
                includeUsage, user, extras);
    }

    public ChatRequest withTools(List<Tool> tools, @Nullable ToolChoice toolChoice) {
        return new ChatRequest(
                dialect, model, messages, tools, toolChoice, parallelToolCalls, sampling, responseFormat, reasoning, stream,
                includeUsage, user, extras);
    }

    public ChatRequest withSampling(Sampling sampling) {
        return new ChatRequest(
                dialect, model, messages, tools, toolChoice, parallelToolCalls, sampling, responseFormat, reasoning, stream,
                includeUsage, user, extras);
    }

    public ChatRequest withResponseFormat(@Nullable ResponseFormat responseFormat) {
        return new ChatRequest(
                dialect, model, messages, tools, toolChoice, parallelToolCalls, sampling, responseFormat, reasoning, stream,
                includeUsage, user, extras);
    }

    public ChatRequest withReasoning(@Nullable Reasoning reasoning) {
        return new ChatRequest(
                dialect, model, messages, tools, toolChoice, parallelToolCalls, sampling, responseFormat, reasoning, stream,
                includeUsage, user, extras);
    }

    public ChatRequest withExtras(Map<String, RawJson> extras) {
        return new ChatRequest(
                dialect, model, messages, tools, toolChoice, parallelToolCalls, sampling, responseFormat, reasoning, stream,
                includeUsage, user, extras);
    }
}
