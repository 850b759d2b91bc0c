/// Ollama's own chat, `/api/chat`: start at [OllamaChat] (https://docs.ollama.com/api/chat, wire-formats.md §11).
///
/// What is lost: `tool_choice` but `none` (a named one leaves the other tools out), `parallel_tool_calls`, `n`,
/// `logit_bias`, log probabilities, `user`, sounds, films, files, and pictures that are not in the request itself; tool
/// call ids of results, which Ollama tells apart by name.
@NullMarked
package io.deltallm.codec.dialect.ollama;

import org.jspecify.annotations.NullMarked;
