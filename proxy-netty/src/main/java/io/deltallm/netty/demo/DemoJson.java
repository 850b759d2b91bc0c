package io.deltallm.netty.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Writes one JSON value behind what a buffer already holds. Stateless.
final class DemoJson {
    private static final JsonFactory JSON = new JsonFactory();

    private DemoJson() {}

    static void write(ByteBuf target, Body body) throws IOException {
        try (var json = JSON.createGenerator((OutputStream) new ByteBufOutputStream(target))) {
            body.write(json);
        }
    }

    /// What to write.
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
