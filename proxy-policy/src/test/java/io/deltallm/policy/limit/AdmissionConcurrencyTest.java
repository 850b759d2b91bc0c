package io.deltallm.policy.limit;

import io.deltallm.policy.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Many threads at once, over several limits, with the clock standing still: then the numbers must come out exactly.
class AdmissionConcurrencyTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 200;

    private final ManualClock clock = new ManualClock();

    /// The tightest of six limits decides, whichever it is.
    @Test
    void admitsExactlyTheTightestLimit() throws InterruptedException {
        List<ProxyLimits> settings = List.of(
                new ProxyLimits(new Rates(37, 1_000, 100), new Rates(1_000, 10_000, 1_000)),
                new ProxyLimits(new Rates(100, 370, 100), new Rates(1_000, 10_000, 1_000)),
                new ProxyLimits(new Rates(100, 1_000, 37), new Rates(1_000, 10_000, 1_000)),
                new ProxyLimits(new Rates(100, 1_000, 100), new Rates(37, 10_000, 1_000)),
                new ProxyLimits(new Rates(100, 1_000, 100), new Rates(1_000, 370, 1_000)),
                new ProxyLimits(new Rates(100, 1_000, 100), new Rates(1_000, 10_000, 37)));
        for (int round = 0; round < ROUNDS; round++) {
            LimitRegistry registry = registry(settings.get(round % settings.size()));
            Admission admission = new Admission(registry, clock, clock);
            Caller caller = caller(registry, "a");
            AtomicInteger admitted = new AtomicInteger();

            Crowd.of(THREADS).run(() -> {
                for (int i = 0; i < 20; i++) {
                    if (admission.admit(caller, 10) instanceof Reservation) {
                        admitted.incrementAndGet();
                    }
                }
            });

            assertThat(admitted).as("round %d", round).hasValue(37);
        }
    }

    /// Large requests are refused for their tokens while small ones, which fit, come in: those must not be refused because
    /// a large one held a request or a slot for a moment. One large request fits beside all the small ones, not two.
    @Test
    void refusesNobodyBecauseOfARequestThatWasItselfRefused() throws InterruptedException {
        int small = 40;
        for (int round = 0; round < ROUNDS; round++) {
            LimitRegistry registry =
                    registry(new ProxyLimits(Rates.UNLIMITED, new Rates(small + 1, 100, small + 1)));
            Admission admission = new Admission(registry, clock, clock);
            AtomicInteger next = new AtomicInteger();
            AtomicInteger smallAdmitted = new AtomicInteger();
            AtomicInteger largeAdmitted = new AtomicInteger();

            Crowd.of(THREADS).run(() -> {
                int number = next.getAndIncrement();
                Caller caller = caller(registry, "key-" + number);
                boolean isSmall = number < 4;
                for (int i = 0; i < small / 4; i++) {
                    if (admission.admit(caller, isSmall ? 1 : 60) instanceof Reservation) {
                        (isSmall ? smallAdmitted : largeAdmitted).incrementAndGet();
                    }
                }
            });

            assertThat(smallAdmitted).as("small, round %d", round).hasValue(small);
            assertThat(largeAdmitted).as("large, round %d", round).hasValue(1);
        }
    }

    @Test
    void neverExceedsTheCapAndReturnsEverySlot() throws InterruptedException {
        LimitRegistry registry = registry(new ProxyLimits(new Rates(0, 0, 3), new Rates(0, 0, 5)));
        Admission admission = new Admission(registry, clock, clock);
        List<Caller> callers = List.of(caller(registry, "a"), caller(registry, "b"));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();

        Crowd.of(THREADS).run(() -> {
            Caller caller = callers.get(next.getAndIncrement() % 2);
            for (int i = 0; i < 5_000; i++) {
                if (admission.admit(caller, 0) instanceof Reservation reservation) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    admitted.incrementAndGet();
                    inside.decrementAndGet();
                    reservation.cancel();
                }
            }
        });

        assertThat(most.get()).isLessThanOrEqualTo(5);
        assertThat(admitted.get()).isPositive();
        assertThat(registry.proxyWide().running()).isZero();
        assertThat(callers).allSatisfy(caller -> assertThat(caller.limits().running()).isZero());
        assertThat(CallerLimits.isQuiet(registry.proxyWide().unsettled())).isTrue();
    }

    @Test
    void endsAReservationOnceHoweverManyEndIt() throws InterruptedException {
        LimitRegistry registry = registry(new ProxyLimits(new Rates(0, 1_000, 3), Rates.UNLIMITED));
        Admission admission = new Admission(registry, clock, clock);
        Caller caller = caller(registry, "a");
        List<Reservation> reservations = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            reservations.add((Reservation) admission.admit(caller, 100));
        }

        Crowd.of(THREADS).run(() -> reservations.getFirst().settle(50));

        assertThat(caller.limits().running()).isEqualTo(2);
        assertThat(reservations.getFirst().tokenRemaining()).isEqualTo(750);
    }

    private LimitRegistry registry(ProxyLimits settings) {
        LimitRegistry registry = new LimitRegistry(clock);
        registry.configure(settings);
        return registry;
    }

    private static Caller caller(LimitRegistry registry, String id) {
        return AdmissionTest.caller(id, Caller.Kind.VIRTUAL_KEY, registry.ofKey(id, KeyLimits.DEFAULTS));
    }
}
