package io.deltallm.netty.loop;

import io.deltallm.netty.testing.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.loop.LoopBuffers.SMALL_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class LoopBuffersTest {
    private final EventLoop loop = new DefaultEventLoop();
    private final UnpooledByteBufAllocator behind = new UnpooledByteBufAllocator(true);
    private final LoopBuffers buffers = new LoopBuffers(loop, behind);

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void onLoop(Runnable work) {
        loop.submit(work).syncUninterruptibly();
    }

    @Test
    void givesTheBufferReleasedLastFirst() {
        onLoop(() -> {
            ByteBuf first = buffers.ioBuffer(100);
            ByteBuf second = buffers.ioBuffer(SMALL_BYTES);
            long address = second.memoryAddress();
            first.release();
            second.release();

            ByteBuf third = buffers.directBuffer(1);

            assertThat(third.memoryAddress()).isEqualTo(address);
            third.release();
        });
    }

    @Test
    void givesAUsedBufferAsANewOne() {
        onLoop(() -> {
            ByteBuf used = buffers.ioBuffer(100, SMALL_BYTES);
            used.writeLong(1).readInt();
            used.retain().release(2);

            ByteBuf again = buffers.ioBuffer(100);

            assertThat(again.refCnt()).isEqualTo(1);
            assertThat(again.readerIndex()).isZero();
            assertThat(again.isReadable()).isFalse();
            assertThat(again.capacity()).isEqualTo(SMALL_BYTES);
            assertThat(again.maxCapacity()).isEqualTo(Integer.MAX_VALUE);
            again.release();
        });
    }

    @Test
    void keepsABufferWhoseSliceIsStillUsed() {
        onLoop(() -> {
            ByteBuf whole = buffers.ioBuffer(100).writeLong(42);
            ByteBuf slice = whole.readRetainedSlice(8);
            whole.release();

            ByteBuf other = buffers.ioBuffer(100).writeLong(7);

            assertThat(slice.readLong()).isEqualTo(42);
            slice.release();
            other.release();
        });
    }

    @Test
    void doesNotKeepABufferThatGrew() {
        onLoop(() -> {
            ByteBuf grown = buffers.ioBuffer(100).writeZero(2 * SMALL_BYTES);
            assertThat(grown.readableBytes()).isEqualTo(2 * SMALL_BYTES);
            grown.release();

            ByteBuf next = buffers.ioBuffer(100);

            assertThat(next.capacity()).isEqualTo(SMALL_BYTES);
            next.release();
        });
    }

    @Test
    void leavesLargeOnesAndManyToTheAllocatorBehind() {
        onLoop(() -> {
            ByteBuf large = buffers.ioBuffer(SMALL_BYTES + 1);
            assertThat(behind.metric().usedDirectMemory()).isEqualTo(SMALL_BYTES + 1);
            large.release();

            List<ByteBuf> many = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                many.add(buffers.ioBuffer(SMALL_BYTES));
            }

            assertThat(behind.metric().usedDirectMemory()).isEqualTo((300 - 256) * SMALL_BYTES);
            many.forEach(ByteBuf::release);
            assertThat(behind.metric().usedDirectMemory()).isZero();
        });
    }

    @Test
    void servesOtherThreadsFromBehind() {
        ByteBuf elsewhere = buffers.ioBuffer(100);

        assertThat(behind.metric().usedDirectMemory()).isPositive();
        elsewhere.release();
    }

    @Test
    void takesBackWhatAnotherThreadReleased() throws Exception {
        ByteBuf lent = loop.submit(() -> buffers.ioBuffer(100)).get();
        long address = lent.memoryAddress();

        lent.release();

        onLoop(() -> {
            ByteBuf again = buffers.ioBuffer(100);
            assertThat(again.memoryAddress()).isEqualTo(address);
            again.release();
        });
    }
}
