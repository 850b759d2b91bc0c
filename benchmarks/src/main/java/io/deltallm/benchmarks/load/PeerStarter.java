package io.deltallm.benchmarks.load;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Starts peers, each pinned to the peers' core, and waits until they answer. Used by the main thread.
final class PeerStarter {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern KEY = Pattern.compile("\"key\"\\s*:\\s*\"([^\"]+)\"");
    private static final String NO_KEY = "sk-bench";

    private final CompareOptions options;
    private final Path directory;
    private final EventLoop loop;
    private final SharedReadBuffer readBuffer;
    private final int upstreamPort;

    PeerStarter(CompareOptions options, Path directory, EventLoop loop, SharedReadBuffer readBuffer, int upstreamPort) {
        this.options = options;
        this.directory = directory;
        this.loop = loop;
        this.readBuffer = readBuffer;
        this.upstreamPort = upstreamPort;
    }

    /// Null, with a word on standard error, when the peer's program is not there.
    @Nullable Peer start(String name) throws IOException, InterruptedException {
        return switch (name) {
            case Peer.DIRECT -> new Peer(name, upstreamPort, NO_KEY, null, Duration.ZERO, 0);
            case Peer.NGINX -> startNginx();
            case Peer.HAPROXY -> startHaproxy();
            case Peer.GATEWAY -> startGateway();
            default -> throw new IllegalArgumentException("no peer \"" + name + "\" (expected: direct, nginx, haproxy, deltallm)");
        };
    }

    private @Nullable Peer startNginx() throws IOException, InterruptedException {
        int port = freePort();
        Path file = Files.writeString(directory.resolve("nginx.conf"), PeerFiles.nginx(port, upstreamPort, directory));
        return program(Peer.NGINX).isEmpty() ? missing(Peer.NGINX)
                : launch(Peer.NGINX, port, NO_KEY, List.of(program(Peer.NGINX).get(), "-p", directory.toString(), "-c", file.toString()));
    }

    private @Nullable Peer startHaproxy() throws IOException, InterruptedException {
        int port = freePort();
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), PeerFiles.haproxy(port, upstreamPort));
        return program(Peer.HAPROXY).isEmpty() ? missing(Peer.HAPROXY)
                : launch(Peer.HAPROXY, port, NO_KEY, List.of(program(Peer.HAPROXY).get(), "-db", "-f", file.toString()));
    }

    private @Nullable Peer startGateway() throws IOException, InterruptedException {
        List<String> command = options.gatewayCommand();
        if (!Files.isExecutable(Path.of(command.getFirst()))) {
            return missing(command.getFirst());
        }
        int port = freePort();
        Path file = directory.resolve("deltallm.yaml");
        Files.writeString(file, gatewayConfig(port));
        String key = options.gatewayKey() != null ? options.gatewayKey() : createKey(file);
        return launch(Peer.GATEWAY, port, key, with(command, "server", "--config", file.toString()));
    }

    private String gatewayConfig(int port) throws IOException {
        Path own = options.gatewayConfig();
        if (own == null) {
            return PeerFiles.gateway(port, upstreamPort, directory, options.accessLog());
        }
        return Files.readString(own)
                .replace("{PORT}", Integer.toString(port))
                .replace("{UPSTREAM}", Integer.toString(upstreamPort))
                .replace("{DIR}", directory.toString());
    }

    private String createKey(Path config) throws IOException, InterruptedException {
        Path errors = directory.resolve("key-create.log");
        Process create = new ProcessBuilder(
                with(options.gatewayCommand(), "key", "create", "--json", "--config", config.toString()))
                .redirectError(errors.toFile())
                .start();
        String output = new String(create.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        Matcher key = KEY.matcher(output);
        if (create.waitFor() != 0 || !key.find()) {
            throw new IOException("key create answered \"" + output.strip() + "\" (expected: JSON with \"key\"): "
                    + Files.readString(errors).strip());
        }
        return key.group(1);
    }

    private Peer launch(String name, int port, String key, List<String> command) throws IOException, InterruptedException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(options.peerCore())));
        pinned.addAll(command);
        Path log = directory.resolve(name + ".log");
        long started = System.nanoTime();
        Process process = new ProcessBuilder(pinned)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitAnswer(process, name, port, key, log);
        Duration startup = Duration.ofNanos(System.nanoTime() - started);
        return new Peer(name, port, key, process, startup, ProcessCost.residentBytes(process.toHandle()));
    }

    private void awaitAnswer(Process process, String name, int port, String key, Path log)
            throws IOException, InterruptedException {
        LoadClient probe = new LoadClient(loop, readBuffer, Scenario.named("one").getFirst(), port, key);
        probe.start();
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            Recorder seen = probe.beginSpan();
            while (seen.requests() == 0) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(name + " does not answer with 200: " + seen.firstFailure() + "\n" + Files.readString(log));
                }
                TimeUnit.MILLISECONDS.sleep(5);
                seen = probe.beginSpan();
            }
        } finally {
            probe.stop();
        }
    }

    private static @Nullable Peer missing(String program) {
        System.err.println(program + " is not installed here: left out");
        return null;
    }

    /// Looks along the path, and where distributions put daemons.
    private static Optional<String> program(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return List.of(path.split(":")).stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
