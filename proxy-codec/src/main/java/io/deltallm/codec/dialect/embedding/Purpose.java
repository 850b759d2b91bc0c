package io.deltallm.codec.dialect.embedding;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What vectors are for, which some models have to know: in Cohere's words and in Google's.
enum Purpose {
    DOCUMENT("search_document", "RETRIEVAL_DOCUMENT"),
    QUERY("search_query", "RETRIEVAL_QUERY"),
    CLASSIFICATION("classification", "CLASSIFICATION"),
    CLUSTERING("clustering", "CLUSTERING"),
    SIMILARITY("clustering", "SEMANTIC_SIMILARITY"),
    QUESTION("search_query", "QUESTION_ANSWERING"),
    FACTS("search_query", "FACT_VERIFICATION"),
    CODE("search_query", "CODE_RETRIEVAL_QUERY");

    private final String cohere;
    private final String google;

    Purpose(String cohere, String google) {
        this.cohere = cohere;
        this.google = google;
    }

    /// As Cohere's `input_type`.
    String cohere() {
        return cohere;
    }

    /// As Google's `taskType`.
    String google() {
        return google;
    }

    /// By either one's word, or Voyage's; null for a word that nobody has.
    static @Nullable Purpose of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (Purpose purpose : values()) {
            if (purpose.cohere.equals(lower) || purpose.google.toLowerCase(Locale.ROOT).equals(lower)) {
                return purpose;
            }
        }
        return switch (lower) {
            case "document", "passage" -> DOCUMENT;
            case "query" -> QUERY;
            default -> null;
        };
    }
}
