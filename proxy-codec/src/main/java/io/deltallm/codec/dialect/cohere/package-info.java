/// Cohere's chats, as providers speak them: start at [CohereChat] (v2) and [CohereChatV1]
/// (https://docs.cohere.com/reference/chat, wire-formats.md §9).
///
/// What is lost, both: `n`, `logit_bias`, log probabilities, `user`, `parallel_tool_calls`, sounds, films and files;
/// citations whose sources have no URL. v2 also: the sixth and later stop sequences. v1 also: images, response formats
/// but JSON, tool choices, `reasoning_effort`, thoughts of earlier turns.
@NullMarked
package io.deltallm.codec.dialect.cohere;

import org.jspecify.annotations.NullMarked;
