/// Embeddings between formats, by a hub of their own: [EmbeddingRequest] and [EmbeddingReply]. Start at [Embeddings], the
/// list of who speaks what (wire-formats.md §6–§11).
///
/// What is lost: `user`, `dimensions` where a format has none (Hugging Face, watsonx), a purpose where it has none;
/// titles of documents except at Gemini and Vertex. Inputs that are token numbers are refused, and pictures except at
/// Jina.
@NullMarked
package io.deltallm.codec.dialect.embedding;

import org.jspecify.annotations.NullMarked;
