package io.deltallm.policy.limit;

import org.jspecify.annotations.Nullable;

/// What a key was given of its own. Null takes the configured default of that number; 0 frees the key from it.
public record KeyLimits(
        @Nullable Long requestsPerMinute, @Nullable Long tokensPerMinute, @Nullable Integer maxParallel) {
    /// Nothing of its own: the defaults hold.
    public static final KeyLimits DEFAULTS = new KeyLimits(null, null, null);

    public KeyLimits {
        if (isNegative(requestsPerMinute) || isNegative(tokensPerMinute) || isNegative(maxParallel)) {
            throw new IllegalArgumentException("limits must be 0 (none) or more: " + requestsPerMinute
                    + " requests, " + tokensPerMinute + " tokens, " + maxParallel + " in parallel");
        }
    }

    /// These numbers, with `defaults` where there is none.
    public Rates over(Rates defaults) {
        return new Rates(
                requestsPerMinute != null ? requestsPerMinute : defaults.requestsPerMinute(),
                tokensPerMinute != null ? tokensPerMinute : defaults.tokensPerMinute(),
                maxParallel != null ? maxParallel : defaults.maxParallel());
    }

    private static boolean isNegative(@Nullable Number number) {
        return number != null && number.longValue() < 0;
    }
}
