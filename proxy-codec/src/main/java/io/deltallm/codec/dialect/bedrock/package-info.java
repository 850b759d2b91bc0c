/// Amazon Bedrock: [io.deltallm.codec.dialect.bedrock.Converse], the one format of all its chat models, and the bodies
/// of `invoke` for Titan Text and Llama. Start with Converse. Stateless but for the readers of one reply.
///
/// What is lost, and told so: `n`, `seed`, penalties, `logit_bias`, logprobs, `user`, the switch for parallel tool calls,
/// hosted tools and blocks of other formats, thoughts without their proof where the model wants it, sampling and
/// reasoning fields that the model's family has not. Without a word: an image's `detail`, a tool's `strict` and a cache
/// mark where the model knows none, what a model's own server tools do, features of the `anthropic-beta` header that
/// Bedrock is not known to take. A tool's choice of "none" drops the tools unless
/// the history needs them. A JSON schema that the model cannot follow by itself becomes a tool that it has to call, whose
/// input is the answer. Titan Text and Llama take text alone: no tools, images, schemas or thoughts.
@NullMarked
package io.deltallm.codec.dialect.bedrock;

import org.jspecify.annotations.NullMarked;
