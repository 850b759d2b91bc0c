package io.deltallm.policy.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreLocationTest {
    private static final Path FILE = Path.of("data", "deltallm.db");

    @Test
    void isAFileWhereThereIsNoUrl() {
        assertThat(StoreLocation.of(null, FILE)).isEqualTo(new StoreLocation.Sqlite(FILE));
        assertThat(StoreLocation.of("  ", FILE)).isEqualTo(new StoreLocation.Sqlite(FILE));
    }

    @ParameterizedTest
    @CsvSource({"sqlite:a.db,a.db", "sqlite:///data/a.db,data/a.db", "sqlite:////data/a.db,/data/a.db"})
    void isAFileWhereTheUrlSaysSo(String url, Path file) {
        assertThat(StoreLocation.of(url, FILE)).isEqualTo(new StoreLocation.Sqlite(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "postgres://me:p%40ss+word%2F@db:5433/keys?sslmode=require",
        "postgresql://me:p%40ss+word%2F@db:5433/keys?sslmode=require",
        "jdbc:postgresql://me:p%40ss+word%2F@db:5433/keys?sslmode=require",
        "jdbc:postgresql://db:5433/keys?user=me&password=p%40ss+word%2F&sslmode=require",
        "  postgres://db:5433/keys?sslmode=require&user=me&password=p%40ss+word%2F ",
    })
    void readsEverySpellingOfAPostgresUrl(String url) {
        assertThat(StoreLocation.of(url, FILE))
                .isEqualTo(new StoreLocation.Postgres(
                        "jdbc:postgresql://db:5433/keys?sslmode=require", "me", "p@ss+word/"));
    }

    @Test
    void leavesOutWhatIsNotGiven() {
        assertThat(StoreLocation.of("postgres://db/keys", FILE))
                .isEqualTo(new StoreLocation.Postgres("jdbc:postgresql://db/keys", null, null));
        assertThat(StoreLocation.of("postgres://me@[::1]:5432/keys", FILE))
                .isEqualTo(new StoreLocation.Postgres("jdbc:postgresql://[::1]:5432/keys", "me", null));
        assertThat(StoreLocation.of("postgres://a:1,b:2/keys?schema=x", FILE))
                .isEqualTo(new StoreLocation.Postgres("jdbc:postgresql://a:1,b:2/keys?currentSchema=x", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "mysql://me:secret@db/keys", "postgres:me:secret", "postgres://me:secret secret@db/keys", "secret", "://secret"
    })
    void refusesOtherUrlsWithoutRepeatingThem(String url) {
        assertThatThrownBy(() -> StoreLocation.of(url, FILE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: postgres://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void printsNoPassword() {
        assertThat(StoreLocation.of("postgres://me:secret@db/keys?sslpassword=secret", FILE))
                .hasToString("PostgreSQL at jdbc:postgresql://db/keys");
    }
}
