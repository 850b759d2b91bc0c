package io.deltallm.netty.gateway;

import com.sun.management.ThreadMXBean;
import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.ScriptedUpstream;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.deltallm.netty.testing.KeySpec.aKey;
import static org.assertj.core.api.Assertions.assertThat;

/// What a request costs the heap of its event loop, keys, limits, usage and metrics on. The ceilings only ever go down.
final class AllocationTest {
    private static final long CEILING_BYTES = 2048;
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

    @BeforeEach
    void measureWithoutTheDetector() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void detectAgain() {
        ResourceLeakDetector.setLevel(before);
    }

    @Test
    void aRequestAllocatesLessThanItsCeiling() {
        try (var upstream = ScriptedUpstream.start().withoutHistory().otherwise(ChatSample.reply());
                var gateway = GatewayFixture.inFrontOf(upstream)
                        .set("server.event_loop_threads", 1)
                        .set("logging.access", false)
                        .start();
                var client = gateway.connect()) {
            String key = gateway.newKey(
                    aKey().withRequestsPerMinute(1_000_000_000).withTokensPerMinute(1_000_000_000).withParallel(10));
            exchange(client, key, WARM_UP);

            long start = allocatedByLoops();
            exchange(client, key, MEASURED);
            long perRequest = (allocatedByLoops() - start) / MEASURED;

            assertThat(perRequest).isBetween(1L, CEILING_BYTES);
        }
    }

    private static void exchange(RawClient client, String key, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(client.post(ChatSample.PATH, key, ChatSample.REQUEST).read().status()).isEqualTo(200);
        }
    }

    private long allocatedByLoops() {
        long[] loops = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("loop-"))
                .mapToLong(thread -> thread.getThreadId())
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(loops)).sum();
    }
}
