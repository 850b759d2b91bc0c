package io.deltallm.policy.credential;

import java.time.Duration;
import java.time.Instant;

/// A secret, and how long it is good for. `toString` does not show it.
///
/// @param refreshAt when the next one should be fetched
/// @param expiry when this one is no longer valid
public record Expiring<T>(T value, Instant refreshAt, Instant expiry) {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /// Refreshed five minutes before its end; one that lives for less than ten, halfway.
    public static <T> Expiring<T> until(Instant expiry, T value, Instant now) {
        Duration left = Duration.between(now, expiry);
        Duration margin = left.compareTo(MARGIN.multipliedBy(2)) < 0 ? left.dividedBy(2) : MARGIN;
        return new Expiring<>(value, expiry.minus(margin), expiry);
    }

    /// Has no end, but may be replaced where it came from.
    public static <T> Expiring<T> rereadAfter(Duration interval, T value, Instant now) {
        return new Expiring<>(value, now.plus(interval), Instant.MAX);
    }

    /// Stays what it is.
    public static <T> Expiring<T> never(T value) {
        return new Expiring<>(value, Instant.MAX, Instant.MAX);
    }

    boolean isValidAt(Instant now) {
        return now.isBefore(expiry);
    }

    @Override
    public String toString() {
        return "Expiring[***, " + expiry + "]";
    }
}
