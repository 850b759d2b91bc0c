package io.deltallm.codec.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Cuts AWS event streams (`application/vnd.amazon.eventstream`,
/// https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html). A message is
///
/// ```
/// uint32 length of it all | uint32 length of the headers | uint32 CRC-32 of these eight bytes
/// headers | payload | uint32 CRC-32 of all before
/// ```
///
/// A frame is a message's payload under its `:event-type`. An exception's name is `!` and its `:exception-type`; an
/// error's is `!error:` and its `:error-code`, and its data is the plain text of its `:error-message`.
public final class AwsEventCutter implements FrameCutter {
    /// What the names of exceptions and errors begin with.
    public static final String EXCEPTION = "!";

    /// What the names of errors begin with.
    public static final String ERROR = "!error:";

    private static final int PRELUDE_BYTES = 12;
    private static final int CRC_BYTES = 4;
    private static final int MIN_BYTES = PRELUDE_BYTES + CRC_BYTES;
    private static final int MAX_HEADER_BYTES = 128 << 10;
    private static final int MAX_BYTES = MIN_BYTES + MAX_HEADER_BYTES + (24 << 20);

    private final FrameBytes kept = new FrameBytes();
    private final Frame frame = new Frame();
    private final CRC32 crc = new CRC32();
    private final AwsHeaders headers = new AwsHeaders();
    private String lastName = "";

    /// Bytes of the message at hand, its prelude checked; 0 where the prelude is not here yet.
    private int expected;

    @Override
    public void feed(ByteBuf piece, FrameSink sink) {
        kept.append(piece);
        while (wholeMessage()) {
            int next = kept.start() + expected;
            message(kept.start(), next, sink);
            kept.dropTo(next);
            expected = 0;
        }
    }

    @Override
    public void end(FrameSink sink) {
        if (kept.length() > 0) {
            throw new FrameProblem("The event stream ended within a message, after " + kept.length() + " bytes of it");
        }
    }

    private boolean wholeMessage() {
        if (expected == 0 && kept.length() >= PRELUDE_BYTES) {
            expected = prelude(kept.array(), kept.start());
        }
        return expected > 0 && kept.length() >= expected;
    }

    /// The message's length.
    private int prelude(byte[] bytes, int at) {
        check(bytes, at, at + 8, "prelude");
        int length = int32(bytes, at);
        int headerLength = int32(bytes, at + 4);
        if (length < MIN_BYTES || length > MAX_BYTES) {
            throw new FrameProblem("A message of the event stream is " + Integer.toUnsignedString(length)
                    + " bytes long (expected: " + MIN_BYTES + " to " + MAX_BYTES + ")");
        }
        if (headerLength < 0 || headerLength > Math.min(MAX_HEADER_BYTES, length - MIN_BYTES)) {
            throw new FrameProblem("The headers of a message of the event stream are "
                    + Integer.toUnsignedString(headerLength) + " bytes long, in a message of " + length);
        }
        return length;
    }

    private void message(int from, int to, FrameSink sink) {
        byte[] bytes = kept.array();
        int payloadEnd = to - CRC_BYTES;
        check(bytes, from, payloadEnd, "message");
        int payload = from + PRELUDE_BYTES + int32(bytes, from + 4);
        headers.read(bytes, from + PRELUDE_BYTES, payload);
        switch (headers.kind()) {
            case EVENT -> sink.accept(frame.set(bytes, payload, payloadEnd, name(bytes)));
            case EXCEPTION -> sink.accept(frame.set(bytes, payload, payloadEnd, EXCEPTION + text(headers.name())));
            case ERROR -> {
                AwsHeaders.Slice message = headers.message();
                sink.accept(frame.set(bytes, message.start(), message.end(), ERROR + text(headers.name())));
            }
        }
    }

    private void check(byte[] bytes, int from, int to, String what) {
        crc.reset();
        crc.update(bytes, from, to - from);
        if ((int) crc.getValue() != int32(bytes, to)) {
            throw new FrameProblem("A " + what + " of the event stream is damaged: its checksum does not match");
        }
    }

    /// The same name as before is the usual case, and makes no string.
    private String name(byte[] bytes) {
        AwsHeaders.Slice name = headers.name();
        if (!name.is(bytes, lastName)) {
            lastName = text(name);
        }
        return lastName;
    }

    private String text(AwsHeaders.Slice slice) {
        return new String(kept.array(), slice.start(), slice.end() - slice.start(), StandardCharsets.UTF_8);
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }
}
