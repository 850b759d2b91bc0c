package io.deltallm.policy.limit;

/// How much may be done; 0 means no limit.
///
/// @param maxParallel requests under way at once
public record Rates(long requestsPerMinute, long tokensPerMinute, int maxParallel) {
    public static final Rates UNLIMITED = new Rates(0, 0, 0);

    public Rates {
        if (requestsPerMinute < 0 || tokensPerMinute < 0 || maxParallel < 0) {
            throw new IllegalArgumentException("limits must be 0 (none) or more: " + requestsPerMinute
                    + " requests, " + tokensPerMinute + " tokens, " + maxParallel + " in parallel");
        }
    }
}
