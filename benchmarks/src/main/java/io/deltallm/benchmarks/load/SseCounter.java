package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;

/// Counts the events of a streamed reply and tells, for each, how long ago the upstream wrote it: [PreparedReplies]
/// puts the time of writing into every event's `id`, and both ends share a clock. Resumable at every byte; confined
/// to the connection's event loop.
final class SseCounter implements MessageBody.Sink {
    /// Is told of every whole event.
    interface Listener {
        /// `writtenNanos` is the upstream's `System.nanoTime()`, 0 for an event without it (`[DONE]`).
        void event(long writtenNanos);
    }

    private final Listener listener;
    private int offset;
    private long stamp;
    private boolean stamped;
    private boolean lineEnded;
    private int events;

    SseCounter(Listener listener) {
        this.listener = listener;
    }

    void reset() {
        events = 0;
        beginEvent();
    }

    int events() {
        return events;
    }

    /// True when the last byte seen ended an event.
    boolean atBoundary() {
        return offset == 0;
    }

    @Override
    public void data(ByteBuf in, int start, int length) {
        int end = start + length;
        for (int at = start; at < end; at++) {
            take(in.getByte(at));
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            if (lineEnded) {
                endEvent();
                return;
            }
            lineEnded = true;
        } else {
            lineEnded = false;
            readStamp(next);
        }
        offset++;
    }

    private void readStamp(byte next) {
        int digit = offset - PreparedReplies.STAMP_AT;
        if (digit >= 0 && digit < PreparedReplies.STAMP_DIGITS) {
            stamp = stamp << 4 | Character.digit(next, 16);
            stamped = true;
        }
    }

    private void endEvent() {
        events++;
        listener.event(stamped ? stamp : 0);
        beginEvent();
    }

    private void beginEvent() {
        offset = 0;
        stamp = 0;
        stamped = false;
        lineEnded = false;
    }
}
