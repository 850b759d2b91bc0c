package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.limit.Crowd;
import io.deltallm.policy.limit.ManualClock;
import io.deltallm.policy.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// How a schema is brought up to date, on whichever database.
abstract class MigrationsContract {
    private static final Migration FIRST = new Migration(1, "first", "CREATE TABLE a (x INTEGER);\n");
    private static final Migration SECOND = new Migration(2, "second", "-- more\nCREATE TABLE b (x INTEGER);\n");
    private static final Migration BROKEN = new Migration(3, "broken", "CREATE TABLE c (x INTEGER);\nCREATE nonsense;\n");

    private final ManualClock clock = new ManualClock();
    private Database database;

    /// A connection to the same database, which is empty before a test.
    abstract Database open() throws Exception;

    @BeforeEach
    void connect() throws Exception {
        database = open();
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void appliesEverythingToAnEmptyDatabaseAndNothingTheSecondTime() {
        Instant now = clock.instant();

        assertThat(migrations(FIRST, SECOND).migrate())
                .containsExactly(new MigrationState(1, "first", now), new MigrationState(2, "second", now));
        assertThat(migrations(FIRST, SECOND).migrate()).isEmpty();
    }

    @Test
    void appliesTheSchemaOfThisRelease() {
        new Migrations(database, Migration.ALL, clock).migrate();

        assertThat(new Migrations(database, Migration.ALL, clock).migrate()).isEmpty();
        assertThat(new JdbcKeyStore(database, clock).list(0, 1).total()).isZero();
    }

    @Test
    void appliesOnlyWhatIsNew() {
        migrations(FIRST).migrate();

        assertThat(migrations(FIRST, SECOND).migrate())
                .extracting(MigrationState::version)
                .containsExactly(2);
    }

    @Test
    void showsWhatIsAppliedAndWhatIsPending() {
        assertThat(migrations(FIRST).status()).containsExactly(new MigrationState(1, "first", null));
        migrations(FIRST).migrate();

        assertThat(migrations(FIRST, SECOND).status())
                .containsExactly(
                        new MigrationState(1, "first", clock.instant()), new MigrationState(2, "second", null));
    }

    @Test
    void refusesADatabaseOfANewerRelease() {
        migrations(FIRST, SECOND).migrate();

        assertThatThrownBy(() -> migrations(FIRST).migrate())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 2 (second), this release knows up to 1");
        assertThatThrownBy(() -> migrations(FIRST).status()).isInstanceOf(StoreException.class);
    }

    @Test
    void refusesAHistoryThatIsNotOurs() {
        migrations(FIRST).migrate();
        Migration changed = new Migration(1, "first", "CREATE TABLE a (y INTEGER);\n");

        assertThatThrownBy(() -> migrations(changed, SECOND).migrate())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema step 1 (first) was applied to the database from a different text");
        assertThat(migrations(FIRST, SECOND).status()).element(1).isEqualTo(new MigrationState(2, "second", null));
    }

    @Test
    void changesNothingWhenAStepFails() {
        migrations(FIRST).migrate();

        assertThatThrownBy(() -> migrations(FIRST, SECOND, BROKEN).migrate())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("could not migrate the schema");

        assertThat(migrations(FIRST, SECOND).status().getLast().appliedAt()).isNull();
        assertThat(migrations(FIRST, SECOND).migrate()).hasSize(1);
    }

    @Test
    void appliesEachStepOnceWhenTwoProcessesStartTogether() throws Exception {
        AtomicInteger applied = new AtomicInteger();
        try (Database other = open()) {
            AtomicInteger next = new AtomicInteger();

            Crowd.of(2).run(() -> {
                Database mine = next.getAndIncrement() == 0 ? database : other;
                applied.addAndGet(new Migrations(mine, List.of(FIRST, SECOND), clock).migrate().size());
            });
        }

        assertThat(applied).hasValue(2);
    }

    private Migrations migrations(Migration... known) {
        return new Migrations(database, List.of(known), clock);
    }
}
