package io.deltallm.netty.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A port on loopback that neither accepts nor refuses: its backlog is full, so that Linux drops whatever asks for more, as
/// a firewall would.
public final class DeafPort implements AutoCloseable {
    /// More than a backlog of one holds.
    private static final int CROWD = 8;

    private final ServerSocket listening;
    private final List<SocketChannel> crowd = new ArrayList<>();

    public DeafPort() {
        try {
            listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            for (int i = 0; i < CROWD; i++) {
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
                crowd.add(waiting);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        try {
            for (SocketChannel waiting : crowd) {
                waiting.close();
            }
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
