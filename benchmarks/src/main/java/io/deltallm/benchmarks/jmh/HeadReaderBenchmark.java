package io.deltallm.benchmarks.jmh;

import io.deltallm.codec.http.HeadReader;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Parsing the head of a request as an SDK sends it, and of a provider's reply.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeadReaderBenchmark {
    private static final int LIMIT = 16 * 1024;

    private final RequestHead request = new RequestHead();
    private final ResponseHead response = new ResponseHead();
    private final HeadReader requests = new HeadReader.OfRequest(request, LIMIT, LIMIT);
    private final HeadReader responses = new HeadReader.OfResponse(response, LIMIT);
    private final ByteBuf requestBytes = Traffic.direct(Traffic.requestHead(Traffic.SMALL));
    private final ByteBuf responseBytes = Traffic.direct(Traffic.responseHead());

    @Benchmark
    public long request() {
        read(requests, requestBytes);
        return request.contentLength();
    }

    @Benchmark
    public long response() {
        read(responses, responseBytes);
        return response.contentLength();
    }

    private static void read(HeadReader reader, ByteBuf bytes) {
        reader.reset();
        bytes.readerIndex(0);
        if (!reader.read(bytes) || reader.failure() != null) {
            throw new IllegalStateException("a sound head is refused: " + reader.failure());
        }
    }
}
