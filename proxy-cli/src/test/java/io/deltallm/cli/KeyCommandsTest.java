package io.deltallm.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class KeyCommandsTest {
    @TempDir
    private Path directory;

    private Run run;

    @BeforeEach
    void open() {
        run = new Run(directory);
    }

    @Test
    void createsAKeyThatIsValid() {
        assertThat(run.command("key", "create", "--alias", "ci", "--models", "gpt-4o,claude-*", "--rpm", "60")).isZero();
        String key = run.printedKey();
        assertThat(run.out()).contains("ci", "gpt-4o, claude-*", "requests/min 60", "never");

        assertThat(run.command("key", "validate", key)).isZero();
        assertThat(run.out()).startsWith("valid").contains("ci", "gpt-4o, claude-*", "never").doesNotContain(key);
    }

    @Test
    void createsAKeyAsJson() {
        assertThat(run.command("key", "create", "--json", "--expires", "30d", "--user", "u1", "--team", "t1",
                "--tpm", "1000", "--max-parallel", "2")).isZero();

        assertThat(run.out().lines()).singleElement().asString()
                .startsWith("{\"key\":\"sk-").contains("\"state\":\"valid\"", "\"user_id\":\"u1\"",
                        "\"team_id\":\"t1\"", "\"tpm_limit\":1000", "\"max_parallel_requests\":2", "\"rpm_limit\":null");
    }

    @Test
    void saysOneForAnUnknownKeyWithoutRepeatingIt() {
        assertThat(run.command("key", "validate", "sk-no-such-key")).isEqualTo(1);

        assertThat(run.out() + run.err()).contains("invalid").doesNotContain("sk-no-such-key");
    }

    @Test
    void knowsTheMasterKeyWithoutTheStore() {
        run.with("DELTALLM_MASTER_KEY", "sk-master-of-all").with("DATABASE_URL", "postgres://127.0.0.1:1/none");

        assertThat(run.command("key", "validate", "sk-master-of-all")).isZero();
        assertThat(run.out()).contains("master").doesNotContain("sk-master-of-all");
    }

    @Test
    void saysTwoWhenTheStoreCannotBeReachedWithoutThePassword() {
        run.with("DATABASE_URL", "postgres://somebody:hunter2@127.0.0.1:1/none");

        assertThat(run.command("key", "validate", "sk-some-key")).isEqualTo(2);
        assertThat(run.err()).startsWith("deltallm: ").doesNotContain("hunter2", "sk-some-key", "\tat ");
    }

    @Test
    void listsKeysWithoutTheKeys() {
        run.command("key", "create", "--alias", "one");
        String key = run.printedKey();
        run.command("key", "create", "--alias", "two");

        assertThat(run.command("key", "list")).isZero();
        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out()).contains("one", "two", "sk-...").doesNotContain(key);
        assertThat(run.command("key", "list", "--json")).isZero();
        assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":\"key_"));
    }

    @Test
    void revokesByIdByAliasAndByKey() {
        run.command("key", "create", "--alias", "a");
        run.command("key", "create");
        String plain = run.printedKey();
        run.command("key", "create");
        String id = run.out().lines().filter(line -> line.startsWith("id")).findFirst().orElseThrow().substring(2).strip();

        assertThat(run.command("key", "revoke", "a")).isZero();
        assertThat(run.command("key", "revoke", plain)).isZero();
        assertThat(run.out()).doesNotContain(plain);
        assertThat(run.command("key", "revoke", id)).isZero();

        assertThat(run.command("key", "validate", plain)).isEqualTo(1);
        assertThat(run.command("key", "revoke", plain)).isEqualTo(1);
        assertThat(run.err()).doesNotContain(plain);
        run.command("key", "list", "--json");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesATakenAlias() {
        run.command("key", "create", "--alias", "ci");

        assertThat(run.command("key", "create", "--alias", "ci")).isEqualTo(1);
        assertThat(run.err()).contains("\"ci\" is taken");
    }

    @Test
    void callsAMomentThatIsPastWrongUsage() {
        assertThat(run.command("key", "create", "--expires", "2001-01-01")).isEqualTo(2);
        assertThat(run.err()).contains("2001-01-01", "past");
        assertThat(run.command("key", "create", "--expires", "soon")).isEqualTo(2);
        assertThat(run.err()).contains("\"soon\" (expected: ");
        assertThat(run.command("key", "create", "--rpm", "-1")).isEqualTo(2);
        assertThat(run.command("key", "validate")).isEqualTo(2);
    }
}
