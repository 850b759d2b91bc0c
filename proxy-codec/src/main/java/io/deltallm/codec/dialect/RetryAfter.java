package io.deltallm.codec.dialect;

import org.jspecify.annotations.Nullable;

/// Reads the numbers in which providers say how long to wait. Stateless.
final class RetryAfter {
    /// A day; whoever says more says nothing of use.
    static final double LONGEST_SECONDS = 86_400;

    private static final int LONGEST_TEXT = 20;

    private RetryAfter() {}

    /// A number without sign and exponent; 0 for anything else.
    static double number(@Nullable String field) {
        String text = field == null ? "" : field.strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT || !text.chars().allMatch(RetryAfter::isOfNumber)) {
            return 0;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static boolean isOfNumber(int character) {
        return (character >= '0' && character <= '9') || character == '.';
    }
}
