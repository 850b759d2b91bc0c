package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.dialect.rerank.RerankReply.Ranked;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;

/// Reads `[{"index", "relevance_score"}, …]`, which all have in common. Stateless.
final class RankedList {

    private RankedList() {}

    static List<Ranked> read(JsonCursor cursor) {
        List<Ranked> results = new ArrayList<>();
        cursor.array();
        while (cursor.element()) {
            results.add(one(cursor));
        }
        return results;
    }

    private static Ranked one(JsonCursor cursor) {
        long index = -1;
        RawJson score = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "index" -> index = cursor.longValue();
                case "relevance_score" -> score = score(cursor);
                default -> {}
            }
        }
        if (score == null) {
            throw ProviderFailure.malformed("a result without a relevance_score");
        }
        return new Ranked(index, score);
    }

    private static RawJson score(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.NUMBER) {
            throw cursor.problem("is no number");
        }
        return cursor.raw();
    }
}
