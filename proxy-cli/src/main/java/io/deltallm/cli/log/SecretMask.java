package io.deltallm.cli.log;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hides what looks like a credential in text that is about to be logged: keys (`sk-…` of any make), bearer and basic
/// credentials, passwords in URLs. The last line of defence; nothing should log a secret in the first place. Thread-safe.
public final class SecretMask {
    private static final Pattern SECRET = Pattern.compile(
            "\\b(?<key>sk-)[A-Za-z0-9_-]{6,}"
                    + "|(?i:\\b(?<scheme>bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{6,}"
                    + "|(?<user>://[^\\s/:@]*:)[^\\s/@]+(?=@)");

    private SecretMask() {}

    /// `text`, with every secret cut to `***`; the same object if there is none.
    public static String hide(String text) {
        if (!suspicious(text)) {
            return text;
        }
        return SECRET.matcher(text).replaceAll(SecretMask::masked);
    }

    /// Most lines hold no secret and cost three searches, no regular expression.
    private static boolean suspicious(String text) {
        return text.contains("sk-") || text.contains("://") || text.contains("earer ") || text.contains("asic ")
                || text.contains("BEARER ") || text.contains("BASIC ");
    }

    private static String masked(MatchResult found) {
        String kept = found.group("key") != null
                ? found.group("key")
                : found.group("scheme") != null ? found.group("scheme") + " " : found.group("user");
        return Matcher.quoteReplacement(kept + "***");
    }
}
