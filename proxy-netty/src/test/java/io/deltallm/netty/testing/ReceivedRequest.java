package io.deltallm.netty.testing;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One request as an upstream received it. Handed over at its head; the body follows. Thread-safe.
///
/// @param head the exact bytes of the head, in Latin-1, with the empty line
/// @param connection counts the connections of the upstream from 1
/// @param ordinal counts the requests of the connection from 1
/// @param body completes with the body, chunk framing removed; fails when the peer closed before its end
/// @param peerClosed completes when the peer closed or reset the connection
public record ReceivedRequest(
        String method,
        String target,
        String head,
        Headers headers,
        int connection,
        int ordinal,
        CompletableFuture<byte[]> body,
        CompletableFuture<Void> peerClosed) {

    public byte[] bytes() {
        return await(body, "the request's body did not arrive");
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// Waits until the gateway has closed the connection of this request.
    public void awaitPeerClosed() {
        await(peerClosed, "the gateway did not close its connection");
    }

    static <T> T await(CompletableFuture<T> future, String failure) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError(failure, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(failure, e);
        }
    }
}
