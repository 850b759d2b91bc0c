package io.deltallm.netty.upstream;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Asks name servers for providers' addresses, on the event loop that wants to know. Thread-safe.
public final class NameResolution {
    private final ChannelGroup sockets = new DefaultChannelGroup("names", GlobalEventExecutor.INSTANCE);
    private final DnsAddressResolverGroup resolvers;

    public NameResolution(Class<? extends DatagramChannel> channelType) {
        ChannelFactory<DatagramChannel> channels = new ReflectiveChannelFactory<>(channelType);
        this.resolvers = new DnsAddressResolverGroup(
                new DnsNameResolverBuilder().datagramChannelFactory(() -> kept(channels.newChannel())));
    }

    private DatagramChannel kept(DatagramChannel socket) {
        sockets.add(socket);
        return socket;
    }

    public AddressResolverGroup<InetSocketAddress> resolvers() {
        return resolvers;
    }

    /// Waits until its sockets are closed, which some transports take their time for. Blocks; never call it on an event loop.
    public void close(Duration patience) {
        resolvers.close();
        sockets.close().awaitUninterruptibly(patience.toMillis());
    }
}
