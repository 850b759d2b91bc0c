package io.deltallm.policy.config;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.deltallm.policy.config.Reading.reading;
import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class SettingSourceTest {

    @Test
    void prefersOptionThenStrongestVariableThenFileThenDefault() {
        Reading file = sound("server: {port: 1}");
        Reading bare = file.with("PORT", "2");
        Reading lite = bare.with("LITELLM_PORT", "3");
        Reading proxy = lite.with("PROXYLLM_PORT", "4");
        Reading delta = proxy.with("DELTALLM_PORT", "5");
        Reading option = delta.with(new Overrides(null, 6, null, false, null));

        assertThat(sound("").config().server().port()).isEqualTo(8000);
        assertThat(file.config().server().port()).isEqualTo(1);
        assertThat(bare.config().server().port()).isEqualTo(2);
        assertThat(lite.config().server().port()).isEqualTo(3);
        assertThat(proxy.config().server().port()).isEqualTo(4);
        assertThat(delta.config().server().port()).isEqualTo(5);
        assertThat(option.config().server().port()).isEqualTo(6);
    }

    @Test
    void keepsTheSourceOfEachValue() {
        SettingValues values = sound("server:\n  port: 1\n").with("PROXYLLM_LOG_LEVEL", "DEBUG").config().values();

        assertThat(values.source(Setting.PORT)).isEqualTo("line 2");
        assertThat(values.source(Setting.LOG_LEVEL)).isEqualTo("environment PROXYLLM_LOG_LEVEL");
        assertThat(values.source(Setting.HOST)).isEqualTo("default");
    }

    @Test
    void skipsEmptyVariables() {
        assertThat(sound("").with("DELTALLM_PORT", "").with("PORT", "9").config().server().port()).isEqualTo(9);
    }

    @Test
    void takesHostAndPortFromAListenAddress() {
        ServerSettings any = sound("").with("LISTEN_ADDR", ":8080").config().server();
        ServerSettings local = sound("").with("LISTEN_ADDR", "127.0.0.1:81").with("PORT", "82").config().server();

        assertThat(any.host()).isEqualTo("0.0.0.0");
        assertThat(any.port()).isEqualTo(8080);
        assertThat(local.host()).isEqualTo("127.0.0.1");
        assertThat(local.port()).isEqualTo(82);
        assertThat(sound("").with("LISTEN_ADDR", "8080").errors())
                .containsExactly("LISTEN_ADDR: \"8080\" (expected: host:port or :port)");
    }

    @Test
    void readsTheVariablesOfTheDocuments() {
        GatewayConfig config = reading("")
                .with("LITELLM_MASTER_KEY", "sk-m")
                .with("DATABASE_URL", "postgresql://u:p@h/d")
                .with("DELTALLM_SALT_KEY", "s")
                .with("LITELLM_LOG", "WARNING")
                .with("LOG_FILE", "x.log")
                .with("LOG_MAX_SIZE_MB", "3")
                .with("LOG_MAX_BACKUPS", "2")
                .with("TLS_CERT_FILE", "c.pem")
                .with("TLS_KEY_FILE", "k.pem")
                .with("TLS_MIN_VERSION", "1.3")
                .config();

        assertThat(config.keys().masterKey()).isEqualTo(new Secret("sk-m"));
        assertThat(config.store().url()).isEqualTo(new Secret("postgresql://u:p@h/d"));
        assertThat(config.logging())
                .isEqualTo(new LoggingSettings(
                        LoggingSettings.Level.WARN, LoggingSettings.Format.JSON, Path.of("x.log"), ByteSize.ofMebibytes(3), 2, true));
        assertThat(config.server().tls())
                .isEqualTo(new TlsSettings(
                        Path.of("c.pem"), Path.of("k.pem"), "TLSv1.3", null, TlsSettings.ClientAuth.NONE));
    }

    @Test
    void turnsTlsOffAlthoughFilesAreGiven() {
        Reading reading = sound("server: {tls: {cert_file: a, key_file: b}}").with("ENABLE_TLS", "false");

        assertThat(reading.config().server().tls()).isNull();
    }

    @Test
    void ignoresABrokenReferenceThatAVariableOverrides() {
        Reading reading = reading("general: {master_key: os.environ/NOPE, salt_key: s}").with("DELTALLM_MASTER_KEY", "k");

        assertThat(reading.result().problems()).isEmpty();
    }

    @Test
    void refusesAWrongVariableWithoutShowingMoreThanItsValue() {
        assertThat(sound("").with("DELTALLM_PORT", "x").errors())
                .containsExactly("DELTALLM_PORT: \"x\" (expected: a whole number from 0 to 65535)");
    }

    @Test
    void interpolatesWithinValues() {
        Reading reading = sound("""
                server:
                  host: ${HOST_PART}.example.com
                  port: ${NO_SUCH:-4000}
                logging:
                  file: ${DIR}/${NAME:-a}.log
                """).with("HOST_PART", "eu").with("DIR", "/$1");

        assertThat(reading.config().server().host()).isEqualTo("eu.example.com");
        assertThat(reading.config().server().port()).isEqualTo(4000);
        assertThat(reading.config().logging().file()).isEqualTo(Path.of("/$1/a.log"));
    }

    @Test
    void hasTheDocumentedDefaults() {
        GatewayConfig config = GatewayConfig.defaults();

        assertThat(config.server().maxBody()).isEqualTo(ByteSize.ofMebibytes(64));
        assertThat(config.server().maxHeader()).isEqualTo(ByteSize.ofKibibytes(16));
        assertThat(config.server().maxUri()).isEqualTo(ByteSize.ofKibibytes(8));
        assertThat(config.server().headerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.server().idleTimeout()).isEqualTo(Duration.ofSeconds(75));
        assertThat(config.server().maxConnections()).isEqualTo(20_000);
        assertThat(config.server().drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.server().cors().anyOrigin()).isTrue();
        assertThat(config.server().cors().maxAge()).isEqualTo(Duration.ofDays(1));
        assertThat(config.upstream().clocks().connect()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.upstream().clocks().firstByte()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.upstream().clocks().silence()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.upstream().clocks().total()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.upstream().pool().maxConnections()).isEqualTo(1024);
        assertThat(config.keys().headerName()).isEqualTo("X-API-Key");
        assertThat(config.store().path()).isEqualTo(Path.of("./data/deltallm.db"));
    }

    @Test
    void everyDefaultHasItsForm() {
        for (Setting setting : Setting.values()) {
            if (!setting.defaultText().isEmpty()) {
                assertThat(setting.form().read(setting.defaultText())).as(setting.path()).isNotNull();
            }
        }
    }
}
