package io.deltallm.benchmarks.jmh;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.StreamUsageFilter;
import io.deltallm.codec.dialect.UsageTap;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// One event of a stream that goes through the filter, whole or cut in two by a read.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamUsageFilterBenchmark {
    private final UsageTap tap = new UsageTap(new ByteBlock());
    private final StreamUsageFilter filter = new StreamUsageFilter();
    private final ByteBuf event = Traffic.direct(Traffic.event());
    private final ByteBuf firstHalf = event.slice(0, event.readableBytes() / 2);
    private final ByteBuf secondHalf =
            event.slice(event.readableBytes() / 2, event.readableBytes() - event.readableBytes() / 2);

    public StreamUsageFilterBenchmark() {
        tap.begin(Operation.CHAT_COMPLETIONS, true);
        filter.begin(tap);
    }

    @Benchmark
    public void wholeEvent(Blackhole consumed) {
        feed(event, consumed);
    }

    @Benchmark
    public void cutEvent(Blackhole consumed) {
        feed(firstHalf, consumed);
        feed(secondHalf, consumed);
    }

    private void feed(ByteBuf piece, Blackhole consumed) {
        filter.feed(piece.retain(), passed -> {
            consumed.consume(passed);
            passed.release();
        });
    }
}
