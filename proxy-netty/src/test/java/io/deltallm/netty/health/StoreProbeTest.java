package io.deltallm.netty.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class StoreProbeTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final HealthState state = new HealthState(true, (InstantSource) now::get);

    @Test
    void remembersTheLastAnswerAndSinceWhen() {
        probe(() -> true);
        now.set(Instant.ofEpochSecond(5));
        probe(() -> true);
        assertThat(state.current()).isEqualTo(new HealthState.Current(HealthState.Database.UP, Instant.EPOCH, false));

        probe(() -> false);

        assertThat(state.current())
                .isEqualTo(new HealthState.Current(HealthState.Database.DOWN, Instant.ofEpochSecond(5), false));
    }

    @Test
    void takesAnExceptionForNo() {
        probe(() -> {
            throw new IllegalStateException("connection refused");
        });

        assertThat(state.current().database()).isEqualTo(HealthState.Database.DOWN);
    }

    @Test
    void asksAgainAndAgainUntilClosed() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(1);
        StoreProbe probe = new StoreProbe(() -> answer(asked, interrupted), state, Duration.ofMillis(1)).start();

        asked.await();
        probe.close();

        interrupted.await();
        assertThat(state.current().database()).isEqualTo(HealthState.Database.UP);
    }

    /// Yes twice; the third time it waits until the probe is closed.
    private static boolean answer(CountDownLatch asked, CountDownLatch interrupted) {
        asked.countDown();
        if (asked.getCount() > 0) {
            return true;
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        interrupted.countDown();
        return false;
    }

    private void probe(BooleanSupplier answers) {
        new StoreProbe(answers, state, Duration.ofSeconds(5)).probe();
    }
}
