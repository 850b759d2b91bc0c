package io.deltallm.benchmarks.jmh;

import io.deltallm.policy.limit.TokenBucket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// One take from a bucket that refills faster than it is taken from.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBucketBenchmark {
    private final TokenBucket bucket =
            new TokenBucket(60_000_000_000L, TimeUnit.MINUTES.toNanos(1), System.nanoTime());

    @Benchmark
    public boolean take() {
        return bucket.tryTake(1, System.nanoTime());
    }
}
