package io.deltallm.codec.frame;

import io.deltallm.codec.json.Swar;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The bytes of frames that are not whole yet, in one array with the slack of [Swar#SLACK]. Confined to its cutter.
final class FrameBytes {
    private static final int FIRST_BYTES = 4096;
    /// What is kept for the next frames; more is for the one that needs it.
    private static final int MOST_KEPT_BYTES = 1 << 20;
    private static final byte[] NONE = {};

    /// Pictures and searches come in events of megabytes.
    static final int MAX_BYTES = 64 << 20;

    /// None before the first byte: not every cutter has something to keep.
    private byte[] bytes = NONE;
    private int start;
    private int end;

    byte[] array() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    /// Appends a borrowed piece.
    void append(ByteBuf piece) {
        int count = piece.readableBytes();
        makeRoom(count);
        piece.getBytes(piece.readerIndex(), bytes, end, count);
        end += count;
    }

    void append(byte[] source, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(source, from, bytes, end, to - from);
        end += to - from;
    }

    /// What stands before `index` is done with.
    void dropTo(int index) {
        start = index;
        if (start == end) {
            start = 0;
            end = 0;
            bytes = bytes.length > MOST_KEPT_BYTES ? NONE : bytes;
        }
    }

    private void makeRoom(int count) {
        if (end + count + Swar.SLACK <= bytes.length) {
            return;
        }
        int kept = length();
        if ((long) kept + count > MAX_BYTES) {
            throw new FrameProblem("An event is longer than " + MAX_BYTES + " bytes");
        }
        int needed = kept + count + Swar.SLACK;
        int doubled = Math.min(MAX_BYTES, Math.max(FIRST_BYTES, bytes.length * 2));
        byte[] target = needed <= bytes.length ? bytes : new byte[Math.max(needed, doubled)];
        System.arraycopy(bytes, start, target, 0, kept);
        bytes = target;
        start = 0;
        end = kept;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOfRange(bytes, start, end));
    }
}
