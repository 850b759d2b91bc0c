package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.limit.Crowd;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.limit.ManualClock;
import io.deltallm.policy.store.KeyChanges;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyPage;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyStore;
import io.deltallm.policy.store.KeyTerms;
import io.deltallm.policy.store.StoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What a key store does, on whichever database.
abstract class KeyStoreContract {
    private static final KeyTerms EVERYTHING = new KeyTerms(
            "ci",
            new KeyOwner("user-1", "team-2", "org-3"),
            List.of("gpt-4o", "claude-*", "modèle/日本"),
            new KeyLimits(10L, 0L, 3),
            12_500_000_000L,
            Instant.parse("2030-01-02T03:04:05.678Z"),
            "{\"tags\":[\"a\",\"ü\"]}");

    private final ManualClock clock = new ManualClock();
    private final KeyFactory factory = new KeyFactory("salt", new SecureRandom(), clock);
    private Database database;
    private KeyStore keys;

    /// An empty database of this flavour.
    abstract Database openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openEmpty();
        new Migrations(database, Migration.ALL, clock).migrate();
        keys = new JdbcKeyStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void returnsAKeyAsItWasInserted() {
        KeyRecord full = inserted(EVERYTHING);
        KeyRecord empty = inserted(KeyTerms.OPEN);

        assertThat(keys.find(full.hash())).isEqualTo(full);
        assertThat(keys.find(empty.hash())).isEqualTo(empty);
    }

    @Test
    void findsByIdHashAndAlias() {
        KeyRecord key = inserted(EVERYTHING);

        assertThat(keys.find(new KeyRef.ById(key.id()))).isEqualTo(key);
        assertThat(keys.find(new KeyRef.ByHash(key.hash()))).isEqualTo(key);
        assertThat(keys.find(new KeyRef.ByAlias("ci"))).isEqualTo(key);
        assertThat(keys.find(new KeyRef.ByAlias("CI"))).isNull();
        assertThat(keys.find(new KeyRef.ById("' OR '1'='1"))).isNull();
        assertThat(keys.find(new KeyHash(1, 2, 3, 4))).isNull();
    }

    @Test
    void refusesASecondKeyOfTheSameAliasHashOrId() {
        KeyRecord key = inserted(EVERYTHING);

        assertThatThrownBy(() -> inserted(EVERYTHING))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("could not add the key key_");
        assertThatThrownBy(() -> keys.insert(key)).isInstanceOf(StoreException.class);
        assertThat(keys.list(0, 10).total()).isEqualTo(1);
    }

    @Test
    void listsNewestFirstInPages() {
        List<KeyRecord> inserted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            inserted.addFirst(inserted(KeyTerms.OPEN));
            clock.advance(Duration.ofSeconds(1));
        }

        KeyPage first = keys.list(0, 2);
        KeyPage last = keys.list(4, 2);

        assertThat(first.keys()).isEqualTo(inserted.subList(0, 2));
        assertThat(last.keys()).isEqualTo(inserted.subList(4, 5));
        assertThat(first.total()).isEqualTo(5);
        assertThat(keys.list(9, 2)).isEqualTo(new KeyPage(List.of(), 5));
    }

    @Test
    void blocksAndUnblocks() {
        KeyRecord key = inserted(EVERYTHING);
        clock.advance(Duration.ofMinutes(1));

        KeyRecord blocked = requireNonNull(keys.setBlocked(new KeyRef.ByAlias("ci"), true));

        assertThat(blocked).isEqualTo(keys.find(key.hash()));
        assertThat(blocked.blocked()).isTrue();
        assertThat(blocked.updatedAt()).isEqualTo(key.createdAt().plusSeconds(60));
        assertThat(keys.setBlocked(new KeyRef.ById(key.id()), false))
                .isNotNull()
                .returns(false, KeyRecord::blocked);
        assertThat(keys.setBlocked(new KeyRef.ById("key_none"), true)).isNull();
    }

    @Test
    void deletesForGood() {
        KeyRecord key = inserted(EVERYTHING);

        assertThat(keys.delete(new KeyRef.ByHash(key.hash()))).isEqualTo(key);

        assertThat(keys.find(key.hash())).isNull();
        assertThat(keys.delete(new KeyRef.ByHash(key.hash()))).isNull();
        assertThat(inserted(EVERYTHING).terms()).isEqualTo(EVERYTHING);
    }

    @Test
    void tellsWhatChangedSince() {
        KeyRecord old = inserted(KeyTerms.OPEN);
        KeyRecord blocked = inserted(KeyTerms.OPEN);
        KeyRecord deleted = inserted(KeyTerms.OPEN);
        long version = keys.version();

        keys.setBlocked(new KeyRef.ById(blocked.id()), true);
        keys.delete(new KeyRef.ById(deleted.id()));
        KeyRecord added = inserted(KeyTerms.OPEN);
        KeyChanges changes = keys.changesSince(version);

        assertThat(changes.complete()).isTrue();
        assertThat(changes.hashes())
                .containsExactlyInAnyOrder(blocked.hash(), deleted.hash(), added.hash())
                .doesNotContain(old.hash());
        assertThat(changes.version()).isEqualTo(keys.version());
        assertThat(keys.changesSince(changes.version())).isEqualTo(new KeyChanges(changes.version(), List.of(), true));
    }

    @Test
    void admitsThatItForgotDeletionsOfLongAgo() {
        long before = keys.version();
        keys.delete(new KeyRef.ById(inserted(KeyTerms.OPEN).id()));
        long between = keys.version();
        clock.advance(Duration.ofDays(8));

        keys.delete(new KeyRef.ById(inserted(KeyTerms.OPEN).id()));

        assertThat(keys.changesSince(before).complete()).isFalse();
        assertThat(keys.changesSince(between).complete()).isTrue();
        assertThat(keys.changesSince(between).hashes()).hasSize(1);
    }

    @Test
    void admitsThatThereAreTooManyChangesToTell() {
        database.<Object>write("fill", connection -> {
            for (int i = 0; i <= ChangeLog.MOST_CHANGES; i++) {
                ChangeLog.recordDeletion(connection, ChangeLog.next(connection), new KeyHash(i, 0, 0, 0), 0);
            }
            return this;
        });

        KeyChanges changes = keys.changesSince(0);

        assertThat(changes).isEqualTo(new KeyChanges(ChangeLog.MOST_CHANGES + 1, List.of(), false));
    }

    @Test
    void noticesADatabaseThatWasPutBack() {
        inserted(KeyTerms.OPEN);

        assertThat(keys.changesSince(1_000)).isEqualTo(new KeyChanges(1, List.of(), false));
    }

    /// Whoever asks while others write must not skip a change that becomes visible late.
    @Test
    void losesNoChangeWhileManyWrite() throws InterruptedException {
        ConcurrentLinkedQueue<KeyHash> written = new ConcurrentLinkedQueue<>();
        List<KeyHash> seen = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            long version = 0;
            boolean last;
            do {
                last = done.get();
                KeyChanges changes = keys.changesSince(version);
                seen.addAll(changes.hashes());
                version = changes.version();
            } while (!last);
        });

        Crowd.of(4).run(() -> {
            for (int i = 0; i < 25; i++) {
                written.add(inserted(KeyTerms.OPEN).hash());
            }
        });
        done.set(true);
        reader.join();

        assertThat(seen).containsExactlyInAnyOrderElementsOf(written);
    }

    private KeyRecord inserted(KeyTerms terms) {
        KeyRecord key = factory.issue(terms).keyRecord();
        keys.insert(key);
        return key;
    }
}
