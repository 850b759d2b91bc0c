package io.deltallm.netty.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/// A provider on loopback that does exactly what the test tells it, byte by byte. Speaks HTTP/1.1 on plain sockets and
/// virtual threads, so that nothing of it can share a fault with the gateway. Thread-safe.
///
/// ```java
/// try (var upstream = ScriptedUpstream.start()) {
///     upstream.next(Script.json(200, "{}")).otherwise(Script.hangUp());
/// ```
public final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final Set<UpstreamConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ConcurrentLinkedQueue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ReceivedRequest> arrivals = new LinkedBlockingQueue<>();
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicInteger received = new AtomicInteger();
    private volatile @Nullable Function<ReceivedRequest, Script> otherwise;
    private volatile boolean recording = true;
    private volatile boolean history = true;

    private ScriptedUpstream(ServerSocket server) {
        this.server = server;
    }

    public static ScriptedUpstream start() {
        return start(ServerSocketFactory.getDefault());
    }

    /// Listens through `sockets`: an `SSLServerSocketFactory` makes it a TLS upstream.
    public static ScriptedUpstream start(ServerSocketFactory sockets) {
        try {
            var upstream = new ScriptedUpstream(sockets.createServerSocket(0, 4096, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("upstream-accept").start(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback", e);
        }
    }

    /// A loopback port on which nothing listens.
    public static int refusedPort() {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback", e);
        }
    }

    /// Plays `script` for the next request that has none yet.
    public ScriptedUpstream next(Script script) {
        scripts.add(script);
        return this;
    }

    /// Plays `script` for every request beyond those of [#next].
    public ScriptedUpstream otherwise(Script script) {
        return otherwise(_ -> script);
    }

    public ScriptedUpstream otherwise(Function<ReceivedRequest, Script> scriptOf) {
        otherwise = scriptOf;
        return this;
    }

    /// Hands requests to [#takeRequest] only, for tests of many large ones.
    public ScriptedUpstream withoutHistory() {
        history = false;
        return this;
    }

    /// Keeps no request from here on, for tests that send more than one wants to hold.
    public ScriptedUpstream withoutRecording() {
        recording = false;
        return this;
    }

    /// Forgets scripts and requests, for tests that share an upstream.
    public ScriptedUpstream forget() {
        scripts.clear();
        requests.clear();
        arrivals.clear();
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The value of `api_base`.
    public String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /// Connections accepted so far.
    public int connections() {
        return accepted.get();
    }

    public int openConnections() {
        return open.size();
    }

    public int requestCount() {
        return received.get();
    }

    /// Bytes the kernel has taken from all scripts so far.
    public long bytesWritten() {
        return bytesWritten.get();
    }

    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /// The oldest request not yet taken; waits for it.
    public ReceivedRequest takeRequest() {
        try {
            ReceivedRequest request = arrivals.poll(10, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request reached the upstream within 10 s");
            }
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a request", e);
        }
    }

    /// Closes the connections that owe no answer, as a server does with connections idle for long.
    public void closeIdle() {
        open.stream().filter(UpstreamConnection::idle).toList().forEach(UpstreamConnection::close);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("could not stop listening", e);
        }
        open.forEach(UpstreamConnection::close);
    }

    Script receive(ReceivedRequest request) {
        received.incrementAndGet();
        if (recording && history) {
            requests.add(request);
        }
        if (recording) {
            arrivals.add(request);
        }
        Script script = scripts.poll();
        if (script != null) {
            return script;
        }
        Function<ReceivedRequest, Script> rest = otherwise;
        return rest == null ? Script.json(599, "{\"error\":{\"message\":\"no script for this request\"}}") : rest.apply(request);
    }

    void wrote(int bytes) {
        bytesWritten.addAndGet(bytes);
    }

    void closed(UpstreamConnection connection) {
        open.remove(connection);
        connection.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                var connection = new UpstreamConnection(this, socket, accepted.incrementAndGet());
                open.add(connection);
                connection.start();
            }
        } catch (IOException e) {
            // Closed by the test: the only way this loop ends.
        }
    }
}
