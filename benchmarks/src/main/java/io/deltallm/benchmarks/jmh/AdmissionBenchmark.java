package io.deltallm.benchmarks.jmh;

import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.identity.ModelAccess;
import io.deltallm.policy.limit.Admission;
import io.deltallm.policy.limit.AdmissionResult;
import io.deltallm.policy.limit.CallerLimits;
import io.deltallm.policy.limit.LimitRegistry;
import io.deltallm.policy.limit.ProxyLimits;
import io.deltallm.policy.limit.Rates;
import io.deltallm.policy.limit.Reservation;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What a request pays for limits: admission over the key's and the proxy's buckets, and settling.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdmissionBenchmark {
    /// Out of reach, so that every request passes every gate.
    private static final Rates RATES = new Rates(60_000_000_000L, 60_000_000_000L, 1_000_000);

    private final LimitRegistry registry = new LimitRegistry(System::nanoTime);
    private final Admission admission = new Admission(registry, System::nanoTime, InstantSource.system());
    private final Caller limited = caller(CallerLimits.of(RATES, System.nanoTime()));
    private final Caller unlimited = caller(CallerLimits.NONE);

    public AdmissionBenchmark() {
        registry.configure(new ProxyLimits(RATES, RATES));
    }

    @Benchmark
    public Object keyAndProxyLimits() {
        return settled(admission.admit(limited, 1));
    }

    @Benchmark
    public Object proxyLimits() {
        return settled(admission.admit(unlimited, 1));
    }

    private static Object settled(AdmissionResult result) {
        if (!(result instanceof Reservation reservation)) {
            throw new IllegalStateException("refused although the limits are out of reach: " + result);
        }
        reservation.settle(1);
        return reservation;
    }

    private static Caller caller(CallerLimits limits) {
        return new Caller(
                "bench", Caller.Kind.VIRTUAL_KEY, null, null, null, ModelAccess.ALL, limits, null, false);
    }
}
