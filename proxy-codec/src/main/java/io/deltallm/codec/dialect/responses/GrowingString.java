package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import java.util.Arrays;

/// A JSON string that grows by the pieces of a stream, in their own escapes: nothing is decoded. Confined to a reply.
final class GrowingString {
    private static final int FIRST_BYTES = 256;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length = 1;

    GrowingString() {
        bytes[0] = '"';
    }

    void append(RawJson jsonString) {
        int count = jsonString.length() - 2;
        // One more for the closing quote.
        if (length + count >= bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count + 1));
        }
        System.arraycopy(jsonString.bytes(), jsonString.start() + 1, bytes, length, count);
        length += count;
    }

    void clear() {
        length = 1;
    }

    boolean isEmpty() {
        return length == 1;
    }

    /// What there is so far: a view, valid until the next piece.
    RawJson view() {
        bytes[length] = '"';
        return new RawJson(bytes, 0, length + 1);
    }
}
