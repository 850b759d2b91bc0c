package io.deltallm.codec.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Walks the chunked framing of a body (RFC 9112 section 7.1), strictly: sizes are hexadecimal digits, every line ends
/// with CRLF. Extensions and trailers are read past, within limits, and dropped. May be cut at any byte. Confined to the
/// connection's event loop.
///
/// Use: while [#next(ByteBuf)] says `DATA`, take [#available(ByteBuf)] bytes and report them with [#taken(int)].
public final class ChunkReader {
    private static final int MAX_LINE = 256;
    private static final int MAX_TRAILERS = 8192;
    private static final int MAX_SIZE_DIGITS = 15;

    /// What stands at the reader index.
    public enum Step {
        /// Bytes of the body.
        DATA,
        /// Nothing yet: more bytes are needed.
        MORE,
        /// The end of the body; what follows is another message.
        END,
        /// No chunked body: [ChunkReader#problem()] says why.
        FAILED
    }

    private enum State {
        SIZE,
        /// White space behind a size, which some senders pad with; nothing but an extension may follow.
        PADDING,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        LAST_LF,
        DONE,
        FAILED
    }

    private State state = State.SIZE;
    private long left;
    private int digits;
    private int skipped;
    private @Nullable String problem;

    public void reset() {
        state = State.SIZE;
        left = 0;
        digits = 0;
        skipped = 0;
        problem = null;
    }

    public @Nullable String problem() {
        return problem;
    }

    /// How many bytes of the body stand at the reader index, after [Step#DATA].
    public int available(ByteBuf in) {
        return (int) Math.min(left, in.readableBytes());
    }

    /// Says that `bytes` of the body were taken from the buffer.
    public void taken(int bytes) {
        left -= bytes;
        if (left == 0) {
            state = State.DATA_CR;
        }
    }

    /// Reads framing up to the next byte of the body, the end, or the end of the buffer.
    public Step next(ByteBuf in) {
        while (state != State.DONE && state != State.FAILED) {
            if (!in.isReadable()) {
                return Step.MORE;
            }
            if (state == State.DATA) {
                return Step.DATA;
            }
            state = step(in.readByte());
        }
        return state == State.DONE ? Step.END : Step.FAILED;
    }

    private State step(byte b) {
        return switch (state) {
            case SIZE -> size(b);
            case PADDING -> afterDigits(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> b == '\n' ? afterSize() : fail("a chunk size line does not end with CRLF");
            case DATA_CR -> b == '\r' ? State.DATA_LF : fail("a chunk is longer than its size");
            case DATA_LF -> b == '\n' ? startSize() : fail("a chunk does not end with CRLF");
            case TRAILER_START -> b == '\r' ? State.LAST_LF : trailerName(b, false);
            case TRAILER_NAME -> trailerName(b, true);
            case TRAILER_VALUE -> trailerValue(b);
            case TRAILER_LF -> b == '\n' ? State.TRAILER_START : fail("a trailer line does not end with CRLF");
            case LAST_LF -> b == '\n' ? State.DONE : fail("the last chunk does not end with CRLF");
            case DATA, DONE, FAILED -> throw new IllegalStateException(state.name());
        };
    }

    private State startSize() {
        digits = 0;
        skipped = 0;
        left = 0;
        return State.SIZE;
    }

    private State size(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            if (++digits > MAX_SIZE_DIGITS) {
                return fail("a chunk size is too large");
            }
            left = left << 4 | digit;
            return State.SIZE;
        }
        return digits == 0 ? fail("a chunk size is not hexadecimal") : afterDigits(b);
    }

    private State afterDigits(byte b) {
        return switch (b) {
            case '\r' -> State.SIZE_LF;
            case ';' -> State.EXTENSION;
            case ' ', '\t' -> ++skipped > MAX_LINE ? fail("a chunk size line is too long") : State.PADDING;
            default -> fail("a chunk size is not hexadecimal");
        };
    }

    private State extension(byte b) {
        if (b == '\r') {
            return State.SIZE_LF;
        }
        if (++skipped > MAX_LINE || !Ascii.isValue(b)) {
            return fail("a chunk extension is too long or holds a control character");
        }
        return State.EXTENSION;
    }

    private State afterSize() {
        skipped = 0;
        return left == 0 ? State.TRAILER_START : State.DATA;
    }

    private State trailerName(byte b, boolean begun) {
        if (begun && b == ':') {
            return State.TRAILER_VALUE;
        }
        if (++skipped > MAX_TRAILERS || !Ascii.isToken(b)) {
            return fail("a trailer line is not \"name: value\", or the trailers are too long");
        }
        return State.TRAILER_NAME;
    }

    private State trailerValue(byte b) {
        if (b == '\r') {
            return State.TRAILER_LF;
        }
        if (++skipped > MAX_TRAILERS || !Ascii.isValue(b)) {
            return fail("the trailers are too long or hold a control character");
        }
        return State.TRAILER_VALUE;
    }

    private State fail(String what) {
        problem = what;
        return State.FAILED;
    }
}
