package io.deltallm.netty.ingress;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The keys of TLS session tickets, which spare returning clients half a handshake. A ticket is as secret as its key, so
/// keys live in memory only and are replaced: new tickets use the newest, older ones are honoured for two periods more.
/// Thread-safe.
final class TicketKeys {
    static final long PERIOD_NANOS = TimeUnit.HOURS.toNanos(8);
    private static final int KEPT = 3;

    private final LongSupplier nanoClock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Generation> current;

    private record Generation(List<OpenSslSessionTicketKey> keys, long bornAt) {}

    TicketKeys(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.current = new AtomicReference<>(new Generation(List.of(newKey()), nanoClock.getAsLong()));
    }

    /// Gives a new context the keys of the one before, so that tickets outlive a renewed certificate.
    void install(OpenSslSessionContext sessions) {
        sessions.setTicketKeys(current.get().keys().toArray(OpenSslSessionTicketKey[]::new));
    }

    void rotateIfDue(OpenSslSessionContext sessions) {
        Generation old = current.get();
        long now = nanoClock.getAsLong();
        if (now - old.bornAt() < PERIOD_NANOS) {
            return;
        }
        List<OpenSslSessionTicketKey> keys = Stream.concat(Stream.of(newKey()), old.keys().stream())
                .limit(KEPT)
                .toList();
        if (current.compareAndSet(old, new Generation(keys, now))) {
            install(sessions);
        }
    }

    /// How many keys are honoured.
    int size() {
        return current.get().keys().size();
    }

    private OpenSslSessionTicketKey newKey() {
        byte[] bytes = new byte[OpenSslSessionTicketKey.TICKET_KEY_SIZE];
        random.nextBytes(bytes);
        int name = OpenSslSessionTicketKey.NAME_SIZE;
        int hmac = name + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(bytes, name),
                Arrays.copyOfRange(bytes, name, hmac),
                Arrays.copyOfRange(bytes, hmac, bytes.length));
    }
}
