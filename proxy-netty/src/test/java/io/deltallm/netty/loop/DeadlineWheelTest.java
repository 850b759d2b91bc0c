package io.deltallm.netty.loop;

import io.deltallm.netty.testing.LoopClock;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineWheelTest {
    private static final long TICK = DeadlineWheel.TICK_NANOS;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicLong now = new AtomicLong(-7 * TICK + 11);
    private final DeadlineWheel wheel = new DeadlineWheel(channel.eventLoop(), now::get);
    private final List<String> expired = new ArrayList<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private final class Named extends Deadline {
        private final String name;
        private Runnable then = () -> {};

        Named(String name) {
            this.name = name;
        }

        @Override
        protected void expired() {
            expired.add(name);
            then.run();
        }
    }

    private void arm(Deadline deadline, long delayNanos) {
        wheel.armFromNow(deadline, delayNanos);
    }

    private void pass(long nanos) {
        now.addAndGet(nanos);
        channel.advanceTimeBy(Math.max(nanos, TICK), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void firesUpToATickLateAndNeverEarly() {
        for (long delay : new long[] {0, 1, TICK - 1, TICK, TICK + 1, 17 * TICK, 1023 * TICK, 1024 * TICK, 5000 * TICK + 3}) {
            Named deadline = new Named("d" + delay);
            arm(deadline, delay);
            long armedAt = now.get();
            while (deadline.armed()) {
                pass(TICK / 2);
            }
            assertThat(now.get() - armedAt).as("delay %d", delay).isBetween(delay, delay + 2 * TICK);
        }
        assertThat(expired).hasSize(9);
        assertThat(wheel.armed()).isZero();
    }

    @Test
    void firesAfterTheLoopWasHeldUpForLong() {
        arm(new Named("a"), TICK);
        arm(new Named("b"), 3000 * TICK);

        pass(100_000 * TICK);

        assertThat(expired).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void forgetsWhatWasCancelled() {
        Named deadline = new Named("a");
        arm(deadline, TICK);

        wheel.cancel(deadline);
        wheel.cancel(deadline);
        pass(10 * TICK);

        assertThat(expired).isEmpty();
        assertThat(deadline.armed()).isFalse();
        assertThat(wheel.armed()).isZero();
    }

    @Test
    void putsOffAndForward() {
        Named putOff = new Named("put off");
        Named putForward = new Named("put forward");
        arm(putOff, 2 * TICK);
        arm(putForward, 500 * TICK);

        arm(putOff, 50 * TICK);
        arm(putForward, 5 * TICK);
        pass(10 * TICK);

        assertThat(expired).containsExactly("put forward");
        pass(50 * TICK);
        assertThat(expired).containsExactly("put forward", "put off");
    }

    @Test
    void letsAnExpiryArmAndCancelOthersAndItself() {
        Named first = new Named("first");
        Named victim = new Named("victim");
        Named other = new Named("other");
        first.then = () -> {
            wheel.cancel(victim);
            arm(other, TICK);
            if (expired.size() < 3) {
                arm(first, TICK);
            }
        };
        arm(first, TICK);
        arm(victim, TICK);

        for (int i = 0; i < 10; i++) {
            pass(TICK);
        }

        assertThat(expired).contains("other").doesNotContain("victim");
        assertThat(expired.stream().filter("first"::equals)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(wheel.armed()).isZero();
    }

    @Test
    void turnsOnlyWhileSomethingIsArmed() {
        Named deadline = new Named("a");
        arm(deadline, TICK);
        pass(3 * TICK);

        assertThat(channel.runScheduledPendingTasks()).as("nothing is scheduled").isEqualTo(-1);
        arm(deadline, TICK);
        assertThat(channel.runScheduledPendingTasks()).isPositive();
    }

    @Test
    void firesEachOfManyOnceAndInTime() {
        Random random = new Random(3);
        List<Named> deadlines = new ArrayList<>();
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            deadlines.add(new Named("d" + i));
            due.add(-1L);
        }
        long start = now.get();
        for (int step = 0; step < 4000; step++) {
            int i = random.nextInt(deadlines.size());
            if (random.nextInt(4) == 0) {
                wheel.cancel(deadlines.get(i));
            } else {
                long delay = random.nextLong(3000 * TICK);
                arm(deadlines.get(i), delay);
                due.set(i, now.get() - start + delay);
            }
            pass(random.nextInt(10) == 0 ? random.nextLong(100 * TICK) : TICK);
            for (int j = 0; j < deadlines.size(); j++) {
                boolean overdue = deadlines.get(j).armed() && now.get() - start - due.get(j) > 2 * TICK;
                assertThat(overdue).as("d%d is overdue in step %d", j, step).isFalse();
            }
            for (String name : expired) {
                long late = now.get() - start - due.get(Integer.parseInt(name.substring(1)));
                assertThat(late).as("%s in step %d", name, step).isNotNegative();
            }
            expired.clear();
        }
    }

    @Test
    void goesByTheClockOfItsTests() {
        LoopClock clock = new LoopClock(channel);
        DeadlineWheel other = new DeadlineWheel(channel.eventLoop(), clock);
        other.armFromNow(new Named("a"), Duration.ofSeconds(30).toNanos());

        clock.advance(Duration.ofSeconds(29));
        assertThat(expired).isEmpty();
        clock.advance(Duration.ofSeconds(2));

        assertThat(expired).containsExactly("a");
    }
}
