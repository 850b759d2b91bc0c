package io.deltallm.netty.upstream;

import io.deltallm.codec.http.HeadWriter;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.testing.LoopClock;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.GatewayListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.NoopAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A provider in the same thread: every connection to it is an embedded channel on the loop of the client's, and the test
/// is its other end. Nothing happens but when the test says so. Confined to the test's thread.
public final class EmbeddedProvider implements AutoCloseable {
    public static final Duration CONNECT = Duration.ofSeconds(1);
    public static final Duration FIRST_BYTE = Duration.ofSeconds(5);
    public static final Duration SILENCE = Duration.ofSeconds(7);
    public static final Duration TOTAL = Duration.ofSeconds(60);
    public static final Duration IDLE_EXPIRY = Duration.ofSeconds(20);
    public static final Duration ACQUIRE = Duration.ofSeconds(3);

    private final EmbeddedChannel client;
    private final LoopPool pool;
    private final List<Socket> sockets = new ArrayList<>();
    private boolean refusing;
    private boolean accepting = true;

    public EmbeddedProvider(EmbeddedChannel client, LoopClock clock, HeadWriter heads) {
        this(client, new DeadlineWheel(client.eventLoop(), clock), heads, new GatewayListener() {});
    }

    public EmbeddedProvider(EmbeddedChannel client, DeadlineWheel wheel, HeadWriter heads, GatewayListener listener) {
        this.client = client;
        Connector connector =
                new Connector(client.eventLoop(), client.alloc(), this::newSocket, new Unresolved(), new UpstreamTls(null));
        this.pool = new LoopPool(wheel, heads, connector, listener, 1);
    }

    public LoopPool pool() {
        return pool;
    }

    public static Target target(int maxConnections, int maxIdle) {
        return target(maxConnections, maxIdle, Map.of("x-fixed", "f"));
    }

    public static Target target(int maxConnections, int maxIdle, Map<String, String> headers) {
        Provider provider = Provider.openAi(
                "test",
                URI.create("http://provider.test:81/v1/"),
                new Signer.Bearer("sk-provider"),
                headers,
                Provider.StreamUsage.OPTION);
        return new Target(
                "t1",
                "gpt",
                provider,
                "upstream-gpt",
                1,
                new Target.Clocks(CONNECT, FIRST_BYTE, SILENCE, TOTAL),
                new Target.PoolSettings(maxConnections, maxIdle, IDLE_EXPIRY, ACQUIRE),
                Map.of());
    }

    /// From now on connections are refused, or accepted again.
    public void refuse(boolean refused) {
        refusing = refused;
    }

    /// From now on connections stay pending until [Socket#accept()].
    public void holdBack() {
        accepting = false;
    }

    public int connections() {
        return sockets.size();
    }

    /// The connection opened as number `index`, from 0.
    public Socket socket(int index) {
        return sockets.get(index);
    }

    public Socket last() {
        return sockets.getLast();
    }

    private Channel newSocket() {
        Socket socket = new Socket();
        sockets.add(socket);
        return socket;
    }

    @Override
    public void close() {
        pool.close();
        sockets.forEach(EmbeddedChannel::finishAndReleaseAll);
        client.runPendingTasks();
    }

    /// One connection; what the gateway writes, the test reads.
    public final class Socket extends EmbeddedChannel {
        private @Nullable ChannelPromise connecting;
        private @Nullable ChannelConfig tolerant;

        @SuppressWarnings("NullAway.Init") // set by connect and config, which the gateway calls first
        private Socket() {
            super(DefaultChannelId.newInstance(), false, false);
        }

        /// Takes the options of sockets without a word.
        @Override
        public ChannelConfig config() {
            ChannelConfig config = tolerant;
            if (config == null) {
                config = new DefaultChannelConfig(this) {
                    @Override
                    public <T> boolean setOption(ChannelOption<T> option, T value) {
                        return super.setOption(option, value) || option != null;
                    }
                };
                tolerant = config;
            }
            return config;
        }

        @Override
        public ChannelFuture connect(SocketAddress remote, ChannelPromise promise) {
            connecting = promise;
            if (refusing) {
                promise.setFailure(new ConnectException("refused by the test"));
                close();
            } else if (accepting) {
                promise.setSuccess();
            }
            return promise;
        }

        public void accept() {
            Objects.requireNonNull(connecting).setSuccess();
            client.runPendingTasks();
        }

        public void refuse() {
            Objects.requireNonNull(connecting).setFailure(new ConnectException("refused by the test"));
            close();
            client.runPendingTasks();
        }

        /// All that was written since the last call.
        public String written() {
            StringBuilder text = new StringBuilder();
            for (Object message = readOutbound(); message != null; message = readOutbound()) {
                ByteBuf bytes = (ByteBuf) message;
                text.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
            }
            return text.toString();
        }

        /// The provider sends `text` in one piece; `~` is a line end.
        public void reply(String text) {
            byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            writeInbound(alloc().directBuffer(bytes.length).writeBytes(bytes));
            client.runPendingTasks();
        }

        public void replyByteByByte(String text) {
            text.replace("~", "\r\n").chars().forEach(c -> writeInbound(alloc().directBuffer(1).writeByte(c)));
            client.runPendingTasks();
        }

        /// The provider closes the connection.
        public void hangUp() {
            close();
            client.runPendingTasks();
        }
    }

    /// Takes addresses as they are: nothing is looked up.
    private static final class Unresolved extends AddressResolverGroup<InetSocketAddress> {
        @Override
        public AddressResolver<InetSocketAddress> getResolver(EventExecutor executor) {
            return newResolver(executor);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return (AddressResolver<InetSocketAddress>) (AddressResolver<?>) new NoopAddressResolver(executor);
        }
    }
}
