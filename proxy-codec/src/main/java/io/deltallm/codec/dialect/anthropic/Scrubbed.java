package io.deltallm.codec.dialect.anthropic;

/// A provider's words without what is only for the gateway's operator: organisations' ids (UUIDs) and keys (`sk-…`).
/// Stateless.
final class Scrubbed {
    private static final int UUID_LENGTH = 36;

    private Scrubbed() {}

    static String text(String message) {
        StringBuilder out = new StringBuilder(message.length());
        int at = 0;
        while (at < message.length()) {
            int end = secretEnd(message, at);
            if (end > at) {
                out.append("***");
                at = end;
            } else {
                out.append(message.charAt(at++));
            }
        }
        return out.toString();
    }

    private static int secretEnd(String text, int at) {
        if (text.startsWith("sk-", at)) {
            int end = at + 3;
            while (end < text.length() && isOfKey(text.charAt(end))) {
                end++;
            }
            return end - at > 12 ? end : at;
        }
        return isUuid(text, at) ? at + UUID_LENGTH : at;
    }

    private static boolean isOfKey(char character) {
        return Character.isLetterOrDigit(character) || "-_*".indexOf(character) >= 0;
    }

    private static boolean isUuid(String text, int at) {
        if (at + UUID_LENGTH > text.length()) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char character = text.charAt(at + i);
            if (dash ? character != '-' : Character.digit(character, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
