package io.deltallm.netty.telemetry;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventLoopLagTest {
    private final Metrics metrics = new Metrics("1.2.3");
    private final AtomicLong nanos = new AtomicLong();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @Test
    void measuresHowLateATaskRuns() {
        EventLoopLag lag = new EventLoopLag(metrics, nanos::get);
        channel.freezeTime();
        lag.watch(List.of(channel.eventLoop()));

        pass(Duration.ofMillis(500));
        pass(Duration.ofMillis(530));
        lag.close();
        pass(Duration.ofMillis(500));

        assertThat(sample("deltallm_event_loop_lag_seconds_count")).isEqualTo(2);
        assertThat(sample("deltallm_event_loop_lag_seconds_sum")).isEqualTo(0.03);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private double sample(String name) {
        return metrics.registry().getSampleValue(name, new String[] {"loop"}, new String[] {"0"});
    }
}
