package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;

/// Reads arrays of vectors, the shape that most replies have somewhere. Stateless.
final class VectorList {

    private VectorList() {}

    /// At `[[…], …]`, or at one vector alone.
    static List<RawJson> read(JsonCursor cursor) {
        RawJson all = cursor.raw();
        JsonCursor inner = new JsonCursor().over(all);
        List<RawJson> vectors = new ArrayList<>();
        inner.array();
        while (inner.element()) {
            switch (inner.kind()) {
                case NUMBER -> {
                    return List.of(all);
                }
                case ARRAY -> vectors.add(vector(inner));
                default -> throw inner.problem("is no vector (expected: an array of numbers)");
            }
        }
        return vectors;
    }

    private static RawJson vector(JsonCursor cursor) {
        RawJson vector = cursor.raw();
        JsonCursor inner = new JsonCursor().over(vector);
        inner.array();
        if (inner.element() && inner.kind() == JsonKind.ARRAY) {
            throw ProviderFailure.malformed("the model gives a vector for each token, not one for each text");
        }
        return vector;
    }

    /// At `[{"<name>": […]}, …]`.
    static List<RawJson> ofMembers(JsonCursor cursor, String name) {
        List<RawJson> vectors = new ArrayList<>();
        cursor.array();
        while (cursor.element()) {
            cursor.object();
            for (String member = cursor.name(); member != null; member = cursor.name()) {
                if (member.equals(name)) {
                    vectors.add(cursor.raw());
                }
            }
        }
        return vectors;
    }
}
