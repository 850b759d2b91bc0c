/// Replicate's predictions: start at [ReplicatePrediction]; [Prediction] is what whoever polls one, or opens its stream,
/// reads of it (https://replicate.com/docs/reference/http, https://replicate.com/docs/topics/predictions/streaming,
/// wire-formats.md §12).
///
/// What is lost: tools, pictures and all other media, `n`, log probabilities, `logit_bias`, response formats, thinking,
/// `user`. The conversation becomes one text, its instructions `system_prompt`. Other fields go to the model as they are.
@NullMarked
package io.deltallm.codec.dialect.replicate;

import org.jspecify.annotations.NullMarked;
