package io.deltallm.benchmarks.jmh;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.RequestScanner;
import io.deltallm.codec.dialect.ScanLimits;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The one scan of a chat request's body.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestScannerBenchmark {
    private final RequestScanner scanner = new RequestScanner(ScanLimits.DEFAULT, new ByteBlock());
    private final ByteBuf small = Traffic.direct(Traffic.chatRequest(Traffic.SMALL, false));
    private final ByteBuf conversation = Traffic.direct(Traffic.conversation());
    private final ByteBuf large = Traffic.direct(Traffic.chatRequest(Traffic.LARGE, false));

    @Benchmark
    public Object scan1k() {
        return scan(small);
    }

    @Benchmark
    public Object scanConversation() {
        return scan(conversation);
    }

    @Benchmark
    public Object scan100k() {
        return scan(large);
    }

    private Object scan(ByteBuf body) {
        scanner.begin(Operation.CHAT_COMPLETIONS, null);
        scanner.feed(body);
        if (scanner.end() != null) {
            throw new IllegalStateException("a sound body is refused");
        }
        return scanner.outline();
    }
}
