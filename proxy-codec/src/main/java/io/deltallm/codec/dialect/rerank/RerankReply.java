package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ranking, in the provider's order. Borrows the reply's bytes.
///
/// @param id a JSON string
/// @param searchUnits -1 where the provider states none
/// @param tokens the tokens that were read; -1 where the provider states none
record RerankReply(@Nullable RawJson id, List<Ranked> results, long searchUnits, long tokens) {
    static final long UNKNOWN = -1;

    /// @param score a JSON number
    record Ranked(long index, RawJson score) {}

    @Nullable Usage usage() {
        return tokens == UNKNOWN ? null : Usage.of(tokens, 0, tokens, 0, 0, false);
    }

    /// In Cohere's form.
    void write(RerankRequest request, ClientCall call, JsonOutput out) {
        out.beginObject();
        if (id == null) {
            out.member("id", "rerank-" + call.id());
        } else {
            out.member("id", id);
        }
        out.name("results").beginArray();
        for (Ranked ranked : results) {
            write(ranked, request, out);
        }
        out.endArray();
        meta(out);
        out.endObject();
    }

    private static void write(Ranked ranked, RerankRequest request, JsonOutput out) {
        int count = request.documents().size();
        if (ranked.index() < 0 || ranked.index() >= count) {
            throw ProviderFailure.malformed("index " + ranked.index() + " of " + count + " documents");
        }
        out.beginObject().member("index", ranked.index()).member("relevance_score", ranked.score());
        if (request.returnDocuments()) {
            out.name("document");
            request.writeOriginal((int) ranked.index(), out);
        }
        out.endObject();
    }

    private void meta(JsonOutput out) {
        out.name("meta").beginObject();
        if (searchUnits != UNKNOWN || tokens != UNKNOWN) {
            out.name("billed_units").beginObject();
            if (searchUnits != UNKNOWN) {
                out.member("search_units", searchUnits);
            } else {
                out.member("total_tokens", tokens);
            }
            out.endObject();
        }
        if (tokens != UNKNOWN) {
            out.name("tokens").beginObject().member("input_tokens", tokens).endObject();
        }
        out.endObject();
    }
}
