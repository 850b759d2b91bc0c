package io.deltallm.policy.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenBucketTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 59, 60, 61, 100, 997, 10_000, 999_999})
    void letsExactlyTheLimitThroughOneByOne(long limit) {
        TokenBucket bucket = bucket(limit);

        assertThat(takeAll(bucket, 1)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000, 245_001, 999_999, 1_000_000_007, 30_000_000_001L, Long.MAX_VALUE})
    void letsExactlyTheLimitThroughAtOnce(long limit) {
        TokenBucket bucket = bucket(limit);

        assertThat(bucket.tryTake(bucket.limit() - 1, now())).isTrue();
        assertThat(bucket.tryTake(1, now())).isTrue();
        assertThat(bucket.tryTake(1, now())).isFalse();
        assertThat(bucket.remaining(now())).isZero();
    }

    @Test
    void takesNothingWhenThereIsTooLittle() {
        TokenBucket bucket = bucket(10);
        bucket.tryTake(4, now());

        assertThat(bucket.tryTake(7, now())).isFalse();

        assertThat(bucket.remaining(now())).isEqualTo(6);
        assertThat(bucket.tryTake(6, now())).isTrue();
    }

    @Test
    void refillsAtTheLimitPerWindow() {
        TokenBucket bucket = bucket(60);
        takeAll(bucket, 1);

        clock.advance(Duration.ofMillis(999));
        assertThat(bucket.tryTake(1, now())).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(bucket.tryTake(1, now())).isTrue();
        clock.advance(Duration.ofSeconds(30));
        assertThat(takeAll(bucket, 1)).isEqualTo(30);
    }

    @Test
    void holdsNoMoreThanTheLimitHoweverLongItWaits() {
        TokenBucket bucket = bucket(5);
        bucket.tryTake(5, now());
        bucket.giveBack(3);

        clock.advance(Duration.ofDays(400));

        assertThat(bucket.remaining(now())).isEqualTo(5);
        assertThat(takeAll(bucket, 1)).isEqualTo(5);
    }

    @Test
    void givingBackTwiceTheLimitMakesItFullAndNoMore() {
        TokenBucket bucket = bucket(5);
        bucket.tryTake(5, now());

        bucket.giveBack(5);
        bucket.giveBack(5);

        assertThat(takeAll(bucket, 1)).isEqualTo(5);
    }

    @Test
    void chargesMoreThanItHoldsAsDebt() {
        TokenBucket bucket = bucket(60);
        bucket.tryTake(60, now());

        bucket.charge(60, now());

        assertThat(bucket.remaining(now())).isZero();
        assertThat(bucket.nanosUntil(1, now())).isEqualTo(Duration.ofSeconds(61).toNanos());
        clock.advance(Duration.ofSeconds(60));
        assertThat(bucket.tryTake(1, now())).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(bucket.tryTake(1, now())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 1L << 40, Long.MAX_VALUE})
    void neverGoesIntoMoreDebtThanTenWindows(long absurd) {
        TokenBucket bucket = bucket(60);

        bucket.charge(absurd, now());
        bucket.charge(absurd, now());

        assertThat(bucket.nanosUntilFull(now())).isEqualTo(11 * MINUTE);
        clock.advance(Duration.ofMinutes(11));
        assertThat(bucket.remaining(now())).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
    void takingNoneAlwaysSucceedsAndChangesNothing(long none) {
        TokenBucket bucket = bucket(1);
        bucket.charge(100, now());
        long before = bucket.nanosUntilFull(now());

        assertThat(bucket.tryTake(none, now())).isTrue();

        assertThat(bucket.nanosUntilFull(now())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 1L << 40, Long.MAX_VALUE})
    void refusesMoreThanItsWholeLimit(long n) {
        TokenBucket bucket = bucket(10);

        assertThat(bucket.tryTake(n, now())).isFalse();
        assertThat(bucket.canTake(n, now())).isFalse();
        assertThat(bucket.remaining(now())).isEqualTo(10);
    }

    @Test
    void survivesAbsurdAmounts() {
        TokenBucket bucket = bucket(10);
        bucket.tryTake(10, now());

        bucket.giveBack(Long.MIN_VALUE);
        bucket.charge(Long.MIN_VALUE, now());
        assertThat(bucket.remaining(now())).isZero();
        bucket.giveBack(Long.MAX_VALUE);

        assertThat(takeAll(bucket, 1)).isEqualTo(10);
    }

    @Test
    void saysHowLongToWait() {
        TokenBucket bucket = bucket(60);
        takeAll(bucket, 1);

        assertThat(bucket.nanosUntil(5, now())).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(bucket.nanosUntil(1_000, now())).isEqualTo(MINUTE);
        assertThat(bucket.nanosUntilFull(now())).isEqualTo(MINUTE);
    }

    @Test
    void refusesLimitsAndWindowsThatAreNotPositive() {
        assertThatThrownBy(() -> bucket(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not 0");
        assertThatThrownBy(() -> new TokenBucket(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(1, Long.MAX_VALUE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isExactWhenManyThreadsTake() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            TokenBucket bucket = bucket(5_000);
            AtomicLong taken = new AtomicLong();

            Crowd.of(8).run(() -> taken.addAndGet(takeAll(bucket, 1)));

            assertThat(taken).hasValue(5_000);
        }
    }

    private TokenBucket bucket(long limit) {
        return new TokenBucket(limit, MINUTE, now());
    }

    private long now() {
        return clock.getAsLong();
    }

    private long takeAll(TokenBucket bucket, long each) {
        long taken = 0;
        while (bucket.tryTake(each, now())) {
            taken += each;
        }
        return taken;
    }
}
