package io.deltallm.benchmarks.jmh;

import io.deltallm.netty.telemetry.Metrics;
import io.deltallm.policy.route.Target;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What an exchange pays for being counted: once at its end, and for each piece of a stream.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MetricsBenchmark {
    private final Target target =
            Traffic.snapshot().groups().getFirst().targets().getFirst();
    private final Metrics metrics = new Metrics("0.1.0");
    private final EndedChat ended = new EndedChat(target);

    public MetricsBenchmark() {
        metrics.configured(List.of(target));
    }

    @Benchmark
    public void exchange() {
        metrics.exchangeStarted();
        metrics.exchangeEnded(ended);
    }

    @Benchmark
    public void chunkRelayed() {
        metrics.chunkRelayed(target, 20_000_000);
    }
}
