package io.deltallm.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a key ends, as people write it: a span from now (`90m`, `12h`, `30d`, `6mo`), a day (`2027-01-31`, its first
/// moment in UTC), or a moment (`2027-01-31T12:00:00Z`).
final class Expiry {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(s|m|h|d|mo)");

    private Expiry() {}

    /// @throws IllegalArgumentException for anything else, or for a moment that is past
    static Instant parse(String text, Instant now) {
        Instant end = moment(text, now);
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("\"" + text + "\" is past (expected: a moment to come)");
        }
        return end;
    }

    private static Instant moment(String text, Instant now) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            long amount = Long.parseLong(span.group(1));
            return switch (span.group(2)) {
                case "s" -> now.plusSeconds(amount);
                case "m" -> now.plusSeconds(60 * amount);
                case "h" -> now.plusSeconds(3600 * amount);
                case "d" -> now.plusSeconds(86_400 * amount);
                default -> now.atOffset(ZoneOffset.UTC).plusMonths(amount).toInstant();
            };
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" (expected: 90m, 12h, 30d, 6mo, 2027-01-31 or 2027-01-31T12:00:00Z)", e);
        }
    }
}
