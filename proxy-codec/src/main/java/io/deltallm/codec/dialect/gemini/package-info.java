/// Google's `generateContent` (https://ai.google.dev/api/generate-content), at the Gemini API and at Vertex AI, on both
/// sides: clients speak it to us, and we to Google. Start with [GenerateContent].
///
/// What is lost towards Google: cache marks, an image's detail, a speaker's name, a document's title, `user`,
/// `logit_bias`, a ban of parallel tool calls, strictness of a function, tools that other providers run, thoughts without
/// a signature, more than five stop sequences, and before Gemini 3 the form of the answer beside functions; instructions
/// stand in front of the conversation wherever they stood in it. Marks, titles and unsigned thoughts go silently.
///
/// What is lost from Google: safety ratings, what tokens of which modality cost beside sound, the queries and the search
/// widget of a grounded answer, log likelihood averages.
///
/// What is lost from clients: a film's clipping and the resolution of a single part, a function's `response` schema.
/// What they get differs in one thing: the place of another provider's citation counts characters, Google's own bytes.
@NullMarked
package io.deltallm.codec.dialect.gemini;

import org.jspecify.annotations.NullMarked;
