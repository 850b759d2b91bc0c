/// Rankings of documents between formats, by a hub of their own: [RerankRequest] and [RerankReply]. Start at [Reranks],
/// the list of who speaks what. Clients ask in Cohere's form, are answered in it, and get `meta` filled from whatever the
/// provider states (wire-formats.md §9, §13).
///
/// What is lost: `rank_fields` and `max_chunks_per_doc` (Cohere's version 2 has neither); at Voyage, and of
/// Amazon on Bedrock, also `max_tokens_per_doc`.
@NullMarked
package io.deltallm.codec.dialect.rerank;

import org.jspecify.annotations.NullMarked;
