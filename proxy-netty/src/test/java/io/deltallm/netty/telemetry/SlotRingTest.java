package io.deltallm.netty.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlotRingTest {
    @Test
    void givesBackWhatWasPutInOrder() {
        SlotRing<long[]> ring = new SlotRing<>(4, () -> new long[1]);

        for (long i = 0; i < 10; i++) {
            put(ring, i);
            put(ring, -i);

            assertThat(take(ring)).isEqualTo(i);
            assertThat(take(ring)).isEqualTo(-i);
            assertThat(ring.peek()).isNull();
        }
    }

    @Test
    void refusesWhenFullAndAcceptsAgainAfterARelease() {
        SlotRing<long[]> ring = new SlotRing<>(2, () -> new long[1]);
        put(ring, 1);
        put(ring, 2);

        assertThat(ring.claim()).isEqualTo(-1);

        take(ring);
        put(ring, 3);
        assertThat(take(ring)).isEqualTo(2);
        assertThat(take(ring)).isEqualTo(3);
    }

    @Test
    void showsNoSlotThatIsStillBeingFilled() {
        SlotRing<long[]> ring = new SlotRing<>(2, () -> new long[1]);

        long ticket = ring.claim();

        assertThat(ring.peek()).isNull();
        ring.publish(ticket);
        assertThat(ring.peek()).isNotNull();
    }

    @Test
    void keepsTheOrderOfEachOfManyWriters() throws InterruptedException {
        int each = 20_000;
        SlotRing<long[]> ring = new SlotRing<>(64, () -> new long[2]);
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
            int writer = w;
            writers.add(Thread.ofPlatform().start(() -> {
                for (long i = 0; i < each; i++) {
                    putOrWait(ring, writer, i);
                }
            }));
        }

        long[] next = new long[writers.size()];
        int outOfOrder = 0;
        for (long taken = 0; taken < (long) each * writers.size(); ) {
            long[] slot = ring.peek();
            if (slot != null) {
                outOfOrder += slot[1] == next[(int) slot[0]]++ ? 0 : 1;
                ring.release();
                taken++;
            } else {
                Thread.onSpinWait();
            }
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(outOfOrder).isZero();
        assertThat(ring.peek()).isNull();
    }

    @Test
    void wantsAPowerOfTwo() {
        assertThatThrownBy(() -> new SlotRing<>(3, Object::new)).hasMessage("capacity 3 is not a power of two");
    }

    private static void putOrWait(SlotRing<long[]> ring, int writer, long value) {
        long ticket = ring.claim();
        while (ticket < 0) {
            Thread.onSpinWait();
            ticket = ring.claim();
        }
        ring.slot(ticket)[0] = writer;
        ring.slot(ticket)[1] = value;
        ring.publish(ticket);
    }

    private static void put(SlotRing<long[]> ring, long value) {
        long ticket = ring.claim();
        ring.slot(ticket)[0] = value;
        ring.publish(ticket);
    }

    private static long take(SlotRing<long[]> ring) {
        long[] slot = Objects.requireNonNull(ring.peek(), "an empty ring");
        long value = slot[0];
        ring.release();
        return value;
    }
}
