package io.deltallm.netty.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LeakGuardTest {
    @Test
    void namesTheMakerOfABufferUntilItIsReleased() {
        long mark = PresenceLeakDetector.mark();
        ByteBuf buffer = ByteBufAllocator.DEFAULT.ioBuffer(16).touch("test: held");

        assertThat(PresenceLeakDetector.openSince(mark))
                .singleElement().asString()
                .contains("never released", "test: held", "LeakGuardTest.namesTheMakerOfABufferUntilItIsReleased");

        buffer.release();
        assertThat(PresenceLeakDetector.openSince(mark)).isEmpty();
    }
}
