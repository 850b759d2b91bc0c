package io.deltallm.benchmarks.jmh;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.dialect.RequestScanner;
import io.deltallm.codec.dialect.ScanLimits;
import io.deltallm.codec.dialect.UpstreamModel;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Planning and applying the edits of one attempt: another model name, and in `planAndApply` usage asked for in a stream.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestPatchBenchmark {
    private static final UpstreamModel UPSTREAM_MODEL = new UpstreamModel("upstream-7");

    @Param({"1024", "4096", "102400"})
    public int bytes;

    private final RequestScanner scanner = new RequestScanner(ScanLimits.DEFAULT, new ByteBlock());
    private final ByteBuf target = Traffic.direct("x".repeat(128 * 1024));
    private ByteBuf body = Traffic.direct("");

    @Setup
    public void scan() {
        body = Traffic.direct(Traffic.chatRequest(bytes, true));
        scanner.begin(Operation.CHAT_COMPLETIONS, null);
        scanner.feed(body);
        if (scanner.end() != null) {
            throw new IllegalStateException("a sound body is refused");
        }
    }

    @Benchmark
    public RequestPatch plan() {
        return plan(false);
    }

    /// As a small body leaves: behind its head, in the same buffer.
    @Benchmark
    public int planAndCopy() {
        RequestPatch patch = plan(false);
        target.clear();
        patch.copyTo(body, target);
        return target.writerIndex();
    }

    private RequestPatch plan(boolean addUsage) {
        return RequestPatch.plan(Operation.CHAT_COMPLETIONS, scanner.outline(), UPSTREAM_MODEL, addUsage, Map.of());
    }

    @Benchmark
    public int planAndApply(Blackhole consumed) {
        RequestPatch patch = plan(true);
        patch.apply(body.retainedDuplicate(), PooledByteBufAllocator.DEFAULT, piece -> {
            consumed.consume(piece);
            piece.release();
        });
        return patch.lengthDelta();
    }
}
