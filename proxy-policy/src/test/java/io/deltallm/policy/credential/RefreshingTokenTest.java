package io.deltallm.policy.credential;

import io.deltallm.policy.limit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefreshingTokenTest {
    private final ManualClock clock = new ManualClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private boolean broken;

    private final RefreshingToken<String> token = new RefreshingToken<>("test", this::fetch, clock);

    private Expiring<String> fetch() throws IOException {
        int number = fetches.incrementAndGet();
        if (broken) {
            throw new IOException("it is broken");
        }
        return Expiring.until(clock.instant().plusSeconds(3600), "token-" + number, clock.instant());
    }

    @Test
    void hasNoneBeforeTheFirst() {
        assertThat(token.current()).isNull();
    }

    @Test
    void fetchesFiveMinutesBeforeTheEnd() throws Exception {
        assertThat(token.refresh()).isEqualTo(Duration.ofMinutes(55));
        assertThat(token.current()).isEqualTo("token-1");
    }

    @Test
    void fetchesAShortLivedOneHalfway() {
        var expiring = Expiring.until(clock.instant().plusSeconds(60), "t", clock.instant());

        assertThat(expiring.refreshAt()).isEqualTo(clock.instant().plusSeconds(30));
    }

    @Test
    void keepsTheLastOneUntilItsEndWhileFetchingFails() throws Exception {
        token.refresh();
        broken = true;
        clock.advance(Duration.ofMinutes(56));

        assertThat(token.refresh()).isEqualTo(Duration.ofSeconds(1));
        assertThat(token.refresh()).isEqualTo(Duration.ofSeconds(2));
        assertThat(token.refresh()).isEqualTo(Duration.ofSeconds(4));
        assertThat(token.current()).isEqualTo("token-1");
        clock.advance(Duration.ofMinutes(4));
        assertThat(token.current()).isNull();
    }

    @Test
    void retriesAtLeastOnceAMinute() throws Exception {
        broken = true;
        for (int i = 0; i < 100; i++) {
            assertThat(token.refresh()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void startsAnewAfterAFailure() throws Exception {
        broken = true;
        token.refresh();
        broken = false;

        assertThat(token.refresh()).isEqualTo(Duration.ofMinutes(55));
        assertThat(token.current()).isEqualTo("token-2");
        broken = true;
        assertThat(token.refresh()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void fetchesInTheBackground() throws Exception {
        try (RefreshingToken<String> started = token.start()) {
            assertThat(started.awaitFirst(Duration.ofSeconds(10))).isTrue();
            assertThat(started.current()).isEqualTo("token-1");
        }
    }

    @Test
    void saysThatTheFirstFailed() throws Exception {
        broken = true;
        try (RefreshingToken<String> started = token.start()) {
            assertThat(started.awaitFirst(Duration.ofSeconds(10))).isFalse();
        }
    }

    @Test
    void survivesBugs() throws Exception {
        var buggy = new RefreshingToken<String>(
                "test",
                () -> {
                    throw new IllegalStateException("a bug");
                },
                clock);

        assertThat(buggy.refresh()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void looksAgainEveryHourAtWhatNeverEnds() throws Exception {
        var constant = new RefreshingToken<>("test", () -> Expiring.never("t"), clock);

        assertThat(constant.refresh()).isEqualTo(Duration.ofHours(1));
        clock.advance(Duration.ofDays(9999));
        assertThat(constant.current()).isEqualTo("t");
    }

    @Test
    void showsNoSecret() throws Exception {
        token.refresh();

        assertThat(token.toString()).doesNotContain("token-1");
        assertThat(Expiring.never("secret").toString()).doesNotContain("secret");
    }
}
