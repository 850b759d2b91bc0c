package io.deltallm.benchmarks.jmh;

import io.deltallm.codec.chat.Operation;
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

/// Reading usage from a reply on its way: a whole reply of 1 KB; of a stream an event
/// that says nothing of it, one that has `"usage":null`, and the one that states it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UsageTapBenchmark {
    private final UsageTap plain = new UsageTap(new ByteBlock());
    private final UsageTap streamed = new UsageTap(new ByteBlock());
    private final ByteBuf reply = Traffic.direct(Traffic.chatReply());
    private final ByteBuf eventWithoutUsage = Traffic.direct(Traffic.eventWithoutUsage());
    private final ByteBuf event = Traffic.direct(Traffic.event());
    private final ByteBuf usageEvent = Traffic.direct(Traffic.usageEvent());

    public UsageTapBenchmark() {
        streamed.begin(Operation.CHAT_COMPLETIONS, true);
    }

    @Benchmark
    public long plainReply() {
        plain.begin(Operation.CHAT_COMPLETIONS, false);
        plain.feed(reply);
        plain.end();
        return plain.totalTokens();
    }

    @Benchmark
    public long eventWithoutUsage() {
        streamed.feed(eventWithoutUsage);
        return streamed.dataEvents();
    }

    @Benchmark
    public long event() {
        streamed.feed(event);
        return streamed.dataEvents();
    }

    @Benchmark
    public long usageEvent() {
        streamed.feed(usageEvent);
        return streamed.totalTokens();
    }
}
