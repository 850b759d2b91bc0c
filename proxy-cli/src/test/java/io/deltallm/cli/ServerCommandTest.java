package io.deltallm.cli;

import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ServerCommandTest {
    private static final String KEYED = "general:\n  master_key: sk-very-secret\n";

    @TempDir
    private Path directory;

    private Run run;
    private FakeGateway gateway;

    /// Holds what it was started with, and how it was stopped.
    private static final class FakeGateway implements GatewayStarter, GatewayStarter.Running {
        private final CompletableFuture<LiveSnapshot> started = new CompletableFuture<>();
        private @Nullable Duration drain;

        @Override
        public Running start(LiveSnapshot snapshots, JdbcStores stores) {
            stores.ping();
            started.complete(snapshots);
            return this;
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        }

        @Override
        public void stop(Duration limit) {
            drain = limit;
        }
    }

    @BeforeEach
    void open() {
        gateway = new FakeGateway();
        run = new Run(directory).with(gateway).with("LOG_FILE", "logs/server.log");
    }

    @Test
    void runsUntilToldToStopAndDrains() throws Exception {
        configure(KEYED + "server:\n  drain_timeout: 7s\n");
        FutureTask<Integer> server = start("server", "--port", "4711");

        LiveSnapshot snapshots = gateway.started.get(20, TimeUnit.SECONDS);
        run.signals().stop();

        assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(gateway.drain).isEqualTo(Duration.ofSeconds(7));
        assertThat(snapshots.current().config().server().port()).isEqualTo(4711);
        assertThat(directory.resolve("logs/server.log")).content().contains("listens on http://127.0.0.1:4711", "stopped")
                .doesNotContain("sk-very-secret");
    }

    @Test
    void printsAKeyAndALineToPasteForADemo() throws Exception {
        FutureTask<Integer> server = start("server", "--demo");

        LiveSnapshot snapshots = gateway.started.get(20, TimeUnit.SECONDS);
        run.signals().stop();

        assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(run.out()).contains("http://127.0.0.1:4711/v1", "curl http://127.0.0.1:4711/v1/chat/completions");
        assertThat(snapshots.current().group("demo-chat")).isNotNull();
        assertThat(snapshots.current().group("demo-embedding")).isNotNull();
        String key = run.printedKey();
        assertThat(run.command("key", "validate", key)).isZero();
        assertThat(Files.getPosixFilePermissions(directory.resolve("data"))).hasSize(3);
    }

    @Test
    void replacesTheKeyOfTheDemoBefore() throws Exception {
        demoOnce();
        String before = run.printedKey();
        gateway = new FakeGateway();
        run.with(gateway);
        demoOnce();
        String after = run.printedKey();

        assertThat(run.command("key", "validate", before)).isEqualTo(1);
        assertThat(run.command("key", "validate", after)).isZero();
    }

    @Test
    void leavesAnAliasThatIsNotItsOwnAlone() throws Exception {
        run.command("key", "create", "--alias", "demo");
        String own = run.printedKey();

        demoOnce();

        assertThat(run.command("key", "validate", own)).isZero();
    }

    @Test
    void reloadsOnSignalAndKeepsWhatRunsWhenTheFileIsBad() throws Exception {
        configure(KEYED);
        FutureTask<Integer> server = start("server");
        LiveSnapshot snapshots = gateway.started.get(20, TimeUnit.SECONDS);
        // The signal is wired right after the start; stop cannot come before it.
        awaitVersion(snapshots, 2, () -> configure(KEYED + "limits:\n  requests_per_minute: 5\n"));
        long version = snapshots.current().version();

        configure("server: [\n");
        run.signals().reload();

        assertThat(snapshots.current().version()).isEqualTo(version);
        run.signals().stop();
        assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(directory.resolve("logs/server.log")).content().contains("configuration rejected");
    }

    @Test
    void refusesAConfigurationWithErrors() throws IOException {
        configure("server:\n  port: high\n");

        assertThat(run.command("server")).isEqualTo(1);
        assertThat(run.err()).contains("error: server.port", "general.master_key", "2 errors");
    }

    private void demoOnce() throws Exception {
        FutureTask<Integer> server = start("server", "--demo");
        gateway.started.get(20, TimeUnit.SECONDS);
        run.signals().stop();
        assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
    }

    private static void awaitVersion(LiveSnapshot snapshots, long version, Callable<?> change) throws Exception {
        var reached = new CompletableFuture<Void>();
        snapshots.onReplace(next -> {
            if (next.version() >= version) {
                reached.complete(null);
            }
        });
        change.call();
        reached.get(20, TimeUnit.SECONDS);
    }

    private Path configure(String text) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), text);
    }

    private FutureTask<Integer> start(String... args) {
        var task = new FutureTask<>(() -> run.command(args));
        Thread.ofPlatform().daemon().start(task);
        return task;
    }
}
