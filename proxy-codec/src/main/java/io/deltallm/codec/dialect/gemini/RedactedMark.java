package io.deltallm.codec.dialect.gemini;

/// Tells thoughts that only their provider can read, which Google has no word for, from a signature: a mark in front of
/// their data. It is of base64, and a whole number of its groups, since Google's clients decode signatures and encode them
/// again. Stateless.
final class RedactedMark {
    static final String TEXT = "redactedthinking";

    private RedactedMark() {}

    static boolean isMarked(String signature) {
        return signature.startsWith(TEXT);
    }

    static String removed(String signature) {
        return signature.substring(TEXT.length());
    }
}
