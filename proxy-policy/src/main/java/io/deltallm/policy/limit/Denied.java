package io.deltallm.policy.limit;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;

/// A refusal: nothing was taken. The header values are those of the moment of refusal.
///
/// @param error names the limit, its owner and the wait
public record Denied(
        GatewayError error,
        long requestLimit,
        long requestRemaining,
        long requestResetEpochSeconds,
        long tokenLimit,
        long tokenRemaining,
        long tokenResetEpochSeconds)
        implements AdmissionResult {
    private static final long SECOND_NANOS = 1_000_000_000L;

    static Denied at(Gate gate, Reservation wanted, long nowNanos) {
        wanted.viewAt(nowNanos);
        TokenBucket bucket = wanted.bucket(gate);
        long nanos = bucket == null ? 0 : bucket.nanosUntil(wanted.amount(gate, bucket), nowNanos);
        // A parallel slot may come free at any time: the shortest wait that can be said.
        long seconds = Math.max(1, Math.ceilDiv(nanos, SECOND_NANOS));
        String limit = bucket == null
                ? wanted.cap(gate) + " requests at once for " + gate.whose() + ", all of them under way"
                : text(gate, bucket, wanted, nowNanos);
        return new Denied(
                GatewayError.of(ErrorCode.RATE_LIMITED, message(limit, seconds), gate.param())
                        .retryAfter(seconds),
                wanted.requestLimit(),
                wanted.requestRemaining(),
                wanted.requestResetEpochSeconds(),
                wanted.tokenLimit(),
                wanted.tokenRemaining(),
                wanted.tokenResetEpochSeconds());
    }

    private static String message(String limit, long seconds) {
        return "rate limit reached: " + limit + "; try again in " + seconds + " s";
    }

    private static String text(Gate gate, TokenBucket bucket, Reservation wanted, long nowNanos) {
        if (!gate.isOfTokens()) {
            return bucket.limit() + " requests per minute for " + gate.whose();
        }
        return bucket.limit() + " tokens per minute for " + gate.whose() + ", " + bucket.remaining(nowNanos)
                + " left, this request needs about " + wanted.estimatedTokens();
    }
}
