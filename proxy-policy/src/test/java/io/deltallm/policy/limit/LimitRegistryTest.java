package io.deltallm.policy.limit;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitRegistryTest {
    private final ManualClock clock = new ManualClock();
    private final LimitRegistry registry = new LimitRegistry(clock);

    @Test
    void keepsAKeysBucketsWhileItsNumbersStay() {
        CallerLimits limits = registry.ofKey("a", new KeyLimits(10L, 100L, 2));
        requests(limits).tryTake(10, clock.getAsLong());

        registry.configure(ProxyLimits.of(new Rates(5, 5, 5), false));
        CallerLimits again = registry.ofKey("a", new KeyLimits(10L, 100L, 2));

        assertThat(again).isSameAs(limits);
        assertThat(requests(again).remaining(clock.getAsLong())).isZero();
    }

    @Test
    void changesOnlyTheNumberThatChanged() {
        CallerLimits limits = registry.ofKey("a", new KeyLimits(10L, 100L, 2));
        TokenBucket tokens = limits.tokens();

        registry.ofKey("a", new KeyLimits(20L, 100L, 3));

        assertThat(requests(limits).limit()).isEqualTo(20);
        assertThat(limits.tokens()).isSameAs(tokens);
        assertThat(limits.maxParallel()).isEqualTo(3);
    }

    @Test
    void givesNewDefaultsToKnownKeysAtOnce() {
        CallerLimits ofDefaults = registry.ofKey("a", KeyLimits.DEFAULTS);
        CallerLimits own = registry.ofKey("b", new KeyLimits(7L, null, null));

        registry.configure(ProxyLimits.of(new Rates(5, 50, 1), false));

        assertThat(requests(ofDefaults).limit()).isEqualTo(5);
        assertThat(requests(own).limit()).isEqualTo(7);
        assertThat(requireNonNull(own.tokens()).limit()).isEqualTo(50);
        registry.configure(ProxyLimits.NONE);
        assertThat(ofDefaults.requests()).isNull();
        assertThat(ofDefaults.maxParallel()).isZero();
    }

    @Test
    void forgetsKeysThatNobodyUsedForLong() {
        registry.ofKey("idle", new KeyLimits(10L, null, null));
        CallerLimits busy = registry.ofKey("busy", new KeyLimits(null, null, 1));
        busy.tryEnter(1);

        clock.advance(LimitRegistry.KEPT_IDLE);
        registry.ofKey("new", new KeyLimits(10L, null, null));

        assertThat(registry.size()).isEqualTo(2);
        assertThat(registry.ofKey("busy", new KeyLimits(null, null, 1))).isSameAs(busy);
    }

    @Test
    void keepsKeysWhoseBucketsAreNotFullForLong() {
        CallerLimits limits = registry.ofKey("a", new KeyLimits(10L, null, null));
        clock.advance(LimitRegistry.KEPT_IDLE.minusSeconds(1));
        requests(limits).tryTake(1, clock.getAsLong());

        clock.advance(Duration.ofSeconds(2));
        registry.ofKey("b", KeyLimits.DEFAULTS);

        assertThat(registry.ofKey("a", new KeyLimits(10L, null, null))).isSameAs(limits);
    }

    @Test
    void refusesNegativeNumbers() {
        assertThatThrownBy(() -> new Rates(-1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 requests");
        assertThatThrownBy(() -> new KeyLimits(null, -5L, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-5 tokens");
    }

    private static TokenBucket requests(CallerLimits limits) {
        return requireNonNull(limits.requests());
    }
}
