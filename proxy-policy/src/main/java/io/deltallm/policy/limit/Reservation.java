package io.deltallm.policy.limit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// What one admitted request holds: up to two parallel slots, two requests, two amounts of tokens. Its owner must end it
/// with [#settle] or [#cancel]; the first call has effect, later ones none. Thread-safe, owned by one exchange.
///
/// The request itself stays counted either way: a client that is refused further on must not be able to try for free.
/// The buckets are the ones found at admission, so that a reload in between settles where it was taken.
public final class Reservation implements AdmissionResult {
    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(Reservation.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Admission admission;
    private final CallerLimits key;
    private final CallerLimits proxy;
    private final @Nullable TokenBucket keyRequests;
    private final @Nullable TokenBucket keyTokens;
    private final @Nullable TokenBucket proxyRequests;
    private final @Nullable TokenBucket proxyTokens;
    private final int keyCap;
    private final int proxyCap;
    private final boolean keyLimited;
    private final boolean proxyLimited;
    private final long estimatedTokens;
    private boolean viewed;
    private long viewedNanos;

    @SuppressWarnings("unused") // through ENDED
    private volatile boolean ended;

    Reservation(Admission admission, CallerLimits key, CallerLimits proxy, long estimatedTokens) {
        this.admission = admission;
        this.key = key;
        this.proxy = proxy;
        this.keyRequests = key.requests();
        this.keyTokens = key.tokens();
        this.keyCap = key.maxParallel();
        this.proxyRequests = proxy.requests();
        this.proxyTokens = proxy.tokens();
        this.proxyCap = proxy.maxParallel();
        // Decided once: the shared word of a scope without limits must stay untouched, it would bounce between loops.
        this.keyLimited = keyRequests != null || keyTokens != null || keyCap != 0;
        this.proxyLimited = proxyRequests != null || proxyTokens != null || proxyCap != 0;
        this.estimatedTokens = Math.max(0, estimatedTokens);
    }

    /// The request is over: returns the slots and charges or refunds the tokens that differ from the estimate.
    public void settle(long actualTokens) {
        if (ENDED.compareAndSet(this, false, true)) {
            leave(Gate.KEY_PARALLEL);
            leave(Gate.PROXY_PARALLEL);
            trueUp(Gate.KEY_TOKENS, actualTokens);
            trueUp(Gate.PROXY_TOKENS, actualTokens);
        }
    }

    /// No tokens were used, as when no provider was reached: returns the slots and all tokens.
    public void cancel() {
        settle(0);
    }

    /// What the request was thought to need.
    public long estimatedTokens() {
        return estimatedTokens;
    }

    @Override
    public long requestLimit() {
        return admission.limit(tightest(keyRequests, proxyRequests));
    }

    @Override
    public long requestRemaining() {
        return admission.remaining(tightest(keyRequests, proxyRequests), viewedNanos());
    }

    @Override
    public long requestResetEpochSeconds() {
        return admission.resetEpochSeconds(tightest(keyRequests, proxyRequests), viewedNanos());
    }

    @Override
    public long tokenLimit() {
        return admission.limit(tightest(keyTokens, proxyTokens));
    }

    @Override
    public long tokenRemaining() {
        return admission.remaining(tightest(keyTokens, proxyTokens), viewedNanos());
    }

    @Override
    public long tokenResetEpochSeconds() {
        return admission.resetEpochSeconds(tightest(keyTokens, proxyTokens), viewedNanos());
    }

    /// From here to [#commit] or [#abort] what it took may still be given back.
    void begin() {
        if (keyLimited) {
            key.begin();
        }
        if (proxyLimited) {
            proxy.begin();
        }
    }

    void commit() {
        if (keyLimited) {
            key.commit();
        }
        if (proxyLimited) {
            proxy.commit();
        }
    }

    /// After everything taken was given back.
    void abort() {
        if (keyLimited) {
            key.abort();
        }
        if (proxyLimited) {
            proxy.abort();
        }
    }

    boolean canPass(Gate gate, long nowNanos) {
        if (gate.isSlot()) {
            int cap = cap(gate);
            return cap == 0 || scope(gate).running() < cap;
        }
        TokenBucket bucket = bucket(gate);
        return bucket == null || bucket.canTake(amount(gate, bucket), nowNanos);
    }

    boolean tryPass(Gate gate, long nowNanos) {
        if (gate.isSlot()) {
            int cap = cap(gate);
            return cap == 0 || scope(gate).tryEnter(cap);
        }
        TokenBucket bucket = bucket(gate);
        return bucket == null || bucket.tryTake(amount(gate, bucket), nowNanos);
    }

    void giveBack(Gate gate) {
        if (gate.isSlot()) {
            leave(gate);
            return;
        }
        TokenBucket bucket = bucket(gate);
        if (bucket != null) {
            bucket.giveBack(amount(gate, bucket));
        }
    }

    CallerLimits scope(Gate gate) {
        return gate.isProxyWide() ? proxy : key;
    }

    int cap(Gate gate) {
        return gate.isProxyWide() ? proxyCap : keyCap;
    }

    /// Null for slots, and where there is no such limit.
    @Nullable TokenBucket bucket(Gate gate) {
        return switch (gate) {
            case KEY_REQUESTS -> keyRequests;
            case KEY_TOKENS -> keyTokens;
            case PROXY_REQUESTS -> proxyRequests;
            case PROXY_TOKENS -> proxyTokens;
            case KEY_PARALLEL, PROXY_PARALLEL -> null;
        };
    }

    /// What this request takes there. An estimate above the whole limit counts as the limit: such a request passes when
    /// the bucket is full, and what it really used is charged afterwards.
    long amount(Gate gate, TokenBucket bucket) {
        return gate.isOfTokens() ? Math.min(estimatedTokens, bucket.limit()) : 1;
    }

    private void leave(Gate gate) {
        if (cap(gate) != 0) {
            scope(gate).leave();
        }
    }

    private void trueUp(Gate gate, long actualTokens) {
        TokenBucket bucket = bucket(gate);
        if (bucket == null) {
            return;
        }
        long difference = Math.max(0, actualTokens) - amount(gate, bucket);
        if (difference > 0) {
            bucket.charge(difference, admission.nowNanos());
        } else {
            bucket.giveBack(-difference);
        }
    }

    /// The header values are those of one moment, the first at which they were asked for.
    private long viewedNanos() {
        if (!viewed) {
            viewed = true;
            viewedNanos = admission.nowNanos();
        }
        return viewedNanos;
    }

    private @Nullable TokenBucket tightest(@Nullable TokenBucket mine, @Nullable TokenBucket everybodys) {
        if (mine == null || everybodys == null) {
            return mine == null ? everybodys : mine;
        }
        long nowNanos = viewedNanos();
        return mine.remaining(nowNanos) <= everybodys.remaining(nowNanos) ? mine : everybodys;
    }
}
