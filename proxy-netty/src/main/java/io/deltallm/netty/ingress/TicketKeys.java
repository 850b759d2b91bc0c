package io.deltallm.netty.ingress;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// The keys of TLS session tickets, which spare returning clients half a handshake. A ticket is as secret as its key, so
/// keys live in memory only and are replaced: new tickets use the newest, older ones are honoured for two periods more.
/// Thread-safe.
final class TicketKeys {
    static final long PERIOD_NANOS = TimeUnit.HOURS.toNanos(8);
    private static final int KEPT = 3;

    private final LongSupplier nanoClock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Generation> current;

    private record Generation(OpenSslSessionTicketKey[] keys, long bornAt) {}

    TicketKeys(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.current = new AtomicReference<>(
                new Generation(new OpenSslSessionTicketKey[] {newKey()}, nanoClock.getAsLong()));
    }

    /// Gives a new context the keys of the one before, so that tickets outlive a renewed certificate.
    void install(OpenSslSessionContext sessions) {
        sessions.setTicketKeys(current.get().keys());
    }

    void rotateIfDue(OpenSslSessionContext sessions) {
        Generation old = current.get();
        long now = nanoClock.getAsLong();
        if (now - old.bornAt() < PERIOD_NANOS) {
            return;
        }
        int kept = Math.min(old.keys().length + 1, KEPT);
        OpenSslSessionTicketKey[] keys = new OpenSslSessionTicketKey[kept];
        System.arraycopy(old.keys(), 0, keys, 1, kept - 1);
        keys[0] = newKey();
        if (current.compareAndSet(old, new Generation(keys, now))) {
            install(sessions);
        }
    }

    /// How many keys are honoured.
    int size() {
        return current.get().keys().length;
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
