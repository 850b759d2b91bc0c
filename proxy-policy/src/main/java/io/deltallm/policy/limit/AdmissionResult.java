package io.deltallm.policy.limit;

/// Whether a request may go on, and what its rate-limit headers say: the request bucket with the fewest requests
/// left, of the key's and the proxy's, and the token bucket likewise. All are -1 where there is no such bucket.
public sealed interface AdmissionResult permits Reservation, Denied {
    long requestLimit();

    long requestRemaining();

    /// When the bucket will be full again, in Unix seconds, rounded up.
    long requestResetEpochSeconds();

    long tokenLimit();

    long tokenRemaining();

    /// When the bucket will be full again, in Unix seconds, rounded up.
    long tokenResetEpochSeconds();
}
