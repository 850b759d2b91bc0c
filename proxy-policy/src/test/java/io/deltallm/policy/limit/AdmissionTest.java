package io.deltallm.policy.limit;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.identity.ModelAccess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionTest {
    private final ManualClock clock = new ManualClock();
    private final LimitRegistry registry = new LimitRegistry(clock);
    private final Admission admission = new Admission(registry, clock, clock);

    @Test
    void admitsEverythingWhereNothingIsLimited() {
        Caller caller = caller("a", KeyLimits.DEFAULTS);

        for (int i = 0; i < 1_000; i++) {
            assertThat(admission.admit(caller, 1_000_000)).isInstanceOf(Reservation.class);
        }
    }

    @Test
    void letsExactlyTheLimitThroughAndRefillsWithTime() {
        Caller caller = caller("a", new KeyLimits(3L, null, null));

        assertThat(admitted(caller, 10, 0)).isEqualTo(3);
        clock.advance(Duration.ofSeconds(20));
        assertThat(admitted(caller, 10, 0)).isEqualTo(1);
    }

    @Test
    void deniesWithScopeLimitAndWait() {
        Caller caller = caller("a", new KeyLimits(2L, null, null));
        admitted(caller, 2, 0);
        clock.advance(Duration.ofMillis(500));

        Denied denied = denied(caller, 0);

        assertThat(denied.error().code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(denied.error().param()).isEqualTo("key_requests_per_minute");
        assertThat(denied.error().retryAfterSeconds()).isEqualTo(30);
        assertThat(denied.error().message())
                .isEqualTo("rate limit reached: 2 requests per minute for this key; try again in 30 s");
        clock.advance(Duration.ofSeconds(30));
        assertThat(admission.admit(caller, 0)).isInstanceOf(Reservation.class);
    }

    @Test
    void namesTheTokensThatAreLeftAndNeeded() {
        Caller caller = caller("a", new KeyLimits(null, 600L, null));
        admission.admit(caller, 500);

        Denied denied = denied(caller, 150);

        assertThat(denied.error().param()).isEqualTo("key_tokens_per_minute");
        assertThat(denied.error().message())
                .contains("600 tokens per minute for this key, 100 left, this request needs about 150")
                .endsWith("try again in 5 s");
    }

    @Test
    void asksToRetryAfterAtLeastASecond() {
        Caller caller = caller("a", new KeyLimits(6_000L, null, null));
        admitted(caller, 6_000, 0);

        assertThat(denied(caller, 0).error().retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void capsRequestsUnderWayUntilOneEnds() {
        Caller caller = caller("a", new KeyLimits(null, null, 2));
        Reservation first = reserved(caller, 0);
        reserved(caller, 0);

        Denied denied = denied(caller, 0);
        first.settle(0);

        assertThat(denied.error().param()).isEqualTo("key_max_parallel_requests");
        assertThat(denied.error().retryAfterSeconds()).isEqualTo(1);
        assertThat(denied.error().message()).contains("2 requests at once for this key");
        assertThat(admission.admit(caller, 0)).isInstanceOf(Reservation.class);
        assertThat(admission.admit(caller, 0)).isInstanceOf(Denied.class);
    }

    @Test
    void takesNothingAnywhereWhenOneLimitRefuses() {
        registry.configure(ProxyLimits.of(new Rates(10, 100, 5), true));
        Caller caller = caller("a", new KeyLimits(10L, 1_000L, 10));
        reserved(caller, 60);

        for (int i = 0; i < 20; i++) {
            assertThat(denied(caller, 60).error().param()).isEqualTo("proxy_tokens_per_minute");
        }

        Reservation next = reserved(caller, 40);
        assertThat(next.requestRemaining()).isEqualTo(8);
        assertThat(caller.limits().running()).isEqualTo(2);
    }

    @Test
    void givesEachKeyWithoutOwnLimitsTheDefaults() {
        registry.configure(ProxyLimits.of(new Rates(3, 0, 0), false));
        Caller ordinary = caller("a", KeyLimits.DEFAULTS);
        Caller another = caller("b", KeyLimits.DEFAULTS);
        Caller generous = caller("c", new KeyLimits(5L, null, null));
        Caller exempt = caller("d", new KeyLimits(0L, null, null));

        assertThat(admitted(ordinary, 10, 0)).isEqualTo(3);
        assertThat(admitted(another, 10, 0)).isEqualTo(3);
        assertThat(admitted(generous, 10, 0)).isEqualTo(5);
        assertThat(admitted(exempt, 10, 0)).isEqualTo(10);
        assertThat(admitted(master(), 10, 0)).isEqualTo(10);
    }

    @Test
    void holdsAGlobalLimitOverAllCallersTheMasterKeyIncluded() {
        registry.configure(ProxyLimits.of(new Rates(4, 0, 0), true));

        assertThat(admitted(caller("a", KeyLimits.DEFAULTS), 2, 0)).isEqualTo(2);
        assertThat(admitted(master(), 10, 0)).isEqualTo(2);

        assertThat(denied(caller("b", KeyLimits.DEFAULTS), 0).error().param()).isEqualTo("proxy_requests_per_minute");
        assertThat(denied(master(), 0).error().message()).contains("for all keys together");
    }

    @Test
    void letsARequestThatIsLargerThanTheBucketPassWhenTheBucketIsFull() {
        Caller caller = caller("a", new KeyLimits(null, 600L, null));

        Reservation large = reserved(caller, 50_000);
        large.settle(1_200);

        assertThat(denied(caller, 50_000).error().retryAfterSeconds()).isEqualTo(120);
        clock.advance(Duration.ofMinutes(2));
        assertThat(admission.admit(caller, 50_000)).isInstanceOf(Reservation.class);
    }

    @Test
    void refundsWhatWasNotUsedAndChargesWhatWasUsedBeyond() {
        Caller caller = caller("a", new KeyLimits(null, 600L, null));

        reserved(caller, 400).settle(100);
        assertThat(reserved(caller, 0).tokenRemaining()).isEqualTo(500);
        reserved(caller, 100).settle(500);
        assertThat(reserved(caller, 0).tokenRemaining()).isZero();
    }

    @Test
    void cancellingReturnsTokensAndSlotsButKeepsTheRequestCounted() {
        Caller caller = caller("a", new KeyLimits(10L, 600L, 1));

        reserved(caller, 400).cancel();

        Reservation next = reserved(caller, 0);
        assertThat(next.tokenRemaining()).isEqualTo(600);
        assertThat(next.requestRemaining()).isEqualTo(8);
    }

    @Test
    void endsOnlyOnce() {
        registry.configure(ProxyLimits.of(new Rates(0, 0, 3), true));
        Caller caller = caller("a", new KeyLimits(null, 600L, 2));
        reserved(caller, 0);
        Reservation twice = reserved(caller, 100);

        twice.settle(50);
        twice.settle(50);
        twice.cancel();

        assertThat(caller.limits().running()).isEqualTo(1);
        assertThat(registry.proxyWide().running()).isEqualTo(1);
        assertThat(twice.tokenRemaining()).isEqualTo(550);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
    void takesNegativeNumbersForNone(long nonsense) {
        Caller caller = caller("a", new KeyLimits(null, 600L, null));

        Reservation reservation = reserved(caller, nonsense);
        reservation.settle(nonsense);

        assertThat(reservation.tokenRemaining()).isEqualTo(600);
    }

    @Test
    void survivesAnAbsurdUsage() {
        Caller caller = caller("a", new KeyLimits(null, 600L, null));

        reserved(caller, 1).settle(Long.MAX_VALUE);

        assertThat(denied(caller, 1).error().retryAfterSeconds()).isLessThanOrEqualTo(601);
    }

    @Test
    void hasNoHeaderValuesWhereThereAreNoBuckets() {
        Reservation reservation = reserved(master(), 5);

        assertThat(reservation.requestLimit()).isEqualTo(-1);
        assertThat(reservation.requestRemaining()).isEqualTo(-1);
        assertThat(reservation.requestResetEpochSeconds()).isEqualTo(-1);
        assertThat(reservation.tokenLimit()).isEqualTo(-1);
        assertThat(reservation.tokenRemaining()).isEqualTo(-1);
        assertThat(reservation.tokenResetEpochSeconds()).isEqualTo(-1);
    }

    @Test
    void reportsTheTightestBucket() {
        registry.configure(ProxyLimits.of(new Rates(10, 60_000, 0), true));
        Caller caller = caller("a", new KeyLimits(20L, 600L, null));

        Reservation reservation = reserved(caller, 100);

        assertThat(reservation.requestLimit()).isEqualTo(10);
        assertThat(reservation.requestRemaining()).isEqualTo(9);
        assertThat(reservation.requestResetEpochSeconds())
                .isEqualTo(clock.instant().getEpochSecond() + 6);
        assertThat(reservation.tokenLimit()).isEqualTo(600);
        assertThat(reservation.tokenRemaining()).isEqualTo(500);
        assertThat(reservation.tokenResetEpochSeconds())
                .isEqualTo(clock.instant().getEpochSecond() + 10);
    }

    @Test
    void roundsTheResetUp() {
        Caller caller = caller("a", new KeyLimits(60L, null, null));
        Reservation reservation = reserved(caller, 0);

        clock.advance(Duration.ofMillis(400));

        assertThat(reservation.requestResetEpochSeconds())
                .isEqualTo(clock.instant().getEpochSecond() + 1);
    }

    @Test
    void settlesWhereItTookWhenTheLimitsChangeMeanwhile() {
        Caller caller = caller("a", new KeyLimits(null, 600L, 2));
        Reservation before = reserved(caller, 500);

        registry.ofKey("a", new KeyLimits(null, 1_000L, null));
        before.settle(500);

        assertThat(caller.limits().running()).isZero();
        assertThat(reserved(caller, 0).tokenRemaining()).isEqualTo(1_000);
    }

    private int admitted(Caller caller, int tries, long tokens) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            if (admission.admit(caller, tokens) instanceof Reservation) {
                admitted++;
            }
        }
        return admitted;
    }

    private Reservation reserved(Caller caller, long tokens) {
        return (Reservation) admission.admit(caller, tokens);
    }

    private Denied denied(Caller caller, long tokens) {
        return (Denied) admission.admit(caller, tokens);
    }

    private Caller caller(String id, KeyLimits own) {
        return caller(id, Caller.Kind.VIRTUAL_KEY, registry.ofKey(id, own));
    }

    private static Caller master() {
        return caller("master", Caller.Kind.MASTER, CallerLimits.NONE);
    }

    static Caller caller(String id, Caller.Kind kind, CallerLimits limits) {
        return new Caller(id, kind, null, null, null, ModelAccess.ALL, limits, null, false);
    }
}
