package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Texts to be made vectors of, in the words that all formats share. Immutable.
///
/// @param texts at least one
/// @param parts the inputs that are no texts, as Jina has them (`{"image":"https://…"}`), by their place, where the text
///     is empty
/// @param base64 whether the client wants vectors as base64 of 32-bit numbers
/// @param title of the one document
/// @param extras the fields that the hub has no word for, under the client's names
record EmbeddingRequest(
        List<String> texts,
        Map<Integer, RawJson> parts,
        @Nullable Long dimensions,
        boolean base64,
        @Nullable Purpose purpose,
        @Nullable String title,
        @Nullable String user,
        Map<String, RawJson> extras) {

    EmbeddingRequest {
        texts = List.copyOf(texts);
        parts = Map.copyOf(parts);
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }
}
