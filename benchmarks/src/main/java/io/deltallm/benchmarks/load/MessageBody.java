package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;

/// Reads the body of one HTTP/1.1 message, by length or in chunks, and shows its data to a [Sink]. Resumable at every
/// byte; reused for each message of a connection. Confined to the connection's event loop.
final class MessageBody {
    /// Is shown the data of a body, in order. The buffer is borrowed.
    interface Sink {
        Sink NONE = (in, start, length) -> { };

        void data(ByteBuf in, int start, int length);
    }

    private enum State {
        /// Within the line that says how long the next chunk is.
        SIZE,
        /// Behind the `;` of such a line.
        EXTENSION,
        /// Within data.
        DATA,
        /// Within the line end that follows a chunk.
        CHUNK_END,
        /// Within the lines behind the last chunk.
        TRAILER,
        DONE
    }

    private State state = State.DONE;
    private boolean chunked;
    private long left;
    private long total;
    private int trailerLineLength;
    private Sink sink = Sink.NONE;

    /// Begins the body that the head announces; a message that announces none has none.
    void begin(MessageHead head, Sink to) {
        sink = to;
        chunked = head.chunked();
        total = 0;
        trailerLineLength = 0;
        left = chunked ? 0 : Math.max(0, head.contentLength());
        if (chunked) {
            state = State.SIZE;
        } else {
            state = left == 0 ? State.DONE : State.DATA;
        }
    }

    /// Reads what belongs to this body; true when it is complete.
    boolean take(ByteBuf in) {
        while (state != State.DONE && in.isReadable()) {
            if (state == State.DATA) {
                takeData(in);
            } else {
                takeFraming(in.readByte());
            }
        }
        return state == State.DONE;
    }

    boolean done() {
        return state == State.DONE;
    }

    /// Bytes of data so far, without the chunks' framing.
    long bytes() {
        return total;
    }

    private void takeData(ByteBuf in) {
        int length = (int) Math.min(left, in.readableBytes());
        sink.data(in, in.readerIndex(), length);
        in.skipBytes(length);
        left -= length;
        total += length;
        if (left == 0) {
            state = chunked ? State.CHUNK_END : State.DONE;
        }
    }

    private void takeFraming(byte next) {
        switch (state) {
            case SIZE, EXTENSION -> takeSize(next);
            case CHUNK_END -> state = next == '\n' ? State.SIZE : State.CHUNK_END;
            case TRAILER -> takeTrailer(next);
            case DATA, DONE -> throw new IllegalStateException("no framing in " + state);
        }
    }

    private void takeSize(byte next) {
        if (next == '\n') {
            state = left == 0 ? State.TRAILER : State.DATA;
        } else if (next == ';') {
            state = State.EXTENSION;
        } else if (state == State.SIZE && next != '\r' && next != ' ') {
            left = left * 16 + hexDigit(next);
        }
    }

    private void takeTrailer(byte next) {
        if (next == '\n') {
            state = trailerLineLength == 0 ? State.DONE : State.TRAILER;
            trailerLineLength = 0;
        } else if (next != '\r') {
            trailerLineLength++;
        }
    }

    private static int hexDigit(byte digit) {
        int value = Character.digit(digit, 16);
        if (value < 0) {
            throw new IllegalStateException("'" + (char) digit + "' in a chunk size (expected: a hexadecimal digit)");
        }
        return value;
    }
}
