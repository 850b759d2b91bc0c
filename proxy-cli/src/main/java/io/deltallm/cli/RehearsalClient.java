package io.deltallm.cli;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// As much of an HTTP/1.1 client as the rehearsal needs: one connection, kept, and opened anew where the server closed it.
/// A plain socket, so that nothing gets into the AOT cache that a server does not use. Blocks; for one thread.
final class RehearsalClient implements AutoCloseable {
    private static final Duration TOO_LONG = Duration.ofSeconds(10);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private final URI url;
    private final byte[] buffer = new byte[16 * 1024];
    private @Nullable Socket socket;

    RehearsalClient(URI url) {
        this.url = url;
    }

    void post(String path, String key, String body) throws IOException {
        send("POST " + path, key, contentHeaders(body), body);
    }

    void get(String path, String key) throws IOException {
        send("GET " + path, key, "", "");
    }

    /// Asks on a connection of its own, and is gone before the reply.
    void abandon(String path, String key, String body) throws IOException {
        close();
        write(connect(), "POST " + path, key, contentHeaders(body), body);
        close();
    }

    private static String contentHeaders(String body) {
        return "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
    }

    private void send(String what, String key, String headers, String body) throws IOException {
        Socket connection = connect();
        write(connection, what, key, headers, body);
        if (readReply(connection.getInputStream()).contains("\r\nconnection: close\r\n")) {
            close();
        }
    }

    private void write(Socket connection, String what, String key, String headers, String body) throws IOException {
        String request = what + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer " + key + "\r\n"
                + headers + "\r\n" + body;
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private Socket connect() throws IOException {
        if (socket != null) {
            return socket;
        }
        var connection = new Socket(url.getHost(), url.getPort());
        connection.setTcpNoDelay(true);
        connection.setSoTimeout((int) TOO_LONG.toMillis());
        socket = connection;
        return connection;
    }

    /// Reads to the end of one reply, which is as long as it says, or ends with the last chunk; returns its head.
    private String readReply(InputStream in) throws IOException {
        var reply = new ByteArrayOutputStream();
        while (true) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new EOFException("the server closed within a reply: " + reply.toString(StandardCharsets.UTF_8));
            }
            reply.write(buffer, 0, read);
            String text = reply.toString(StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head >= 0 && whole(text, head)) {
                return text.substring(0, head + 2).toLowerCase(Locale.ROOT);
            }
        }
    }

    private static boolean whole(String text, int head) {
        Matcher length = LENGTH.matcher(text).region(0, head);
        return length.find()
                ? text.length() >= head + 4 + Integer.parseInt(length.group(1))
                : text.endsWith(LAST_CHUNK);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
