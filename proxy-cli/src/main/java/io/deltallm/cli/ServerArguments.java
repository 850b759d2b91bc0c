package io.deltallm.cli;

import io.deltallm.netty.demo.DemoProvider;
import io.deltallm.policy.config.Overrides;
import io.deltallm.policy.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `server` is told on the command line, and the run that follows from it.
///
/// @param file the configuration file; null leaves it to the usual places
/// @param rehearse the packaging's training run, see [Rehearsal]
record ServerArguments(
        @Nullable Path file,
        @Nullable String host,
        @Nullable Integer port,
        boolean demo,
        boolean insecureNoAuth,
        boolean rehearse) {
    private static final int KEY_BYTES = 32;
    private static final Set<String> FLAGS = Set.of("--demo", "--insecure-no-auth", "--rehearse");
    private static final Map<String, String> VALUES = Map.of(
            "-c", "--config", "--config", "--config", "-H", "--host", "--host", "--host", "-p", "--port", "--port", "--port");

    /// Reads a command line of the plain kind (`server --demo --port 8080`, `--port=8080`), each option once. Everything
    /// else is null and picocli's to read or to explain: [ServerCommand] declares the same options.
    ///
    /// Why two readers: picocli's classes are in a format from before Java 6, which the AOT cache does not take, and
    /// loading, verifying and asking them costs a third of the time to the first answer.
    static @Nullable ServerArguments plain(String... line) {
        if (line.length == 0 || !line[0].equals("server")) {
            return null;
        }
        Map<String, String> given = options(line);
        String port = given == null ? null : given.get("--port");
        if (given == null || (port != null && !port.matches("\\d{1,5}"))) {
            return null;
        }
        String file = given.get("--config");
        return new ServerArguments(
                file == null ? null : Path.of(file),
                given.get("--host"),
                port == null ? null : Integer.valueOf(port),
                given.containsKey("--demo"),
                given.containsKey("--insecure-no-auth"),
                given.containsKey("--rehearse"));
    }

    /// The options after the command's name by their long names; null if there is anything unusual about them.
    private static @Nullable Map<String, String> options(String... line) {
        Map<String, String> given = new HashMap<>();
        for (int at = 1; at < line.length; at++) {
            String word = line[at];
            int equals = word.indexOf('=');
            String option = VALUES.get(equals < 0 ? word : word.substring(0, equals));
            String value;
            if (FLAGS.contains(word)) {
                option = word;
                value = word;
            } else if (equals < 0) {
                value = at + 1 < line.length ? line[++at] : "";
            } else {
                value = word.substring(equals + 1);
            }
            boolean plain = option != null && (option.equals(value) || startsPlainly(value));
            if (!plain || given.put(option, value) != null) {
                return null;
            }
        }
        return given;
    }

    /// Not empty, no option, no quotation, no file of arguments.
    private static boolean startsPlainly(String value) {
        return !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
    }

    /// Serves until told to stop; returns the exit code.
    int run(Shell shell) throws InterruptedException {
        if (rehearse) {
            Rehearsal.limit();
        }
        if (!demo) {
            return serve(shell, null);
        }
        try (DemoProvider provider = rehearse ? DemoProvider.start(Duration.ZERO) : DemoProvider.start()) {
            return serve(shell, demo(provider.uri(), shell.terminal()));
        }
    }

    private int serve(Shell shell, Overrides.@Nullable Demo provider) throws InterruptedException {
        var overrides = new Overrides(host, port, null, insecureNoAuth, provider);
        return new Server(shell, new Configuration(file), overrides, rehearse).run();
    }

    /// The master key is drawn afresh and printed nowhere: the printed key is enough for a demo.
    private static Overrides.Demo demo(URI provider, boolean terminal) {
        var secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        var master = new Secret("sk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        return new Overrides.Demo(
                provider, List.of(DemoProvider.CHAT_MODEL, DemoProvider.EMBEDDING_MODEL), master, terminal);
    }
}
