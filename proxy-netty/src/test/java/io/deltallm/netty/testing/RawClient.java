package io.deltallm.netty.testing;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A client that sends exactly the bytes it is told and shows exactly the bytes it got. Every read is limited to ten
/// seconds. Confined to one thread.
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final WireInput input;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new WireInput(socket.getInputStream());
    }

    public static RawClient connect(int port) {
        return connect(port, 0);
    }

    /// Connects with a receive buffer of the given size, for clients that read slowly; 0 leaves the system's.
    public static RawClient connect(int port, int receiveBufferBytes) {
        try {
            var socket = new Socket();
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same over TLS, whoever the peer says it is.
    public static RawClient connectTls(int port) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public RawClient send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends `bytes` in writes of `size`.
    public RawClient sendSplit(byte[] bytes, int size) {
        for (int at = 0; at < bytes.length; at += size) {
            send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
        return this;
    }

    /// Sends as much of `bytes` as the peer takes before it closes.
    public RawClient sendAsFarAsPossible(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The peer refused before the end: what it answered is still to be read.
        }
        return this;
    }

    /// Sends a JSON POST with `bearer` and the given further header lines (each with its CRLF).
    public RawClient post(String path, String bearer, String json, String... headerLines) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        send("POST " + path + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + bearer
                + "\r\nContent-Type: application/json\r\n" + String.join("", headerLines)
                + "Content-Length: " + body.length + "\r\n\r\n");
        return send(body);
    }

    public RawClient get(String path, String bearer) {
        return send("GET " + path + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + bearer + "\r\n\r\n");
    }

    /// The next response with its body.
    public RawResponse read() {
        return read(true);
    }

    /// The next response to a HEAD request, which has no body whatever its head says.
    public RawResponse readWithoutBody() {
        return read(false);
    }

    private RawResponse read(boolean mayHaveBody) {
        try {
            RawResponse head = readHead();
            byte[] body = new byte[0];
            boolean whole = true;
            try {
                body = mayHaveBody ? readBody(head) : body;
            } catch (WireInput.CutException e) {
                body = e.partial();
                whole = false;
            }
            byte[] rest = input.takeRaw();
            byte[] raw = Arrays.copyOf(head.raw(), head.raw().length + rest.length);
            System.arraycopy(rest, 0, raw, head.raw().length, rest.length);
            return new RawResponse(head.status(), head.head(), head.headers(), body, raw, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Only the head; the body is then read with [#readChunk] or [#readExactly].
    public RawResponse readHead() {
        try {
            String head = input.readHead();
            if (head == null) {
                throw new AssertionError("the gateway closed without an answer");
            }
            int status = Integer.parseInt(head.split(" ")[1].strip());
            return new RawResponse(status, head, Headers.parse(head), new byte[0], input.takeRaw(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] readBody(RawResponse head) throws IOException {
        if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (head.headers().lists("Transfer-Encoding", "chunked")) {
            return input.readChunked();
        }
        @Nullable String length = head.header("Content-Length");
        return length == null ? input.readToEnd() : input.readExactly(Long.parseLong(length));
    }

    /// The next chunk as text; null after the last.
    public @Nullable String readChunk() {
        try {
            byte[] chunk = input.readChunk();
            return chunk == null ? null : new String(chunk, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Chunks joined until they contain `marker`.
    public String readChunksUntil(String marker) {
        var text = new StringBuilder();
        while (text.indexOf(marker) < 0) {
            String chunk = readChunk();
            if (chunk == null) {
                throw new AssertionError("the body ended without \"" + marker + "\": " + text);
            }
            text.append(chunk);
        }
        return text.toString();
    }

    /// Everything until the peer closes or resets, chunk framing and all.
    public String readRest() {
        try {
            return new String(input.readToEnd(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return new String(input.takeRaw(), StandardCharsets.UTF_8);
        }
    }

    /// Whether `marker` arrives before the peer closes.
    public boolean readRestUntil(String marker) {
        var text = new StringBuilder();
        try {
            for (int next = input.read(); next >= 0 && text.indexOf(marker) < 0; next = input.read()) {
                text.append((char) next);
            }
        } catch (IOException e) {
            return false;
        }
        return text.indexOf(marker) >= 0;
    }

    public byte[] readExactly(int length) {
        try {
            return input.readExactly(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the peer has closed, by FIN or RST; waits for it. False when it sent a further byte instead.
    public boolean closedByPeer() {
        try {
            return input.read() < 0;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway kept the connection open", e);
        }
    }

    /// Whether nothing arrives, not even the end, within `millis`.
    public boolean silentFor(int millis) {
        try {
            socket.setSoTimeout(millis);
            boolean silent = !input.anythingArrived();
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return silent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// FIN our direction; what the peer still sends can be read.
    public RawClient halfClose() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Vanishes with RST.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
