package io.deltallm.cli;

import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/// Runs command lines in a directory of the test's and keeps what they said.
final class Run {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final HandSignals signals = new HandSignals();
    private GatewayStarter gateways = Run::none;

    Run(Path directory) {
        this.directory = directory;
    }

    Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Run with(GatewayStarter starter) {
        gateways = starter;
        return this;
    }

    private static GatewayStarter.Running none(LiveSnapshot snapshots, JdbcStores stores) {
        throw new AssertionError("this test starts no gateway");
    }

    int command(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(shell(), args);
    }

    Shell shell() {
        return new Shell(
                new PrintWriter(out, true), new PrintWriter(err, true), environment, directory, false, signals, gateways);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    HandSignals signals() {
        return signals;
    }

    /// The key that the last command printed.
    String printedKey() {
        var matcher = Pattern.compile("sk-[A-Za-z0-9_-]{43}").matcher(out());
        Assertions.assertThat(matcher.find()).as("a key in %s", out()).isTrue();
        return matcher.group();
    }

    /// Signals sent by the test.
    static final class HandSignals implements Signals {
        private Runnable stop = () -> {};
        private Runnable reload = () -> {};

        @Override
        public void onStop(Runnable action) {
            stop = action;
        }

        @Override
        public void onReload(Runnable action) {
            reload = action;
        }

        void stop() {
            stop.run();
        }

        void reload() {
            reload.run();
        }
    }
}
