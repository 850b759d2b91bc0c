package io.deltallm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a demo server the requests of a first day, then stops it. The packaging runs this once so that the JVM can note
/// which classes a start and a request need, and have them ready in the AOT cache (JEP 514, 515). Plain sockets, so that
/// nothing gets into the cache that a server does not use.
final class Rehearsal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration TOO_LONG = Duration.ofSeconds(30);
    private static final int ROUNDS = 10;

    private final URI url;
    private final String key;
    private final Runnable done;

    Rehearsal(URI url, String key, Runnable done) {
        this.url = url;
        this.key = key;
        this.done = done;
    }

    void start() {
        Thread.ofPlatform().daemon().name("rehearsal").start(this);
    }

    @Override
    public void run() {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                play();
            }
        } catch (IOException e) {
            LOG.warn("the rehearsal was cut short", e);
        } finally {
            done.run();
        }
    }

    private void play() throws IOException {
        String chat = "{\"model\":\"demo-chat\",\"max_tokens\":4,\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        post("/v1/chat/completions", key, chat);
        post("/v1/chat/completions", key, chat.replace("{\"model\"", "{\"stream\":true,\"model\""));
        post("/v1/chat/completions", "sk-nobody", chat);
        post("/v1/chat/completions", key, chat.replace("demo-chat", "nothing"));
        post("/v1/embeddings", key, "{\"model\":\"demo-embedding\",\"input\":\"Hello!\",\"dimensions\":8}");
        send("GET /v1/models HTTP/1.1\r\nAuthorization: Bearer " + key + "\r\n", "");
        send("GET /health/readiness HTTP/1.1\r\n", "");
        send("GET /metrics HTTP/1.1\r\n", "");
    }

    private void post(String path, String credential, String body) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nAuthorization: Bearer " + credential
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body);
    }

    private void send(String head, String body) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout((int) TOO_LONG.toMillis());
            String request = head + "Host: " + url.getAuthority() + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream reply = socket.getInputStream();
            reply.transferTo(OutputStream.nullOutputStream());
        }
    }
}
