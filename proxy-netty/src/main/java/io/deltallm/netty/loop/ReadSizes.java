package io.deltallm.netty.loop;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/// How large a buffer a connection is read into: small as long as reads do not fill it, so that the events of a stream
/// take one read each; soon large where a body comes. Netty's own rule follows the last reads closely instead, and two
/// events that come together then take two reads. Shared by all connections.
public final class ReadSizes extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int LARGEST = 64 * 1024;
    private static final int STEP = 4;

    @Override
    @SuppressWarnings("deprecation") // the interface still names the type that it replaces
    public RecvByteBufAllocator.Handle newHandle() {
        return new PerConnection();
    }

    private final class PerConnection extends MaxMessageHandle {
        private int next = LoopBuffers.SMALL_BYTES;

        @Override
        public int guess() {
            return next;
        }

        @Override
        public void lastBytesRead(int bytes) {
            super.lastBytesRead(bytes);
            if (bytes == attemptedBytesRead()) {
                next = Math.min(next * STEP, LARGEST);
            }
        }

        @Override
        public void readComplete() {
            if (totalBytesRead() < next / STEP) {
                next = Math.max(next / STEP, LoopBuffers.SMALL_BYTES);
            }
        }
    }
}
