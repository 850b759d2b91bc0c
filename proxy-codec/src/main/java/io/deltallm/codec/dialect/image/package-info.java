/// Pictures from a text between formats: clients ask as OpenAI's `/v1/images/generations` has it. Start at [Images], the
/// list of who speaks what.
///
/// What is lost: `response_format: "url"` (pictures stand in the reply), `user`, `style`, `background`, `moderation`,
/// `stream`, `quality` but at Titan; `n` above 1 at Stability and Gemini. Sizes become the nearest aspect ratio that a model takes,
/// but at Titan.
@NullMarked
package io.deltallm.codec.dialect.image;

import org.jspecify.annotations.NullMarked;
