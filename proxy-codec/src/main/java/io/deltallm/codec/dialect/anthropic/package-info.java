/// Anthropic's Messages API, as clients and as providers speak it. Start at [io.deltallm.codec.dialect.anthropic.Messages].
/// Knows no channel, no file and no clock.
///
/// From Anthropic's clients to Claude on Vertex and on Bedrock ([io.deltallm.codec.dialect.anthropic.HostedMessages])
/// bodies and events pass in the bytes they were written in, and nothing of them is lost; only the envelope is another. As
/// between equal formats, nothing of the client's is mended for the model either: a `temperature` that Claude refuses beside
/// thinking is refused there as Anthropic itself would, in words that the client knows. What the configuration adds for a
/// silent client, `reasoning_effort` among it ([io.deltallm.codec.dialect.anthropic.DefaultEffort]), goes with the request or
/// is left out.
/// The features that clients ask for in `anthropic-beta` reach Vertex in that header and Bedrock in the body's
/// `anthropic_beta`, as far as Bedrock is known to take them: the others are left out there, without a word
/// ([io.deltallm.codec.dialect.anthropic.BedrockBetas]). A request that names media by URL goes to Bedrock by the hub, with
/// the media fetched.
///
/// What is lost, from a client of Anthropic's format to all others: `citations` and `context` of documents and texts in its history,
/// `caller` of a call, tool fields beside name, description, schema, `strict` and `cache_control`; a document made of
/// blocks becomes their text.
///
/// What is lost, to a provider of Anthropic's format: `n`, `seed`, penalties, `logprobs`, `logit_bias`, sound and film,
/// speakers' names, hosted tools and blocks of other formats, other providers' file ids, blank stop sequences; thoughts
/// without Anthropic's proof and blank texts quietly; sampling, effort, forced tools and `strict` where the model takes
/// none. JSON answers of models without structured output are made by a forced tool.
///
/// What is lost, to a client of Anthropic's format: choices beyond the first, `logprobs`, pictures and sounds in answers
/// (a sound's transcript is kept), audio token counts.
@NullMarked
package io.deltallm.codec.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
