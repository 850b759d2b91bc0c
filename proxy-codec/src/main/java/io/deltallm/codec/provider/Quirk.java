package io.deltallm.codec.provider;

/// In what a provider departs from the wire format it speaks: the data of a row of the provider table.
public enum Quirk {
    /// Knows `max_tokens` only, not `max_completion_tokens`.
    MAX_TOKENS_ONLY,
    /// Knows the role `system` only, not `developer`.
    NO_DEVELOPER_ROLE,
    /// Refuses `stream_options`.
    NO_STREAM_OPTIONS,
    /// Refuses fields that it does not know.
    STRICT_FIELDS,
    /// Takes tool call ids of exactly nine letters and digits (older Mistral models).
    NINE_LETTER_TOOL_IDS,
    /// Refuses penalties.
    NO_PENALTIES,
    /// Refuses `logit_bias`.
    NO_LOGIT_BIAS,
    /// Refuses `logprobs`.
    NO_LOGPROBS,
    /// Refuses `n` above 1.
    NO_CHOICES,
    /// Refuses `seed`, or names it otherwise.
    NO_SEED,
    /// Names the seed `random_seed`.
    RANDOM_SEED,
    /// Refuses `user`.
    NO_USER,
    /// Knows `json_object` but no `json_schema`.
    NO_JSON_SCHEMA,
    /// Refuses `tools`.
    NO_TOOLS,
    /// Refuses `parallel_tool_calls`.
    NO_PARALLEL_SWITCH,
    /// Its `content` may be a list with thoughts in it (Mistral, Databricks).
    CONTENT_LISTS,
    /// Refuses `name` on messages.
    NO_NAMES,
    /// Cannot be made to call a tool: refuses `tool_choice: "required"`.
    NO_FORCED_TOOL,
    /// Thinks about tools by Responses only: refuses them in a chat unless it is told not to think.
    TOOLS_BY_RESPONSES,
    /// Wants user and assistant to take strict turns.
    STRICT_TURNS,
    /// Wants its reasoning back, as `reasoning_content`, while a tool is being used (DeepSeek).
    REPLAYS_REASONING,
    /// Takes and gives signed reasoning as `reasoning_details` (OpenRouter).
    REASONING_DETAILS,
    /// Streams come in Amazon's event-stream frames around the format's own events.
    EVENT_STREAM_FRAMES
}
