package io.deltallm.codec.http;

import io.deltallm.codec.json.Swar;
import java.util.Arrays;
import java.util.function.Predicate;

/// Finds the [HeaderName] of some bytes: an open-addressed table over a hash that ignores case. No allocation.
///
/// Names are hashed and compared eight bytes at a time, with the bit set that parts upper from lower case. That bit also
/// parts `-` and digits from control characters, which no field name has: what is asked for must be one.
final class HeaderNames {
    private static final int SLOTS = 512;
    private static final int WORDS = 4;
    private static final long CASE = 0x2020202020202020L;
    private static final HeaderName[] TABLE = new HeaderName[SLOTS];

    /// The names' bytes as words, at their ordinals.
    private static final long[] SPELLINGS = new long[HeaderName.count() * WORDS];

    static {
        if (HeaderName.count() > 64) {
            throw new IllegalStateException("a head's bit set holds 64 names, not " + HeaderName.count());
        }
        for (int i = 0; i < HeaderName.count(); i++) {
            add(HeaderName.at(i));
        }
    }

    private HeaderNames() {}

    private static void add(HeaderName name) {
        int length = name.bytes().length;
        if (length > WORDS * 8) {
            throw new IllegalStateException(name.lowerCase() + " is longer than " + WORDS * 8 + " characters");
        }
        byte[] padded = Arrays.copyOf(name.bytes(), WORDS * 8 + Swar.SLACK);
        for (int i = 0; i < WORDS; i++) {
            SPELLINGS[name.ordinal() * WORDS + i] = word(padded, i * 8, length);
        }
        int slot = slot(padded, 0, length);
        while (TABLE[slot] != null) {
            slot = slot + 1 & SLOTS - 1;
        }
        TABLE[slot] = name;
    }

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

    /// The ordinal of the known name that stands in `bytes`, or -1. Needs the slack of [Swar#SLACK].
    static int find(byte[] bytes, int start, int end) {
        int slot = slot(bytes, start, end);
        while (true) {
            HeaderName name = TABLE[slot];
            if (name == null) {
                return -1;
            }
            if (matches(name, bytes, start, end)) {
                return name.ordinal();
            }
            slot = slot + 1 & SLOTS - 1;
        }
    }

    private static boolean matches(HeaderName name, byte[] bytes, int start, int end) {
        if (name.bytes().length != end - start) {
            return false;
        }
        int spelling = name.ordinal() * WORDS;
        for (int at = start; at < end; at += 8) {
            if (SPELLINGS[spelling++] != word(bytes, at, end)) {
                return false;
            }
        }
        return true;
    }

    /// Of the first word, the last and the length.
    private static int slot(byte[] bytes, int start, int end) {
        long last = word(bytes, Math.max(start, end - 8), end);
        long hash = (word(bytes, start, end) * 31 + last + (end - start)) * 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 40) & SLOTS - 1;
    }

    /// The bytes [at, end) as far as they fit, in lower case, zeros behind them.
    private static long word(byte[] bytes, int at, int end) {
        return at >= end ? 0 : Swar.head(Swar.word(bytes, at) | CASE, end - at);
    }
}
