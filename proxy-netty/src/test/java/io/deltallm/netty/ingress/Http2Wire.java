package io.deltallm.netty.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An HTTP/2 client that sends exactly the frames it is told, sound or not, and shows the frames it gets. Every read is
/// limited to ten seconds. Confined to one thread.
final class Http2Wire implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] CANCEL = {0, 0, 0, 8};
    private static final int MAX_FRAME = 16_384;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersDecoder fields = new DefaultHttp2HeadersDecoder(false);

    /// One frame as it came.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares frames
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean endsStream() {
            return (flags & END_STREAM) != 0;
        }

        /// Of RST_STREAM and GOAWAY.
        int errorCode() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /// A whole reply: what the stream carried until its end or reset.
    record Reply(int status, Http2Headers headers, String body, boolean ended, int resetCode) {}

    private Http2Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /// Connected, and nothing sent.
    static Http2Wire open(int port) {
        try {
            return new Http2Wire(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With preface and settings exchanged.
    static Http2Wire connect(int port, int... settings) {
        return open(port).write(PREFACE).settings(settings);
    }

    Http2Wire write(byte... bytes) {
        try {
            out.write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param settings identifier, value, identifier, value …
    Http2Wire settings(int... settings) {
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload.array());
    }

    Http2Wire frame(int type, int flags, int stream, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt((payload.length << 8) | type).put((byte) flags).putInt(stream).put(payload);
        return write(frame.array());
    }

    /// Sends as much as the gateway takes before it closes. Whether that was all.
    boolean tryFrame(int type, int flags, int stream, byte... payload) {
        try {
            frame(type, flags, stream, payload);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    Http2Wire headers(int stream, boolean end, String... namesAndValues) {
        byte[] block = block(namesAndValues);
        boolean whole = block.length <= MAX_FRAME;
        frame(HEADERS, (whole ? END_HEADERS : 0) | (end ? END_STREAM : 0), stream, Arrays.copyOf(block, Math.min(block.length, MAX_FRAME)));
        return whole ? this : frame(CONTINUATION, END_HEADERS, stream, Arrays.copyOfRange(block, MAX_FRAME, block.length));
    }

    Http2Wire data(int stream, boolean end, String text) {
        return frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Http2Wire window(int stream, int increment) {
        return frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(increment).array());
    }

    Http2Wire reset(int stream) {
        return frame(RST_STREAM, 0, stream, CANCEL);
    }

    /// Fields as literals that are not indexed and not compressed (RFC 7541 section 6.2.2).
    static byte[] block(String... namesAndValues) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            literal(block, namesAndValues[i]);
            literal(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The next frame; null when the gateway has closed.
    @Nullable Frame read() {
        try {
            int head = in.readInt();
            byte[] rest = in.readNBytes(5);
            return new Frame(head & 0xff, rest[0], ByteBuffer.wrap(rest).getInt(1), in.readNBytes(head >>> 8));
        } catch (EOFException | SocketException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway sent nothing", e);
        }
    }

    /// The next frame of this type; settings are acknowledged meanwhile, all others passed over.
    Frame await(int type) {
        while (true) {
            Frame frame = read();
            if (frame == null) {
                throw new AssertionError("the gateway closed before a frame of type " + type);
            }
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    /// Reads until the stream has ended and, if that is not its reset, until the reset that follows it.
    Reply reply(int stream, boolean resetFollows) {
        var headers = new Http2Headers[1];
        var body = new StringBuilder();
        boolean ended = false;
        while (true) {
            Frame frame = read();
            if (frame == null) {
                throw new AssertionError("the gateway closed within the reply: " + body);
            }
            if (frame.stream() != stream) {
                continue;
            }
            if (frame.type() == RST_STREAM) {
                return new Reply(status(headers[0]), shown(headers[0]), body.toString(), ended, frame.errorCode());
            }
            if (frame.type() == HEADERS) {
                headers[0] = decode(frame);
            } else if (frame.type() == DATA) {
                body.append(new String(frame.payload(), StandardCharsets.UTF_8));
            }
            ended |= frame.endsStream();
            if (ended && !resetFollows) {
                return new Reply(status(headers[0]), shown(headers[0]), body.toString(), true, -1);
            }
        }
    }

    private static int status(@Nullable Http2Headers headers) {
        return headers == null ? 0 : Integer.parseInt(String.valueOf(headers.status()));
    }

    private static Http2Headers shown(@Nullable Http2Headers headers) {
        return headers == null ? new DefaultHttp2Headers() : headers;
    }

    Http2Headers decode(Frame frame) {
        ByteBuf block = Unpooled.wrappedBuffer(frame.payload());
        try {
            return fields.decodeHeaders(frame.stream(), block);
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether the gateway closes, whatever it sends before.
    boolean closedByPeer() {
        Frame frame;
        do {
            frame = read();
        } while (frame != null);
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
