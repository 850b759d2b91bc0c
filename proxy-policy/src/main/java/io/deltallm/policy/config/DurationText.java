package io.deltallm.policy.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Durations as they are written: `30` and `0.5` (seconds), `500ms`, `30s`, `5m`, `1h`, `30d`.
final class DurationText {
    private DurationText() {}

    /// The duration, or null where `text` is none.
    static @Nullable Duration parse(String text) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        int split = trimmed.length();
        while (split > 0 && Character.isLetter(trimmed.charAt(split - 1))) {
            split--;
        }
        long unitNanos = unitNanos(trimmed.substring(split));
        if (unitNanos == 0) {
            return null;
        }
        try {
            BigDecimal amount = new BigDecimal(trimmed.substring(0, split).trim());
            return Duration.ofNanos(amount.multiply(BigDecimal.valueOf(unitNanos)).longValueExact());
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    private static long unitNanos(String unit) {
        return switch (unit) {
            case "ms" -> 1_000_000L;
            case "", "s" -> 1_000_000_000L;
            case "m", "min" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 0;
        };
    }

    /// The shortest form that [#parse] reads back, to the millisecond.
    static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
