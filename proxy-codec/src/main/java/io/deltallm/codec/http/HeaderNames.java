package io.deltallm.codec.http;

import java.util.function.Predicate;

/// Finds the [HeaderName] of some bytes: an open-addressed table over a hash that ignores case. No allocation.
final class HeaderNames {
    private static final int SLOTS = 512;
    private static final HeaderName[] TABLE = new HeaderName[SLOTS];

    static {
        if (HeaderName.count() > 64) {
            throw new IllegalStateException("a head's bit set holds 64 names, not " + HeaderName.count());
        }
        for (int i = 0; i < HeaderName.count(); i++) {
            HeaderName name = HeaderName.at(i);
            int slot = slot(hash(name.bytes(), 0, name.bytes().length));
            while (TABLE[slot] != null) {
                slot = slot + 1 & SLOTS - 1;
            }
            TABLE[slot] = name;
        }
    }

    private HeaderNames() {}

    /// The set of names that are such, one bit a name.
    static long mask(Predicate<HeaderName> such) {
        long mask = 0;
        for (int i = 0; i < HeaderName.count(); i++) {
            if (such.test(HeaderName.at(i))) {
                mask |= 1L << i;
            }
        }
        return mask;
    }

    static int hash(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + (bytes[i] | 0x20);
        }
        return hash;
    }

    /// The ordinal of the known name that stands in `bytes`, or -1.
    static int find(byte[] bytes, int start, int end, int hash) {
        int slot = slot(hash);
        while (true) {
            HeaderName name = TABLE[slot];
            if (name == null) {
                return -1;
            }
            if (matches(name.bytes(), bytes, start, end)) {
                return name.ordinal();
            }
            slot = slot + 1 & SLOTS - 1;
        }
    }

    private static boolean matches(byte[] lowerCase, byte[] bytes, int start, int end) {
        if (lowerCase.length != end - start) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lowerCase[i] != Ascii.lower(bytes[start + i])) {
                return false;
            }
        }
        return true;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 15) & SLOTS - 1;
    }
}
