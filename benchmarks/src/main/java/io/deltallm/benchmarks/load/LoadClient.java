package io.deltallm.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Puts one [Scenario]'s load on one port: keeps its connections open, and starts requests in a closed loop or at a
/// fixed rate.
///
/// # Fixed rate
/// Requests have their starts on a fixed grid in time, whether or not a connection is free: one that is late still
/// counts from where it should have started, so a peer that stalls cannot hide it by slowing the load down
/// ("coordinated omission").
///
/// # Threads
/// Confined to the event loop, apart from `start`, `beginSpan` and `stop`, which any other thread calls.
final class LoadClient {
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(10);
    /// Streams begin at random within this time, so that their events come neither in step nor evenly spaced.
    private static final Duration SPREAD = Duration.ofMillis(20);
    /// The same "random" starts for every peer and run.
    private static final long SEED = 20;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Scenario scenario;
    private final ByteBuf request;
    private final Set<ClientConnection> open = new HashSet<>();
    private final ArrayDeque<ClientConnection> free = new ArrayDeque<>();
    private final long intervalNanos;
    private long nextStartNanos;
    private boolean stopping;
    private Recorder recorder = new Recorder();

    LoadClient(EventLoop loop, SharedReadBuffer readBuffer, Scenario scenario, int port, String key) {
        this.loop = loop;
        this.scenario = scenario;
        intervalNanos = scenario.ratePerSecond() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / scenario.ratePerSecond();
        request = request(scenario, port, key);
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffer)
                .remoteAddress(InetAddress.getLoopbackAddress(), port)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new ClientConnection(LoadClient.this));
                    }
                });
    }

    void start() {
        Random random = new Random(SEED);
        for (int i = 0; i < scenario.connections(); i++) {
            long delay = scenario.streamed() ? random.nextLong(SPREAD.toNanos()) : 0;
            loop.schedule(this::connect, delay, TimeUnit.NANOSECONDS);
        }
        if (intervalNanos > 0) {
            loop.execute(() -> {
                nextStartNanos = System.nanoTime();
                startDue();
            });
        }
    }

    /// Ends the span that is being recorded and begins the next; returns what the ended one saw.
    Recorder beginSpan() {
        return onLoop(() -> {
            Recorder ended = recorder;
            recorder = new Recorder();
            return ended;
        });
    }

    /// Closes every connection, whatever it is doing.
    void stop() {
        onLoop(() -> {
            stopping = true;
            Set.copyOf(open).forEach(ClientConnection::close);
            return request.release();
        });
    }

    Scenario scenario() {
        return scenario;
    }

    Recorder recorder() {
        return recorder;
    }

    /// A connection is open and has nothing to do.
    void idle(ClientConnection connection) {
        open.add(connection);
        if (stopping) {
            connection.close();
        } else if (intervalNanos == 0) {
            connection.send(request, System.nanoTime());
        } else {
            free.push(connection);
            sendDue();
        }
    }

    /// A connection is closed.
    void lost(ClientConnection connection) {
        open.remove(connection);
        free.remove(connection);
        connectLater();
    }

    private void connect() {
        bootstrap.connect().addListener((ChannelFutureListener) attempt -> {
            if (!attempt.isSuccess()) {
                recorder.failed(String.valueOf(attempt.cause()));
                connectLater();
            }
        });
    }

    private void connectLater() {
        if (!stopping) {
            loop.schedule(this::connect, RECONNECT_DELAY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void startDue() {
        if (!stopping) {
            sendDue();
            long delay = Math.max(0, nextStartNanos - System.nanoTime());
            // With no free connection the next answer sends what is due; this is only the next look.
            loop.schedule(this::startDue, Math.max(delay, free.isEmpty() ? intervalNanos : 0), TimeUnit.NANOSECONDS);
        }
    }

    private void sendDue() {
        while (!free.isEmpty() && nextStartNanos - System.nanoTime() <= 0) {
            free.pop().send(request, nextStartNanos);
            nextStartNanos += intervalNanos;
        }
    }

    private <T> T onLoop(Callable<T> work) {
        return loop.submit(work).syncUninterruptibly().getNow();
    }

    private static ByteBuf request(Scenario scenario, int port, String key) {
        String body = scenario.requestBody();
        byte[] bytes = ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nUser-Agent: deltallm-benchmarks\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
