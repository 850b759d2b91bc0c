package io.deltallm.netty.loop;

import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("deprecation") // the interface still names the type that it replaces
final class ReadSizesTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RecvByteBufAllocator.Handle handle = new ReadSizes().newHandle();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /// One turn of the loop: reads of so many bytes.
    private void read(int... bytes) {
        handle.reset(new DefaultChannelConfig(channel));
        for (int read : bytes) {
            handle.attemptedBytesRead(handle.guess());
            handle.lastBytesRead(read);
        }
        handle.readComplete();
    }

    @Test
    void staysSmallForEvents() {
        for (int i = 0; i < 10; i++) {
            read(268);
        }

        assertThat(handle.guess()).isEqualTo(2048);
    }

    @Test
    void growsWithABodyUpToALimit() {
        read(2048, 8192, 32 * 1024, 64 * 1024, 64 * 1024);

        assertThat(handle.guess()).isEqualTo(64 * 1024);
    }

    @Test
    void becomesSmallAgainBehindABody() {
        read(2048, 8192, 100);
        assertThat(handle.guess()).isEqualTo(32 * 1024);

        read(268);
        assertThat(handle.guess()).isEqualTo(8192);
        read(268);
        read(268);

        assertThat(handle.guess()).isEqualTo(2048);
    }
}
