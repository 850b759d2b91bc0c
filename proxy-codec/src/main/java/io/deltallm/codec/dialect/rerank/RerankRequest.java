package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client wants ranked.
///
/// @param documents their texts
/// @param originals the documents as the client wrote them, to be returned: strings or objects
/// @param extras the fields that only some formats have
record RerankRequest(
        String query,
        List<String> documents,
        List<RawJson> originals,
        @Nullable Long topN,
        boolean returnDocuments,
        Map<String, RawJson> extras) {

    /// Reads Cohere's form, whose documents are texts or objects with a `text`.
    ///
    /// @param defaults JSON literals, where the client says nothing
    static RerankRequest read(JsonCursor body, Map<String, String> defaults) {
        Reading reading = new Reading();
        Set<String> said = new HashSet<>();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            said.add(name);
            reading.member(name, body);
        }
        defaults.forEach((name, literal) -> {
            if (!said.contains(name) && !name.equals("model")) {
                reading.member(name, new JsonCursor().over(RawJson.ofLiteral(literal)));
            }
        });
        return reading.request();
    }

    private static final class Reading {
        private final List<String> documents = new ArrayList<>();
        private final List<RawJson> originals = new ArrayList<>();
        private final Map<String, RawJson> extras = new LinkedHashMap<>();
        private @Nullable String query;
        private @Nullable Long topN;
        private boolean returnDocuments;

        void member(String name, JsonCursor value) {
            switch (name) {
                case "model" -> {}
                case "query" -> query = value.string();
                case "documents" -> documents(value);
                case "top_n", "top_k" -> topN = topN(name, value);
                case "return_documents" -> returnDocuments = Boolean.TRUE.equals(value.booleanOrNull());
                default -> extras.put(name, value.raw());
            }
        }

        private static @Nullable Long topN(String name, JsonCursor value) {
            Long topN = value.longOrNull();
            if (topN != null && topN < 1) {
                throw Refused.request(name + " is " + topN + " (expected: 1 or more)", name);
            }
            return topN;
        }

        private void documents(JsonCursor value) {
            value.array();
            while (value.element()) {
                switch (value.kind()) {
                    case STRING, OBJECT -> document(value.raw());
                    default -> throw value.problem("is no document (expected: a string or an object with text)");
                }
            }
        }

        private void document(RawJson original) {
            originals.add(original);
            documents.add(original.isString() ? original.text() : text(original));
        }

        /// An object without a text is ranked by all it has.
        private static String text(RawJson original) {
            JsonCursor cursor = new JsonCursor().over(original);
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("text") && cursor.isString()) {
                    return cursor.string();
                }
            }
            return original.json();
        }

        RerankRequest request() {
            if (query == null) {
                throw Refused.request("query is missing (expected: a string)", "query");
            }
            if (documents.isEmpty()) {
                throw Refused.request("documents is missing or empty (expected: a list of texts)", "documents");
            }
            return new RerankRequest(query, documents, originals, topN, returnDocuments, extras);
        }
    }

    /// A document as it is returned: an object, in any case.
    void writeOriginal(int index, JsonOutput out) {
        RawJson original = originals.get(index);
        if (original.isString()) {
            out.beginObject().member("text", original).endObject();
        } else {
            out.value(original);
        }
    }
}
