package io.deltallm.policy.credential;

import io.deltallm.codec.provider.TokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A token that something else writes into a file, read again every minute. Thread-safe.
public final class FileToken implements TokenSource, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final RefreshingToken<String> token;

    private FileToken(Path file, InstantSource clock) {
        this.token = new RefreshingToken<>("file " + file, () -> read(file, clock), clock);
    }

    public static FileToken of(Path file, InstantSource clock) {
        FileToken source = new FileToken(file, clock);
        source.token.start();
        return source;
    }

    private static Expiring<String> read(Path file, InstantSource clock) throws IOException {
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new IOException(file + " is empty (expected: a token)");
        }
        return Expiring.rereadAfter(INTERVAL, token, clock.instant());
    }

    @Override
    public @Nullable String token() {
        return token.current();
    }

    /// For whoever wants to wait for the first.
    public RefreshingToken<String> refreshing() {
        return token;
    }

    @Override
    public void close() {
        token.close();
    }

    @Override
    public String toString() {
        return "FileToken[***]";
    }
}
