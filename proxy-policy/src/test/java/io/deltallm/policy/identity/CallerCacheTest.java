package io.deltallm.policy.identity;

import io.deltallm.policy.identity.CallerCache.Found;
import io.deltallm.policy.limit.Crowd;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.limit.LimitRegistry;
import io.deltallm.policy.limit.ManualClock;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyTerms;
import io.deltallm.policy.store.MemoryKeyStore;
import io.deltallm.policy.store.StoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CallerCacheTest {
    private static final CallerCacheSettings SMALL = new CallerCacheSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(10), 100, 100, Duration.ofMinutes(5));
    private static final KeyHash STRANGER = new KeyHash(1, 2, 3, 4);

    private final ManualClock clock = new ManualClock();
    private final MemoryKeyStore store = new MemoryKeyStore();
    private final LimitRegistry limits = new LimitRegistry(clock);
    private final CallerCache cache = new CallerCache(store, limits, SMALL, clock);
    private final KeyFactory factory = new KeyFactory("salt", new SecureRandom(), clock);

    @Test
    void knowsNothingBeforeItAsked() {
        assertThat(cache.peek(STRANGER)).isNull();
    }

    @Test
    void makesACallerOfAStoredKey() {
        KeyTerms terms = new KeyTerms(
                "ci",
                new KeyOwner("user-1", "team-2", null),
                List.of("gpt-4*"),
                new KeyLimits(10L, null, null),
                null,
                clock.instant().plusSeconds(60),
                "{}");
        KeyRecord key = stored(terms);

        Caller caller = known(cache.load(key.hash()));

        assertThat(caller.id()).isEqualTo(key.id());
        assertThat(caller.kind()).isEqualTo(Caller.Kind.VIRTUAL_KEY);
        assertThat(caller.alias()).isEqualTo("ci");
        assertThat(caller.userId()).isEqualTo("user-1");
        assertThat(caller.teamId()).isEqualTo("team-2");
        assertThat(caller.models().mayUse("gpt-4o")).isTrue();
        assertThat(caller.models().mayUse("claude")).isFalse();
        assertThat(requireNonNull(caller.limits().requests()).limit()).isEqualTo(10);
        assertThat(caller.expires()).isEqualTo(clock.instant().plusSeconds(60));
        assertThat(caller.blocked()).isFalse();
    }

    @Test
    void asksOnceUntilTheTimeIsOver() {
        KeyRecord key = stored(KeyTerms.OPEN);
        Found first = cache.load(key.hash());

        clock.advance(Duration.ofSeconds(59));
        assertThat(cache.peek(key.hash())).isSameAs(first);
        assertThat(cache.load(key.hash())).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));

        assertThat(cache.peek(key.hash())).isNull();
        cache.load(key.hash());
        assertThat(store.lookups()).isEqualTo(2);
    }

    @Test
    void remembersUnknownKeysForAShorterTime() {
        cache.load(STRANGER);

        clock.advance(Duration.ofSeconds(9));
        assertThat(cache.peek(STRANGER)).isEqualTo(Found.UNKNOWN);
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.peek(STRANGER)).isNull();
    }

    @Test
    void keepsTheBucketsWhenACallerIsLoadedAgain() {
        KeyRecord key = stored(KeyTerms.OPEN);
        Caller before = known(cache.load(key.hash()));

        cache.invalidateAll();

        assertThat(known(cache.load(key.hash())).limits()).isSameAs(before.limits());
    }

    @Test
    void aFloodOfUnknownKeysEvictsNoKnownOne() {
        KeyRecord key = stored(KeyTerms.OPEN);
        cache.load(key.hash());

        for (int i = 0; i < 10_000; i++) {
            cache.load(new KeyHash(i, 0, 0, 0));
        }

        assertThat(cache.peek(key.hash())).isInstanceOf(Found.Known.class);
    }

    @Test
    void noticesAChangeAtOnceWhenTold() {
        KeyRecord key = stored(KeyTerms.OPEN);
        cache.load(key.hash());
        store.setBlocked(new KeyRef.ByHash(key.hash()), true);

        cache.invalidate(key.hash());

        assertThat(cache.peek(key.hash())).isNull();
        assertThat(known(cache.load(key.hash())).blocked()).isTrue();
    }

    @Test
    void letsAnUnknownKeyInAtOnceWhenToldOfIt() {
        KeyRecord key = factory.issue(KeyTerms.OPEN).keyRecord();
        cache.load(key.hash());
        store.insert(key);

        cache.invalidate(key.hash());

        assertThat(cache.load(key.hash())).isInstanceOf(Found.Known.class);
    }

    @Test
    void forgetsAKeyThatWasDeleted() {
        KeyRecord key = stored(KeyTerms.OPEN);
        cache.load(key.hash());
        store.delete(new KeyRef.ByHash(key.hash()));
        clock.advance(Duration.ofSeconds(60));

        assertThat(cache.load(key.hash())).isEqualTo(Found.UNKNOWN);
        assertThat(cache.peek(key.hash())).isEqualTo(Found.UNKNOWN);
    }

    /// The look-up read the key before it was blocked, and comes back after the cache was told.
    @Test
    void throwsAwayWhatALookUpBringsThatAChangeOvertook() {
        KeyRecord key = stored(KeyTerms.OPEN);
        store.duringFind(() -> {
            store.duringFind(() -> {});
            store.setBlocked(new KeyRef.ByHash(key.hash()), true);
            cache.invalidate(key.hash());
        });

        assertThat(known(cache.load(key.hash())).blocked()).isTrue();
        assertThat(known(cache.peek(key.hash())).blocked()).isTrue();
        assertThat(store.lookups()).isEqualTo(2);
    }

    @Test
    void asksOnceForManyThatWaitForTheSameKey() throws InterruptedException {
        KeyRecord key = stored(KeyTerms.OPEN);
        AtomicInteger found = new AtomicInteger();

        Crowd.of(8).run(() -> {
            if (cache.load(key.hash()) instanceof Found.Known) {
                found.incrementAndGet();
            }
        });

        assertThat(found).hasValue(8);
        assertThat(store.lookups()).isEqualTo(1);
    }

    @Test
    void failsForAKeyItDoesNotKnowWhileTheStoreIsDown() {
        store.goDown();

        assertThatThrownBy(() -> cache.load(STRANGER)).isInstanceOf(StoreException.class);
        store.comeBack();
        assertThat(cache.load(STRANGER)).isEqualTo(Found.UNKNOWN);
    }

    @Test
    void servesAKnownKeyOnWhileTheStoreIsDownButNotForEver() {
        KeyRecord key = stored(KeyTerms.OPEN);
        Found found = cache.load(key.hash());
        store.goDown();

        clock.advance(Duration.ofSeconds(60 + 299));
        assertThat(cache.load(key.hash())).isEqualTo(found);
        clock.advance(Duration.ofSeconds(1));

        assertThat(cache.peek(key.hash())).isNull();
        assertThatThrownBy(() -> cache.load(key.hash())).isInstanceOf(StoreException.class);
    }

    @Test
    void asksAStoreThatIsDownOnceASecondForEachKey() {
        KeyRecord key = stored(KeyTerms.OPEN);
        cache.load(key.hash());
        store.goDown();
        clock.advance(Duration.ofSeconds(60));

        cache.load(key.hash());
        assertThat(cache.peek(key.hash())).isInstanceOf(Found.Known.class);
        clock.advance(Duration.ofSeconds(1));

        assertThat(cache.peek(key.hash())).isNull();
        store.comeBack();
        store.setBlocked(new KeyRef.ByHash(key.hash()), true);
        assertThat(known(cache.load(key.hash())).blocked()).isTrue();
    }

    @Test
    void mayNotKeepACallerLongerThanItsLimitsAreKept() {
        assertThatThrownBy(() -> new CallerCacheSettings(
                        Duration.ofMinutes(11), Duration.ofSeconds(10), 1, 1, Duration.ofMinutes(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT11M");
    }

    private KeyRecord stored(KeyTerms terms) {
        KeyRecord key = factory.issue(terms).keyRecord();
        store.insert(key);
        return key;
    }

    private static Caller known(@Nullable Found found) {
        return ((Found.Known) requireNonNull(found)).caller();
    }
}
