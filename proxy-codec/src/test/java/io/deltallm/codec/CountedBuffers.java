package io.deltallm.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/// Buffers of one test, counted: a test that leaves one unreleased fails. For use as a `@RegisterExtension`.
public final class CountedBuffers implements AfterEachCallback {
    private final UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(true);

    public ByteBufAllocator alloc() {
        return alloc;
    }

    public ByteBuf of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public ByteBuf of(byte[] bytes) {
        return alloc.directBuffer(bytes.length).writeBytes(bytes);
    }

    /// Several components as one buffer, as a collected body may be.
    public ByteBuf composite(String... parts) {
        var composite = alloc.compositeDirectBuffer(parts.length);
        for (String part : parts) {
            composite.addComponent(true, of(part));
        }
        return composite;
    }

    /// Collects what is handed on.
    public static final class Collected implements BufferSink {
        private final StringBuilder text = new StringBuilder();
        private final List<String> pieces = new ArrayList<>();

        @Override
        public void accept(ByteBuf piece) {
            String bytes = piece.toString(StandardCharsets.ISO_8859_1);
            text.append(bytes);
            pieces.add(bytes);
            piece.release();
        }

        public String text() {
            return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        public List<String> pieces() {
            return pieces;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(alloc.metric().usedDirectMemory()).as("direct bytes not released").isZero();
        assertThat(alloc.metric().usedHeapMemory()).as("heap bytes not released").isZero();
    }
}
