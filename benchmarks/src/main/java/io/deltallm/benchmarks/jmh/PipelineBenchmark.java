package io.deltallm.benchmarks.jmh;

import io.deltallm.netty.Gateway;
import io.deltallm.policy.config.ConfigInput;
import io.deltallm.policy.config.ConfigReader;
import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.config.SnapshotBuilder;
import io.deltallm.policy.store.IssuedKey;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyTerms;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One 1 KB chat request through the whole gateway and back, over real sockets: keys, limits, usage and metrics on. Time is
/// that of a lone round trip, wake-ups of three threads included; the bytes are what all of them allocate, and neither the
/// client nor the provider allocates anything per request.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PipelineBenchmark {
    private static final String SALT = "salt";
    private static final int MAX_HEAD = 4096;

    private final byte[] reply = ascii(Traffic.responseHead() + Traffic.chatReply());
    private final byte[] buffer = new byte[64 * 1024];
    private @Nullable ServerSocket provider;
    private @Nullable Gateway gateway;
    private @Nullable Socket client;
    private byte[] request = {};

    @Setup
    public void start() throws IOException {
        ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        provider = listening;
        Thread.ofPlatform().daemon().name("provider").start(() -> serve(listening));
        IssuedKey key = new KeyFactory(SALT, new SecureRandom(), InstantSource.system()).issue(KeyTerms.OPEN);
        GatewayConfig config = Objects.requireNonNull(new ConfigReader()
                .read(ConfigInput.of(yaml(listening.getLocalPort())))
                .config());
        LiveSnapshot snapshots = new LiveSnapshot(SnapshotBuilder.build(config, 1, Instant.EPOCH));
        gateway = Gateway.start(snapshots, new FixedKeyStore(List.of(key)), () -> true, "benchmark");
        client = new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort());
        client.setTcpNoDelay(true);
        String body = Traffic.chatRequest(Traffic.SMALL, false);
        request = ascii(Traffic.requestHead(body.length()).replaceFirst("Bearer \\S+", "Bearer " + key.key()) + body);
    }

    private static String yaml(int port) {
        return """
                server: {host: 127.0.0.1, port: 0, event_loop_threads: 1}
                logging: {access: false}
                general: {master_key: sk-master-of-the-benchmark, salt_key: %s, max_requests_per_minute: 1000000000,
                          max_tokens_per_minute: 1000000000}
                model_list:
                  - model_name: bench
                    litellm_params: {model: openai/bench-upstream, api_base: 'http://127.0.0.1:%d/v1', api_key: sk-x}
                """.formatted(SALT, port);
    }

    /// Answers each request that arrives on the first connection with the same reply.
    private void serve(ServerSocket listening) {
        byte[] received = new byte[64 * 1024];
        try (Socket socket = listening.accept()) {
            socket.setTcpNoDelay(true);
            while (readMessage(new DataInputStream(socket.getInputStream()), received) > 0) {
                socket.getOutputStream().write(reply);
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Benchmark
    public int roundTrip() throws IOException {
        Socket socket = Objects.requireNonNull(client);
        socket.getOutputStream().write(request);
        return readMessage(new DataInputStream(socket.getInputStream()), buffer);
    }

    /// Reads one message with a stated length; its size, or -1 at the end of the connection.
    private static int readMessage(DataInputStream in, byte[] into) throws IOException {
        int filled = 0;
        int whole = Integer.MAX_VALUE;
        while (filled < whole) {
            int read = in.read(into, filled, into.length - filled);
            if (read < 0) {
                return -1;
            }
            filled += read;
            whole = whole == Integer.MAX_VALUE ? length(into, filled) : whole;
        }
        return filled;
    }

    /// Head and body together, or MAX_VALUE while the head is not whole.
    private static int length(byte[] bytes, int filled) {
        int length = 0;
        for (int i = 3; i < Math.min(filled, MAX_HEAD); i++) {
            if (bytes[i] == ':' && (bytes[i - 1] | 0x20) == 'h' && (bytes[i - 2] | 0x20) == 't' && bytes[i - 3] == 'g') {
                length = digits(bytes, i + 2);
            }
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1 + length;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static int digits(byte[] bytes, int start) {
        int value = 0;
        for (int i = start; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @TearDown
    public void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        if (provider != null) {
            provider.close();
        }
    }
}
