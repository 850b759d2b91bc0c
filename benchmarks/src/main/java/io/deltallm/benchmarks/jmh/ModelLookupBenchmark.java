package io.deltallm.benchmarks.jmh;

import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.ModelAccess;
import io.deltallm.policy.route.ModelGroup;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// From a model's name to a target: is it there, may the caller use it, which place answers.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModelLookupBenchmark {
    private final Snapshot snapshot = Traffic.snapshot();
    private final ModelAccess access = ModelAccess.of(List.of("gpt-4o", "claude-*", "bench-*"));
    private final SplittableRandom random = new SplittableRandom(1);

    /// A string that a scan made: its hash is not yet known.
    private final char[] name = "bench-7".toCharArray();

    @Benchmark
    public Object resolve() {
        String model = new String(name);
        ModelGroup group = snapshot.group(model);
        if (group == null || !access.mayUse(model)) {
            throw new IllegalStateException(model + " is not resolved");
        }
        return group.pick(random);
    }
}
