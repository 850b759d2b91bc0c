package io.deltallm.netty.loop;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;

/// The buffers of one event loop. What is read, and what a reply is put together in, mostly fits into one small buffer
/// that is free again before the next read: the last one released is the first one taken, so its memory is still in the
/// cache. A general allocator goes round through all of its memory instead, and each event of a stream would find its
/// buffer cold.
///
/// Small direct buffers come from here as long as no more than a few are out; all others, and those asked for by other
/// threads, from the allocator behind. May be used, and its buffers released, by any thread.
public final class LoopBuffers extends AbstractByteBufAllocator {
    /// Up to here a buffer is small.
    public static final int SMALL_BYTES = 2048;

    private static final int MOST = 256;

    private final EventLoop loop;
    private final ByteBufAllocator behind;
    private final Small[] spare = new Small[MOST];
    private int spares;
    private int made;

    public LoopBuffers(EventLoop loop, ByteBufAllocator behind) {
        super(true);
        this.loop = loop;
        this.behind = behind;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        boolean available = initialCapacity <= SMALL_BYTES
                && maxCapacity >= SMALL_BYTES
                && loop.inEventLoop()
                && (spares > 0 || made < MOST);
        return available ? toLeakAwareBuffer(take(maxCapacity)) : behind.directBuffer(initialCapacity, maxCapacity);
    }

    private Small take(int maxCapacity) {
        if (spares == 0) {
            made++;
            return new Small(maxCapacity);
        }
        Small taken = spare[--spares];
        taken.renew(maxCapacity);
        return taken;
    }

    private void giveBack(Small released) {
        if (released.capacity() == SMALL_BYTES) {
            spare[spares++] = released;
        } else {
            made--;
            released.free();
        }
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return behind.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return behind.isDirectBufferPooled();
    }

    /// Its memory is the garbage collector's, unless it had to grow.
    private final class Small extends UnpooledUnsafeDirectByteBuf {
        Small(int maxCapacity) {
            super(LoopBuffers.this, ByteBuffer.allocateDirect(SMALL_BYTES), maxCapacity);
            setIndex(0, 0);
        }

        void renew(int maxCapacity) {
            maxCapacity(maxCapacity);
            resetRefCnt();
            setIndex(0, 0);
        }

        @Override
        protected void deallocate() {
            if (loop.inEventLoop()) {
                giveBack(this);
            } else if (!loop.isShuttingDown()) {
                loop.execute(() -> giveBack(this));
            }
        }

        void free() {
            super.deallocate();
        }
    }
}
