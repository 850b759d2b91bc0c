package io.deltallm.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a demo server the requests of a first day, then stops it. The packaging runs this once so that the JVM can note
/// which classes a start and a request need and how the code behaves, and have both ready in the AOT cache (JEP 514, 515).
final class Rehearsal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    /// Enough for the profiles of the request path to be those of a busy gateway.
    private static final int ROUNDS = 2_000;
    /// What is asked rarely in life is asked once in so many rounds.
    private static final int RARELY = 50;
    /// Connections come and go, and clients vanish.
    private static final int OFTEN = 10;
    /// A slow machine gets as far as it gets: fewer profiles, never a slow build.
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(15);
    private static final Duration TOO_LONG = Duration.ofSeconds(90);
    private static final int GAVE_UP = 2;

    private final URI url;
    private final String key;
    private final Runnable done;

    Rehearsal(URI url, String key, Runnable done) {
        this.url = url;
        this.key = key;
        this.done = done;
    }

    /// Ends the process if it still runs after [#TOO_LONG], whatever it hangs in: a build must end.
    static void limit() {
        long end = System.nanoTime() + TOO_LONG.toNanos();
        Thread.ofPlatform().daemon().name("rehearsal-limit").start(() -> {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Runtime.getRuntime().halt(GAVE_UP);
        });
    }

    void start() {
        Thread.ofPlatform().daemon().name("rehearsal").start(this);
    }

    @Override
    public void run() {
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        try (var client = new RehearsalClient(url)) {
            int round = 0;
            while (round < ROUNDS && System.nanoTime() < end) {
                play(client, round++);
            }
            LOG.info("rehearsed {} rounds", round);
        } catch (IOException e) {
            LOG.warn("the rehearsal was cut short", e);
        } finally {
            done.run();
        }
    }

    private void play(RehearsalClient client, int round) throws IOException {
        String chat = "{\"model\":\"demo-chat\",\"max_tokens\":4,\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        client.post("/v1/chat/completions", key, chat);
        client.post("/v1/chat/completions", key, chat.replace("{\"model\"", "{\"stream\":true,\"model\""));
        if (round % RARELY == 0) {
            client.post("/v1/chat/completions", "sk-nobody", chat);
            client.post("/v1/chat/completions", key, chat.replace("demo-chat", "nothing"));
            client.post("/v1/chat/completions", key, "{\"model\":");
            client.post("/v1/embeddings", key, "{\"model\":\"demo-embedding\",\"input\":\"Hello!\",\"dimensions\":8}");
            client.get("/v1/models", key);
            client.get("/health/readiness", key);
            client.get("/metrics", key);
        }
        // Code that was compiled before the first connection closed or the first client vanished has to be compiled again.
        if (round % OFTEN == 0) {
            client.close();
            client.abandon("/v1/chat/completions", key, chat.replace("{\"model\"", "{\"stream\":true,\"model\""));
        }
    }
}
