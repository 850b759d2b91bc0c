package io.deltallm.policy.config;

import io.deltallm.policy.config.ReloadResult.Rejected;
import io.deltallm.policy.config.ReloadResult.Reloaded;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class ConfigReloadTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Snapshot running = SnapshotBuilder.build(
            sound("server: {port: 1}\nlogging: {level: info}").config(), 4, NOON.minusSeconds(60));

    @Test
    void buildsTheNextSnapshot() {
        ReloadResult result = ConfigReload.reload(
                running,
                sound("""
                        server: {port: 1}
                        model_list: [{model_name: m, litellm_params: {model: openai/x, api_key: k}}]
                        """).result(),
                NOON);

        assertThat(result).isInstanceOfSatisfying(Reloaded.class, reloaded -> {
            assertThat(reloaded.problems()).isEmpty();
            assertThat(reloaded.snapshot().version()).isEqualTo(5);
            assertThat(reloaded.snapshot().loadedAt()).isEqualTo(NOON);
            assertThat(reloaded.snapshot().group("m")).isNotNull();
        });
    }

    @Test
    void changesNothingWhenTheFileIsBad() {
        ReloadResult result = ConfigReload.reload(running, sound("server: {port: x}").result(), NOON);

        assertThat(result).isInstanceOf(Rejected.class);
        assertThat(result.problems()).singleElement().asString().startsWith("server.port: \"x\"");
    }

    @Test
    void keepsWhatOnlyARestartChangesAndSaysSo() {
        ReloadResult result = ConfigReload.reload(
                running,
                sound("server: {port: 2}\nlogging: {level: debug}").with("DELTALLM_SALT_KEY", "sk-other").result(),
                NOON);

        assertThat(result).isInstanceOfSatisfying(Reloaded.class, reloaded -> {
            assertThat(reloaded.problems()).extracting(ConfigProblem::toString).containsExactly(
                    "server.port: 1 -> 2; takes effect after a restart", "general.salt_key: changed; takes effect after a restart");
            GatewayConfig config = reloaded.snapshot().config();
            assertThat(config.server().port()).isEqualTo(1);
            assertThat(config.logging().level()).isEqualTo(LoggingSettings.Level.DEBUG);
            assertThat(reloaded.snapshot().auth()).isEqualTo(running.auth());
        });
    }
}
