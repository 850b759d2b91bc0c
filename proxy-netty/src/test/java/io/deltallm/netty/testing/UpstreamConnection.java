package io.deltallm.netty.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One connection of a [ScriptedUpstream]: a virtual thread reads requests and so notices the peer's close at any time;
/// another plays the scripts in order.
final class UpstreamConnection {
    private final ScriptedUpstream upstream;
    private final Socket socket;
    private final int number;
    private final CompletableFuture<Void> peerClosed = new CompletableFuture<>();
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    UpstreamConnection(ScriptedUpstream upstream, Socket socket, int number) {
        this.upstream = upstream;
        this.socket = socket;
        this.number = number;
    }

    void start() {
        Thread.ofVirtual().name("upstream-read-" + number).start(this::readRequests);
        var player = Thread.ofVirtual().name("upstream-play-" + number).start(this::playScripts);
        peerClosed.thenRun(player::interrupt);
    }

    boolean idle() {
        return unanswered.get() == 0;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("could not close an upstream connection", e);
        }
    }

    private void readRequests() {
        try {
            var input = new WireInput(socket.getInputStream());
            int ordinal = 0;
            for (String head = input.readHead(); head != null; head = input.readHead()) {
                unanswered.incrementAndGet();
                readRequest(input, head, ++ordinal);
            }
        } catch (IOException | InterruptedException e) {
            // The peer reset, or our own script closed the socket: both end the connection.
        } finally {
            peerClosed.complete(null);
            upstream.closed(this);
        }
    }

    private void readRequest(WireInput input, String head, int ordinal) throws IOException, InterruptedException {
        ReceivedRequest request = received(head, ordinal);
        Script script = upstream.receive(request);
        if (script.beforeBody()) {
            scripts.add(script);
        }
        try {
            Gate bodyGate = script.bodyGate();
            if (bodyGate != null) {
                bodyGate.pass();
            }
            request.body().complete(readBody(input, request.headers()));
        } catch (IOException e) {
            request.body().completeExceptionally(e);
            throw e;
        }
        if (!script.beforeBody()) {
            scripts.add(script);
        }
    }

    private ReceivedRequest received(String head, int ordinal) {
        String[] start = head.substring(0, head.indexOf("\r\n")).split(" ");
        return new ReceivedRequest(
                start[0], start[1], head, Headers.parse(head), number, ordinal, new CompletableFuture<>(), peerClosed);
    }

    private static byte[] readBody(WireInput input, Headers headers) throws IOException {
        if (headers.lists("Transfer-Encoding", "chunked")) {
            return input.readChunked();
        }
        @Nullable String length = headers.first("Content-Length");
        return length == null ? new byte[0] : input.readExactly(Long.parseLong(length));
    }

    private void playScripts() {
        try {
            OutputStream output = socket.getOutputStream();
            while (true) {
                Script script = scripts.take();
                for (Script.Step step : script.steps()) {
                    play(step, output);
                }
                unanswered.decrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            // The peer is gone: what was left of the script has no reader.
        }
    }

    private void play(Script.Step step, OutputStream output) throws IOException, InterruptedException {
        switch (step) {
            case Script.Step.Write(var bytes) -> {
                output.write(bytes);
                upstream.wrote(bytes.length);
            }
            case Script.Step.Pass(var gate) -> gate.pass();
            case Script.Step.Stall() -> Thread.currentThread().join();
            case Script.Step.Close() -> socket.close();
            case Script.Step.Reset() -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case Script.Step.HalfClose() -> socket.shutdownOutput();
        }
    }
}
