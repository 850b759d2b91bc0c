package io.deltallm.codec.dialect;

import io.deltallm.codec.BufferSink;
import io.deltallm.codec.Owned;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the usage-only event out of a chat stream, which the gateway asked for and the client did not: an event with
/// usage whose `choices` is empty. Every other byte passes untouched and at once; only an event cut at a read boundary
/// is held until it is whole. Feeds the tap on the way.
///
/// One whole event a read is the usual case: then the very buffer that came in goes out.
///
/// Confined to one exchange's event loop; reused by [#begin]. Owns what it holds until [#end] or [#release].
public final class StreamUsageFilter {
    /// No usage event is nearly as large: a cut event beyond this is let go.
    private static final int MAX_HELD_BYTES = 64 * 1024;

    private final List<ByteBuf> held = new ArrayList<>(4);
    private @Nullable UsageTap tap;
    private int heldBytes;
    private boolean passing;
    private int eventStart;
    private int keptFrom;

    /// @param newTap already begun on a streamed reply
    public void begin(UsageTap newTap) {
        release();
        tap = newTap;
        passing = false;
    }

    /// Passes on what of the piece may go.
    public void feed(@Owned ByteBuf piece, BufferSink out) {
        eventStart = 0;
        keptFrom = 0;
        UsageTap watching = begun();
        ByteBlock block = watching.block();
        int length = piece.readableBytes();
        for (int base = 0; base < length; base += block.length()) {
            block.load(piece, piece.readerIndex() + base, piece.writerIndex());
            cut(piece, base, watching, out);
        }
        passRest(piece, out);
    }

    private void cut(ByteBuf piece, int base, UsageTap watching, BufferSink out) {
        ByteBlock block = watching.block();
        int at = 0;
        while (at < block.length()) {
            int end = watching.nextEvent(block.bytes(), at, block.length());
            if (end < 0) {
                return;
            }
            eventEnded(piece, base + end, watching.usageOnly() && !passing, out);
            at = end;
        }
    }

    private void eventEnded(ByteBuf piece, int end, boolean drop, BufferSink out) {
        passing = false;
        if (!drop) {
            if (heldBytes > 0) {
                passHeld(out);
            }
        } else {
            releaseHeld();
            pass(piece, keptFrom, eventStart, out);
            keptFrom = end;
        }
        eventStart = end;
    }

    private void passRest(@Owned ByteBuf piece, BufferSink out) {
        int length = piece.readableBytes();
        boolean cutEvent = eventStart < length && !passing;
        int passTo = cutEvent ? eventStart : length;
        if (keptFrom == 0 && passTo == length && length > 0) {
            out.accept(piece);
            return;
        }
        pass(piece, keptFrom, passTo, out);
        if (cutEvent) {
            hold(piece.retainedSlice(piece.readerIndex() + eventStart, length - eventStart), out);
        }
        piece.release();
    }

    private void hold(@Owned ByteBuf part, BufferSink out) {
        held.add(part.touch("StreamUsageFilter: a cut event"));
        heldBytes += part.readableBytes();
        if (heldBytes > MAX_HELD_BYTES) {
            passing = true;
            passHeld(out);
        }
    }

    private static void pass(ByteBuf piece, int from, int to, BufferSink out) {
        if (to > from) {
            out.accept(piece.retainedSlice(piece.readerIndex() + from, to - from));
        }
    }

    private void passHeld(BufferSink out) {
        for (int i = 0; i < held.size(); i++) {
            out.accept(held.get(i));
        }
        forgetHeld();
    }

    private void releaseHeld() {
        for (int i = 0; i < held.size(); i++) {
            held.get(i).release();
        }
        forgetHeld();
    }

    private void forgetHeld() {
        held.clear();
        heldBytes = 0;
    }

    /// The stream has ended: lets go what is held, unless it is the usage event without its closing blank line.
    public void end(BufferSink out) {
        UsageTap watching = begun();
        watching.end();
        if (watching.usageOnly() && !passing) {
            releaseHeld();
        } else {
            passHeld(out);
        }
    }

    /// Lets go of everything, passing on nothing: the exchange is over.
    public void release() {
        releaseHeld();
    }

    private UsageTap begun() {
        if (tap == null) {
            throw new IllegalStateException("begin was not called");
        }
        return tap;
    }
}
