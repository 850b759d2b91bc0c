package io.deltallm.codec.json;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// A stretch of a borrowed buffer as an array, which is what the readers of this package read. Copying costs less than
/// reading through a view of the buffer: 20 ns a kilobyte, against an object for each view and slower access to each
/// byte. Grows with the pieces up to a block that stays in the first-level cache; larger pieces are read block by block.
///
/// ```java
/// int end = piece.writerIndex();
/// for (int at = piece.readerIndex(); at < end; at += block.length()) {
///     block.load(piece, at, end);
///     reader.feed(block.bytes(), 0, block.length());
/// }
/// ```
///
/// Confined to one event loop and reused: one for all its connections stays in the cache, one for each would not.
public final class ByteBlock {
    private static final int USUAL = 2048;
    private static final int LARGEST = 8192;

    private byte[] bytes = {};
    private int length;

    /// Takes as many of the bytes [from, to) of `piece` as fit, at least one; moves no index of it.
    public void load(ByteBuf piece, int from, int to) {
        length = Math.min(to - from, LARGEST);
        if (bytes.length < length + Swar.SLACK) {
            bytes = new byte[(length <= USUAL ? USUAL : LARGEST) + Swar.SLACK];
        }
        piece.getBytes(from, bytes, 0, length);
    }

    /// An array that begins with these bytes and has the slack that searches need.
    public static byte[] slack(byte[] exact) {
        return Arrays.copyOf(exact, exact.length + Swar.SLACK);
    }

    /// The bytes [0, length) count; what is behind them is of no meaning.
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }
}
