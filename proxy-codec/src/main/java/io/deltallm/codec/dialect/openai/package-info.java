/// OpenAI's chat format, on both sides: [ChatCompletions] is where to start. Beside it the legacy completions that chat
/// models answer ([TextCompletions]), and OpenAI's errors, which most providers share ([OpenAiErrorReader],
/// [OpenAiErrors]).
///
/// # What is lost
///
/// To a provider: hosted tools and opaque parts of other formats, films where the host has no `video_url`, cache marks and
/// thoughts where the host has no field for them, `top_k` at OpenAI and Azure, whatever the host's quirks exclude, and
/// the top-level fields of other formats that OpenAI has no equivalent of; much less of it to a gateway that hands on to
/// Claude or Gemini. To a client: opaque blocks of other formats, the stop sequence that came, and the form
/// `function_call`: a client that offers legacy functions is answered with `tool_calls`. From a provider: `executed_tools`, `provider` and other reports that no other format has.
@NullMarked
package io.deltallm.codec.dialect.openai;

import org.jspecify.annotations.NullMarked;
