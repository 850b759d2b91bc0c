package io.deltallm.policy.limit;

import io.deltallm.policy.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
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
            Admission admission = patient(registry);
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

    /// Large requests, of which only one fits at a time, come and go and mostly refuse each other for their tokens. Small
    /// ones fit beside any one large request: none may be refused because several large ones held a slot for a moment.
    @Test
    void refusesNobodyBecauseOfARequestThatWasItselfRefused() throws InterruptedException {
        LimitRegistry registry = registry(new ProxyLimits(Rates.UNLIMITED, new Rates(0, 100, 2)));
        Admission admission = patient(registry);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger largeAdmitted = new AtomicInteger();
        AtomicInteger smallRefused = new AtomicInteger();

        Crowd.of(4).run(() -> {
            int number = next.getAndIncrement();
            Caller caller = caller(registry, "key-" + number);
            for (int i = 0; i < 200_000; i++) {
                AdmissionResult result = admission.admit(caller, number == 0 ? 1 : 60);
                switch (result) {
                    case Denied _ when number == 0 -> smallRefused.incrementAndGet();
                    case Denied _ -> {}
                    case Reservation reservation -> {
                        largeAdmitted.addAndGet(number == 0 ? 0 : 1);
                        reservation.cancel();
                    }
                }
            }
        });

        assertThat(smallRefused).hasValue(0);
        assertThat(largeAdmitted.get()).isPositive();
    }

    @Test
    void neverExceedsTheCapAndReturnsEverySlot() throws InterruptedException {
        LimitRegistry registry = registry(new ProxyLimits(new Rates(0, 0, 3), new Rates(0, 0, 5)));
        Admission admission = patient(registry);
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
        Admission admission = patient(registry);
        Caller caller = caller(registry, "a");
        List<Reservation> reservations = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            reservations.add((Reservation) admission.admit(caller, 100));
        }

        Crowd.of(THREADS).run(() -> reservations.getFirst().settle(50));

        assertThat(caller.limits().running()).isEqualTo(2);
        assertThat(reservations.getFirst().tokenRemaining()).isEqualTo(750);
    }

    /// One request holds the last slot and is about to give it back, since it was refused elsewhere.
    @Test
    void waitsOutATakeThatIsUndone() {
        LimitRegistry registry = registry(new ProxyLimits(Rates.UNLIMITED, new Rates(0, 0, 1)));
        Rival rival = new Rival(registry);
        Admission admission = new Admission(registry, rival.doing(rival::giveUp), clock);

        AdmissionResult result = admission.admit(caller(registry, "a"), 0);

        assertThat(result).isInstanceOf(Reservation.class);
        assertThat(registry.proxyWide().running()).isEqualTo(1);
    }

    @Test
    void refusesOnceTheTakeItWaitedForStands() {
        LimitRegistry registry = registry(new ProxyLimits(Rates.UNLIMITED, new Rates(0, 0, 1)));
        Rival rival = new Rival(registry);
        Admission admission = new Admission(registry, rival.doing(rival::goIn), clock);

        AdmissionResult result = admission.admit(caller(registry, "a"), 0);

        assertThat(result).isInstanceOf(Denied.class);
        assertThat(rival.looks).isEqualTo(Rival.ROUNDS);
    }

    @Test
    void refusesWhenTheOtherStaysUndecidedForTooLong() {
        LimitRegistry registry = registry(new ProxyLimits(Rates.UNLIMITED, new Rates(0, 0, 1)));
        Rival rival = new Rival(registry);
        Admission admission = new Admission(registry, rival.doing(() -> {}), clock);

        AdmissionResult result = admission.admit(caller(registry, "a"), 0);

        assertThat(result).isInstanceOf(Denied.class);
        assertThat(rival.looks).isGreaterThanOrEqualTo(Admission.MAX_ROUNDS);
    }

    /// A request in the middle of its takes; it goes on when the one under test has looked a few times.
    private final class Rival {
        static final int ROUNDS = 10;
        private final Reservation reservation;
        private int looks;

        Rival(LimitRegistry registry) {
            reservation = new Reservation(patient(registry), CallerLimits.NONE, registry.proxyWide(), 0);
            reservation.begin();
            reservation.tryPass(Gate.PROXY_PARALLEL, clock.getAsLong());
        }

        /// The clock that every look reads.
        LongSupplier doing(Runnable next) {
            return () -> {
                if (++looks == ROUNDS) {
                    next.run();
                }
                return clock.getAsLong();
            };
        }

        void giveUp() {
            reservation.giveBack(Gate.PROXY_PARALLEL);
            reservation.abort();
        }

        void goIn() {
            reservation.commit();
        }
    }

    /// Waits as long as it takes: on a busy machine, another thread may be suspended in the middle of its takes for long.
    private Admission patient(LimitRegistry registry) {
        return new Admission(registry, clock, clock, Integer.MAX_VALUE);
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
