package io.deltallm.netty.upstream;

import io.deltallm.codec.http.HeadWriter;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.testing.LoopClock;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.GatewayListener;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/// Attempts at an [EmbeddedProvider], on a loop whose time the test owns.
final class UpstreamBench implements AutoCloseable {
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final List<HeardAttempt> attempts = new ArrayList<>();
    private final Target target;
    final LoopClock clock = new LoopClock(loop);
    final EmbeddedProvider provider;
    int poolWaits;
    int connectFailures;

    UpstreamBench(int maxConnections, int maxIdle) {
        target = EmbeddedProvider.target(maxConnections, maxIdle);
        provider = new EmbeddedProvider(loop, new DeadlineWheel(loop.eventLoop(), clock), new HeadWriter(), new GatewayListener() {
            @Override
            public void upstreamPoolWaited(Target waited, long nanos) {
                poolWaits++;
            }

            @Override
            public void upstreamConnectFailed(Target failed) {
                connectFailures++;
            }
        });
    }

    HeardAttempt start() {
        HeardAttempt attempt = new HeardAttempt(provider.pool(), target);
        attempts.add(attempt);
        attempt.start();
        run();
        return attempt;
    }

    void run() {
        loop.runPendingTasks();
        loop.checkException();
    }

    int active() {
        return provider.pool().active();
    }

    int idle() {
        return provider.pool().idle();
    }

    @Override
    public void close() {
        attempts.forEach(attempt -> attempt.attempt().cancel());
        provider.close();
        attempts.forEach(HeardAttempt::release);
        loop.finishAndReleaseAll();
    }
}
