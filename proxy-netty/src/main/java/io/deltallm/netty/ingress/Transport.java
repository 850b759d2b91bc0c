package io.deltallm.netty.ingress;

import io.deltallm.policy.config.ServerSettings;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/// How sockets are driven: the one switch between the native transports of Linux and NIO.
public enum Transport {
    IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class, IoUringDatagramChannel.class) {
        @Override
        public IoHandlerFactory ioHandlers() {
            return IoUringIoHandler.newFactory();
        }

        @Override
        boolean available() {
            return IoUring.isAvailable();
        }
    },
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class, EpollDatagramChannel.class) {
        @Override
        public IoHandlerFactory ioHandlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        boolean available() {
            return Epoll.isAvailable();
        }
    },
    NIO(NioServerSocketChannel.class, NioSocketChannel.class, NioDatagramChannel.class) {
        @Override
        public IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        boolean available() {
            return true;
        }
    };

    private static final String POLL_MULTISHOT = "io.netty.iouring.pollAddMultishotEnabled";

    /// Netty 4.2.18 asks io_uring once to tell of every change of a socket. When a client's bytes and its reset are told while
    /// the read for the bytes is still under way, Netty takes both for the same, and as the reset is told only once, it is
    /// never noticed. Asked anew after each read, io_uring tells of it again.
    static {
        if (System.getProperty(POLL_MULTISHOT) == null) {
            System.setProperty(POLL_MULTISHOT, "false");
        }
    }

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends Channel> channel;
    private final Class<? extends DatagramChannel> datagramChannel;

    Transport(
            Class<? extends ServerChannel> serverChannel,
            Class<? extends Channel> channel,
            Class<? extends DatagramChannel> datagramChannel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
        this.datagramChannel = datagramChannel;
    }

    public abstract IoHandlerFactory ioHandlers();

    abstract boolean available();

    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    public Class<? extends Channel> channel() {
        return channel;
    }

    public Class<? extends DatagramChannel> datagramChannel() {
        return datagramChannel;
    }

    /// In the order of CPU per request and per event, as measured by the load comparison in `benchmarks`. Containers often
    /// forbid io_uring; then it does not count as available.
    private static Transport best() {
        if (IO_URING.available()) {
            return IO_URING;
        }
        return EPOLL.available() ? EPOLL : NIO;
    }

    /// The transport that was asked for, or the best one of this machine.
    ///
    /// @throws IllegalStateException if the one asked for does not work here
    public static Transport of(ServerSettings.Transport asked) {
        Transport chosen =
                switch (asked) {
                    case AUTO -> best();
                    case IO_URING -> IO_URING;
                    case EPOLL -> EPOLL;
                    case NIO -> NIO;
                };
        if (!chosen.available()) {
            throw new IllegalStateException("server.transport: " + asked + " does not work on this machine");
        }
        return chosen;
    }
}
