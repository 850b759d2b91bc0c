package io.deltallm.codec.dialect.failure;

import java.util.List;

/// How long to wait, where a provider says it only in its sentence: `Please try again in 1m2.5s.`, `Please retry in
/// 36.4s.`, `Please retry after 20 seconds.` Within a stream there is no header to say it. Stateless, thread-safe.
public final class WaitText {
    private static final List<String> BEFORE = List.of("try again in ", "retry in ", "retry after ");
    private static final double LONGEST_SECONDS = 86_400;

    private WaitText() {}

    /// In whole seconds, rounded up; 0 where the message does not say.
    public static long seconds(String message) {
        for (String before : BEFORE) {
            int at = message.indexOf(before);
            if (at >= 0) {
                return (long) Math.ceil(Math.min(duration(message, at + before.length()), LONGEST_SECONDS));
            }
        }
        return 0;
    }

    /// Numbers, each with its unit.
    private static double duration(String text, int from) {
        double sum = 0;
        int at = from;
        while (true) {
            int digits = at;
            while (at < text.length() && isOfNumber(text, at)) {
                at++;
            }
            if (at == digits) {
                return sum;
            }
            double number = number(text.substring(digits, at));
            int unit = at < text.length() && text.charAt(at) == ' ' ? at + 1 : at;
            double factor = secondsOf(text, unit);
            if (factor == 0) {
                return sum;
            }
            sum += number * factor;
            at = unit + (text.startsWith("ms", unit) ? 2 : 1);
        }
    }

    /// A digit, or a point between two.
    private static boolean isOfNumber(String text, int at) {
        return isDigit(text, at) || (text.charAt(at) == '.' && isDigit(text, at + 1));
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static double number(String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static double secondsOf(String text, int unit) {
        if (text.startsWith("ms", unit) || text.startsWith("milli", unit)) {
            return 0.001;
        }
        return switch (unit < text.length() ? text.charAt(unit) : ' ') {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            default -> 0;
        };
    }
}
