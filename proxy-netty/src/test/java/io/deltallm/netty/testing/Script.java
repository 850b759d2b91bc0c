package io.deltallm.netty.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [ScriptedUpstream] does with one request: steps played in order, each piece a socket write of its own.
///
/// @param beforeBody start at the request's head instead of at its last byte
/// @param bodyGate where given, the request's body is not read before it opens
public record Script(List<Step> steps, boolean beforeBody, @Nullable Gate bodyGate) {

    /// One thing done to the connection.
    public sealed interface Step {
        /// Exactly these bytes, in one write.
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Write(byte[] bytes) implements Step {}

        /// Wait for the test.
        record Pass(Gate gate) implements Step {}

        /// Do nothing until the peer closes.
        record Stall() implements Step {}

        /// Close: FIN when the request was read whole.
        record Close() implements Step {}

        /// Close with RST.
        record Reset() implements Step {}

        /// FIN our direction, keep reading.
        record HalfClose() implements Step {}
    }

    public Script {
        steps = List.copyOf(steps);
    }

    public static Reply reply(int status) {
        return new Reply(status);
    }

    public static Script json(int status, String body) {
        return reply(status).header("Content-Type", "application/json").whole(body);
    }

    /// A chunked event stream, one chunk an element of `events`, each already framed (`data: …\n\n`).
    public static Script sse(String... events) {
        Reply reply = reply(200).header("Content-Type", "text/event-stream").chunked();
        for (String event : events) {
            reply.piece(event);
        }
        return reply.end();
    }

    /// Exactly these bytes and nothing else; the connection stays open.
    public static Script raw(String bytes) {
        return new Script(List.of(new Step.Write(bytes.getBytes(StandardCharsets.ISO_8859_1))), false, null);
    }

    /// Closes the connection instead of answering, as a server does that had just given up on an idle connection.
    public static Script hangUp() {
        return new Script(List.of(new Step.Close()), false, null);
    }

    public static Script reset() {
        return new Script(List.of(new Step.Reset()), false, null);
    }

    /// Never answers; ends when the peer closes.
    public static Script silence() {
        return new Script(List.of(new Step.Stall()), false, null);
    }

    /// The same, started as soon as the request's head is in.
    public Script early() {
        return new Script(steps, true, bodyGate);
    }

    /// The same, reading the request's body only once `gate` is open.
    public Script readingBodyAfter(Gate gate) {
        return new Script(steps, beforeBody, gate);
    }

    /// Writes a reply. Header fields first, then one of the framings, then pieces, gates and an end.
    public static final class Reply {
        private enum Framing {
            CONTENT_LENGTH,
            CHUNKED,
            CLOSE
        }

        private final StringBuilder head;
        private final List<Step> body = new ArrayList<>();
        private Framing framing = Framing.CONTENT_LENGTH;
        private long length;

        private Reply(int status) {
            head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        }

        public Reply header(String name, String value) {
            head.append(name).append(": ").append(value).append("\r\n");
            return this;
        }

        public Reply chunked() {
            framing = Framing.CHUNKED;
            return header("Transfer-Encoding", "chunked");
        }

        /// The body ends where the connection ends.
        public Reply closeDelimited() {
            framing = Framing.CLOSE;
            return header("Connection", "close");
        }

        public Reply piece(String text) {
            return piece(text.getBytes(StandardCharsets.UTF_8));
        }

        public Reply piece(byte[] bytes) {
            length += bytes.length;
            body.add(new Step.Write(framing == Framing.CHUNKED ? chunk(bytes) : bytes));
            return this;
        }

        /// Cuts `bytes` into pieces of the given sizes, the last size repeated to the end.
        public Reply pieces(byte[] bytes, int... sizes) {
            int at = 0;
            for (int i = 0; at < bytes.length; i++) {
                int end = Math.min(bytes.length, at + sizes[Math.min(i, sizes.length - 1)]);
                piece(java.util.Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
            return this;
        }

        public Reply gate(Gate gate) {
            body.add(new Step.Pass(gate));
            return this;
        }

        public Script whole(String text) {
            return piece(text).end();
        }

        public Script whole(byte[] bytes) {
            return piece(bytes).end();
        }

        public Script end() {
            if (framing == Framing.CHUNKED) {
                body.add(new Step.Write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
            } else if (framing == Framing.CLOSE) {
                body.add(new Step.Close());
            }
            return script(length);
        }

        /// The end of a reply after which the connection closes without having announced it.
        public Script endThenClose() {
            Script whole = end();
            List<Step> steps = new ArrayList<>(whole.steps());
            steps.add(new Step.Close());
            return new Script(steps, false, null);
        }

        /// Closes although the body is not whole; a Content-Length promises one more byte.
        public Script cut() {
            return unfinished(new Step.Close());
        }

        public Script cutByReset() {
            return unfinished(new Step.Reset());
        }

        public Script stall() {
            return unfinished(new Step.Stall());
        }

        public Script halfClose() {
            return unfinished(new Step.HalfClose());
        }

        private Script unfinished(Step last) {
            body.add(last);
            return script(length + 1);
        }

        private Script script(long contentLength) {
            if (framing == Framing.CONTENT_LENGTH) {
                header("Content-Length", Long.toString(contentLength));
            }
            List<Step> steps = new ArrayList<>();
            steps.add(new Step.Write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
            steps.addAll(body);
            return new Script(steps, false, null);
        }

        private static byte[] chunk(byte[] bytes) {
            var chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            chunk.writeBytes(bytes);
            chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return chunk.toByteArray();
        }
    }
}
