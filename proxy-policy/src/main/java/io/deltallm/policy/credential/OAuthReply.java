package io.deltallm.policy.credential;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a token endpoint answers (RFC 6749, section 5.1).
final class OAuthReply {
    private static final long DEFAULT_SECONDS = 3600;
    /// A year; a time beyond the calendar's end would be none.
    private static final double MOST_SECONDS = 31_536_000;

    private OAuthReply() {}

    static Expiring<String> read(String body, Instant now) throws IOException {
        Map<String, String> fields = JsonFields.read(body);
        String token = JsonFields.required(fields, "access_token");
        return Expiring.until(now.plusSeconds(seconds(fields.get("expires_in"))), token, now);
    }

    private static long seconds(@Nullable String text) throws IOException {
        if (text == null) {
            return DEFAULT_SECONDS;
        }
        try {
            return (long) Math.clamp(Double.parseDouble(text), 0, MOST_SECONDS);
        } catch (NumberFormatException _) {
            throw new IOException("\"expires_in\" is \"" + text + "\" (expected: seconds)");
        }
    }
}
