package io.deltallm.codec.dialect;

import io.deltallm.codec.http.HttpDate;
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

    /// From the one HTTP date to the other, in seconds; 0 where one of them is none, or where the first is not the later.
    static long between(@Nullable String then, @Nullable String now) {
        if (then == null || now == null) {
            return 0;
        }
        long from = HttpDate.epochSeconds(now.strip());
        long to = HttpDate.epochSeconds(then.strip());
        return from == HttpDate.UNREADABLE || to == HttpDate.UNREADABLE ? 0 : Math.max(0, to - from);
    }

    private static boolean isOfNumber(int character) {
        return (character >= '0' && character <= '9') || character == '.';
    }
}
