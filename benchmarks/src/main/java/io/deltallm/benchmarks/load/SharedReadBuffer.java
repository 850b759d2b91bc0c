package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/// Lends one and the same buffer to every read of the loop. Sound only because each handler of this package has
/// consumed what it was given when `channelRead` returns; it spares an allocation and cold memory for each read.
/// Confined to one event loop.
final class SharedReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int BYTES = 128 * 1024;

    private final ByteBuf shared;

    SharedReadBuffer(ByteBufAllocator alloc) {
        shared = alloc.directBuffer(BYTES, BYTES);
    }

    @Override
    @SuppressWarnings("deprecation")
    public RecvByteBufAllocator.Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator alloc) {
                return shared.clear().retain();
            }

            @Override
            public int guess() {
                return BYTES;
            }
        };
    }
}
