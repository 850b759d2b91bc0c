package io.deltallm.policy.limit;

import io.deltallm.policy.identity.Caller;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets a request in, or not: all or nothing over its key's limits and the proxy-wide ones. Thread-safe, lock-free, never
/// blocks; called on event loops. Allocates the [Reservation], and a [Denied] when it refuses.
///
/// # How it decides
/// 1. *Look*: every [Gate] is read in order. If all are open,
/// 2. *take*: each gate is passed by one compare-and-set; if one has closed meanwhile, everything taken is given back.
/// 3. A closed gate refuses only if the refusal is *sound*: seen while no other request held something it later gave back
///    (see [CallerLimits]). Otherwise look again.
///
/// More than a limit is never admitted, whatever the threads do. And nobody is refused because of a request that was
/// itself refused: that one's takes are visible only between steps 2 and its giving back, and such a moment is waited out.
/// Who waits holds nothing, so nobody waits in a circle. The wait is bounded ([#MAX_ROUNDS]): if a thread is suspended in
/// the middle of step 2 for longer than that, the refusal stands, on the safe side.
public final class Admission {
    /// Rounds of a few nanoseconds before giving the processor away: longer than an undisturbed step 2 takes.
    private static final int SPIN_ROUNDS = 64;
    /// About a millisecond if nobody else wants the processor; some time slices if others do.
    static final int MAX_ROUNDS = 2_000;

    private final LimitRegistry registry;
    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    private final int maxRounds;

    /// @param nanoClock monotonic, the registry's; `System::nanoTime`
    /// @param wallClock for the reset headers only
    public Admission(LimitRegistry registry, LongSupplier nanoClock, InstantSource wallClock) {
        this(registry, nanoClock, wallClock, MAX_ROUNDS);
    }

    Admission(LimitRegistry registry, LongSupplier nanoClock, InstantSource wallClock, int maxRounds) {
        this.registry = registry;
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.maxRounds = maxRounds;
    }

    /// @param estimatedTokens what the request may use; trued up by [Reservation#settle]. More than a whole bucket counts
    ///     as a full one, so that a large request passes when nothing else was used.
    public AdmissionResult admit(Caller caller, long estimatedTokens) {
        Reservation wanted = new Reservation(this, caller.limits(), registry.proxyWide(), estimatedTokens);
        for (int round = 0; ; round++) {
            long nowNanos = nanoClock.getAsLong();
            Gate closed = firstClosed(wanted, nowNanos);
            if (closed == null) {
                closed = takeAll(wanted, nowNanos);
            }
            if (closed == null) {
                return wanted;
            }
            if (round == maxRounds || isSound(wanted, closed, nowNanos)) {
                return Denied.at(closed, wanted, nowNanos);
            }
            pause(round);
        }
    }

    private static @Nullable Gate firstClosed(Reservation wanted, long nowNanos) {
        for (int i = 0; i < Gate.count(); i++) {
            if (!wanted.canPass(Gate.at(i), nowNanos)) {
                return Gate.at(i);
            }
        }
        return null;
    }

    /// The gate that closed between the look and the take, or null when everything is taken.
    private static @Nullable Gate takeAll(Reservation wanted, long nowNanos) {
        wanted.begin();
        for (int i = 0; i < Gate.count(); i++) {
            if (!wanted.tryPass(Gate.at(i), nowNanos)) {
                giveBack(wanted, i);
                return Gate.at(i);
            }
        }
        wanted.commit();
        return null;
    }

    private static void giveBack(Reservation wanted, int count) {
        for (int i = 0; i < count; i++) {
            wanted.giveBack(Gate.at(i));
        }
        wanted.abort();
    }

    private static boolean isSound(Reservation wanted, Gate closed, long nowNanos) {
        CallerLimits scope = wanted.scope(closed);
        long before = scope.unsettled();
        return CallerLimits.isQuiet(before) && !wanted.canPass(closed, nowNanos) && scope.unsettled() == before;
    }

    /// Spins first; then lets run whom we wait for, who may have been suspended for our sake.
    @SuppressWarnings("ThreadPriorityCheck") // only how long we wait depends on the scheduler, not what is decided
    private static void pause(int round) {
        if (round < SPIN_ROUNDS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    long nowNanos() {
        return nanoClock.getAsLong();
    }

    long limit(@Nullable TokenBucket bucket) {
        return bucket == null ? -1 : bucket.limit();
    }

    long remaining(@Nullable TokenBucket bucket, long nowNanos) {
        return bucket == null ? -1 : bucket.remaining(nowNanos);
    }

    long resetEpochSeconds(@Nullable TokenBucket bucket, long nowNanos) {
        if (bucket == null) {
            return -1;
        }
        long untilFullMillis = bucket.nanosUntilFull(nowNanos) / 1_000_000;
        return Math.ceilDiv(wallClock.millis() + untilFullMillis, 1000);
    }
}
