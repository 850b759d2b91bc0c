package io.deltallm.netty.media;

import io.deltallm.codec.http.ChunkReader;
import io.deltallm.codec.http.HeadReader;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One GET over a connection of its own, to an address that is given: the JDK's client would look the host up again.
/// Blocks; confined to its thread.
final class MediaConnection implements AutoCloseable {
    private static final int MAX_HEAD = 32 * 1024;
    private static final byte[] NOTHING = {};
    /// A length is only what a stranger says.
    private static final int MOST_TRUSTED = 1 << 20;

    private final MediaUrl url;
    private final Socket socket;
    private final MediaBudget budget;
    private final ResponseHead head = new ResponseHead();
    private final ByteBuf in = Unpooled.buffer(16 * 1024);

    private MediaConnection(MediaUrl url, Socket socket, MediaBudget budget) {
        this.url = url;
        this.socket = socket;
        this.budget = budget;
    }

    static MediaConnection open(MediaUrl url, InetAddress address, MediaBudget budget) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address, url.port()), left(budget));
            plain.setSoTimeout(left(budget));
            return new MediaConnection(url, url.tls() ? secured(plain, url) : plain, budget);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, MediaUrl url) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, url.host(), url.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static int left(MediaBudget budget) throws SocketTimeoutException {
        try {
            return budget.millisLeft();
        } catch (TimeoutException _) {
            throw new SocketTimeoutException("too late");
        }
    }

    MediaReply get(int maxBytes) throws IOException, MediaProblem {
        String request = "GET " + url.target() + " HTTP/1.1\r\nHost: " + url.authority()
                + "\r\nUser-Agent: deltallm\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        readHead();
        if (head.status() >= 300 && head.status() < 400 && field("location") != null) {
            return new MediaReply(field("location"), "", NOTHING);
        }
        if (head.status() != 200) {
            throw url.problem("answers with status " + head.status());
        }
        String encoding = field("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw url.problem("compresses without being asked");
        }
        String contentType = head.value(HeaderName.CONTENT_TYPE);
        return new MediaReply(null, contentType == null ? "" : contentType, body(maxBytes));
    }

    private @Nullable String field(String lowerCaseName) {
        int index = head.find(lowerCaseName);
        return index < 0 ? null : head.value(index);
    }

    private void readHead() throws IOException {
        HeadReader.OfResponse reader = new HeadReader.OfResponse(head, MAX_HEAD);
        do {
            reader.reset();
            while (!reader.read(in)) {
                if (!readMore()) {
                    throw new IOException("closed before its reply");
                }
            }
            if (reader.failure() != null) {
                throw new IOException(reader.failure().message());
            }
        } while (head.interim());
    }

    private byte[] body(int maxBytes) throws IOException, MediaProblem {
        if (head.contentLength() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.clamp(head.contentLength(), 1024, MOST_TRUSTED));
        ChunkReader chunks = new ChunkReader();
        boolean more = true;
        while (more) {
            int before = body.size();
            more = head.chunked() ? takeChunks(chunks, body) : takePlain(body);
            budget.take(body.size() - before, url);
            if (body.size() > maxBytes) {
                throw tooLarge(maxBytes);
            }
            if (more && !readMore()) {
                if (head.chunked() || head.contentLength() >= 0) {
                    throw new IOException("cut short");
                }
                more = false;
            }
        }
        return body.toByteArray();
    }

    private MediaProblem tooLarge(int maxBytes) {
        return url.problem("sends more than " + (maxBytes >> 20) + " MiB");
    }

    private boolean takePlain(ByteArrayOutputStream body) throws IOException {
        long wanted = head.contentLength() < 0 ? Long.MAX_VALUE : head.contentLength() - body.size();
        in.readBytes(body, (int) Math.min(wanted, in.readableBytes()));
        return body.size() != head.contentLength();
    }

    private boolean takeChunks(ChunkReader chunks, ByteArrayOutputStream body) throws IOException {
        while (true) {
            switch (chunks.next(in)) {
                case DATA -> {
                    int piece = chunks.available(in);
                    in.readBytes(body, piece);
                    chunks.taken(piece);
                }
                case MORE -> {
                    return true;
                }
                case END -> {
                    return false;
                }
                case FAILED -> throw new IOException(chunks.problem());
            }
        }
    }

    private boolean readMore() throws IOException {
        socket.setSoTimeout(left(budget));
        in.discardReadBytes();
        in.ensureWritable(8 * 1024);
        InputStream from = socket.getInputStream();
        int count = from.read(in.array(), in.arrayOffset() + in.writerIndex(), in.writableBytes());
        if (count > 0) {
            in.writerIndex(in.writerIndex() + count);
        }
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        in.release();
        socket.close();
    }
}
