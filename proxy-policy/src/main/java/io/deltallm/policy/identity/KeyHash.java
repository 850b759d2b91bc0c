package io.deltallm.policy.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The SHA-256 of a salted key: the only form in which keys are kept, compared and looked up.
/// Equality is a fixed number of word comparisons; what is compared is already a digest, so timing tells nothing of a key.
public record KeyHash(long a, long b, long c, long d) {
    private static final int BYTES = 32;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// Reads a digest of 32 bytes.
    public static KeyHash of(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("a key hash has 32 bytes, not " + digest.length);
        }
        return new KeyHash(
                (long) LONGS.get(digest, 0),
                (long) LONGS.get(digest, 8),
                (long) LONGS.get(digest, 16),
                (long) LONGS.get(digest, 24));
    }

    /// @throws IllegalArgumentException unless it is 64 hexadecimal digits
    public static KeyHash fromHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public String toHex() {
        return HexFormat.of().formatHex(toBytes());
    }

    public byte[] toBytes() {
        byte[] digest = new byte[BYTES];
        LONGS.set(digest, 0, a);
        LONGS.set(digest, 8, b);
        LONGS.set(digest, 16, c);
        LONGS.set(digest, 24, d);
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash that && ((a ^ that.a) | (b ^ that.b) | (c ^ that.c) | (d ^ that.d)) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
