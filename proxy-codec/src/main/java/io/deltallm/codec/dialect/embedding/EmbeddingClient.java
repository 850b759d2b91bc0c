package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;

/// A format in which clients ask for embeddings. Stateless.
interface EmbeddingClient {

    /// @param defaults JSON literals by OpenAI's names, where the client says nothing
    EmbeddingRequest read(JsonCursor body, Map<String, String> defaults);

    void write(EmbeddingReply reply, EmbeddingRequest request, ClientCall call, JsonOutput out);
}
