package io.deltallm.codec.dialect;

import java.util.Set;

/// OpenAI's names of those request fields that the hub has words of its own for.
public final class HubFields {
    public static final Set<String> NAMES = Set.of(
            "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "max_tokens", "max_completion_tokens",
            "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "n", "stop", "logprobs",
            "top_logprobs", "logit_bias", "response_format", "reasoning_effort", "stream", "stream_options", "user");

    private HubFields() {}
}
