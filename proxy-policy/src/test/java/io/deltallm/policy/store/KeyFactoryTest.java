package io.deltallm.policy.store;

import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.limit.ManualClock;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyFactoryTest {
    private final ManualClock clock = new ManualClock();
    private final KeyFactory factory = new KeyFactory("salt", new SecureRandom(), clock);

    @Test
    void issuesSkAnd43UrlSafeCharacters() {
        IssuedKey issued = factory.issue(KeyTerms.OPEN);

        assertThat(issued.key()).matches("sk-[A-Za-z0-9_-]{43}");
        assertThat(issued.keyRecord().id()).matches("key_[A-Za-z0-9_-]{12}");
        assertThat(issued.keyRecord().displayName())
                .isEqualTo("sk-..." + issued.key().substring(issued.key().length() - 4));
        assertThat(issued.keyRecord().hash()).isEqualTo(new KeyHasher("salt").hash(issued.key()));
        assertThat(issued.keyRecord().createdAt()).isEqualTo(clock.instant());
        assertThat(issued.keyRecord().blocked()).isFalse();
    }

    @Test
    void neverIssuesTheSameKeyTwice() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(factory.issue(KeyTerms.OPEN).key());
        }

        assertThat(keys).hasSize(1_000);
    }

    @Test
    void recordsAKeyOfAnyFormAndHidesMostOfIt() {
        assertThat(factory.record("hunter2", KeyTerms.OPEN).keyRecord().displayName()).isEqualTo("sk-...");
        assertThat(factory.record("my-own-long-key-1234", KeyTerms.OPEN).keyRecord().displayName())
                .isEqualTo("sk-...1234");
    }

    @Test
    void printsNoKey() {
        IssuedKey issued = factory.issue(KeyTerms.OPEN);

        assertThat(issued.toString()).doesNotContain(issued.key()).contains(issued.keyRecord().id());
    }

    @Test
    void refusesTermsThatCannotBeKept() {
        assertThatThrownBy(() -> terms(null, "gpt\n4")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> terms(null, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no model name");
        assertThatThrownBy(() -> terms("", "gpt-4")).isInstanceOf(IllegalArgumentException.class);
    }

    private static KeyTerms terms(@Nullable String alias, String model) {
        return new KeyTerms(alias, KeyOwner.NOBODY, List.of(model), KeyLimits.DEFAULTS, null, null, "{}");
    }
}
