/// OpenAI's Responses API (https://platform.openai.com/docs/api-reference/responses) as clients speak it and as providers
/// do. Start with [Responses].
///
/// ## What is lost
/// - To it: `n`, `stop`, `seed`, `logit_bias`, `top_k`, penalties, `prediction`, video, and sounds (refused); the mark that
///   a tool failed; thoughts without the provider's proof where the provider is OpenAI or Azure.
/// - From it: what a provider keeps (`previous_response_id`, `conversation`, `prompt`, `background`, `item_reference`) is
///   refused; ids and `status` of items, `phase` of messages, and the border between adjacent messages of the assistant;
///   what hosted tools were asked and answered; the force of a custom tool's grammar, which is only told.
/// - In replies: log probabilities stand in the `done` events and the whole response, not in the deltas; all summary parts
///   of a reasoning item become one; sounds become their transcript; the text of a custom tool comes at once.
@NullMarked
package io.deltallm.codec.dialect.responses;

import org.jspecify.annotations.NullMarked;
