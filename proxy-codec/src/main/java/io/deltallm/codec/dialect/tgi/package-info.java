/// Hugging Face's text-generation-inference, also as Hugging Face's old inference API and as a container on SageMaker:
/// start at [TgiGenerate] (https://huggingface.co/docs/text-generation-inference, wire-formats.md §10, §13).
///
/// What is lost: tools, pictures and all other media, `n`, log probabilities, `logit_bias`, `presence_penalty`, thinking,
/// `user`; JSON without a schema. The conversation becomes one text. A stop sequence that ended the answer stands at its
/// end, as the server sends it. Tokens of the prompt are known only from newer servers' streams.
@NullMarked
package io.deltallm.codec.dialect.tgi;

import org.jspecify.annotations.NullMarked;
