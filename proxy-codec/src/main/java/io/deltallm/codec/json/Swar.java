package io.deltallm.codec.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at eight bytes at once ("SIMD within a register"): prompts and answers are mostly long strings, and whoever
/// only wants their end should not look at each byte.
///
/// Every test returns a word in which the top bit of the *lowest* matching byte is set; bits above it may be set
/// wrongly, because a borrow runs upwards. So only [#first] of a result means anything, and whether it is zero. See
/// "Bit Twiddling Hacks", haszero and hasless (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord).
///
/// Searches have no tail: they read whole words and may look at up to [#SLACK] bytes behind `to`, which have to be
/// there and may hold anything. [ByteBlock] makes such arrays. Thread-safe, stateless.
public final class Swar {
    /// How many bytes have to be readable behind the end of what is searched.
    public static final int SLACK = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private Swar() {}

    /// Eight bytes at `at`, the first of them lowest.
    public static long word(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void putWord(byte[] bytes, int at, long word) {
        LONGS.set(bytes, at, word);
    }

    /// The first `count` bytes of a word, zeros behind them.
    static long head(long word, int count) {
        if (count >= 8) {
            return word;
        }
        return count <= 0 ? 0 : word & ((1L << (count << 3)) - 1);
    }

    /// How many bytes before the first match.
    public static int first(long matches) {
        return Long.numberOfTrailingZeros(matches) >>> 3;
    }

    private static long zero(long word) {
        return (word - ONES) & ~word & TOPS;
    }

    /// Bytes equal to `wanted`.
    public static long equal(long word, int wanted) {
        return zero(word ^ (ONES * wanted));
    }

    /// What ends a run of plain string bytes: a quote, a backslash, or a control character.
    public static long stringStop(long word) {
        // Flipping 0x02 turns the quote (0x22) into 0x20 and keeps the controls below 0x20 among themselves, while the
        // space goes up to 0x22: one "below 0x21" finds both.
        long flipped = word ^ (ONES * 0x02);
        long backslash = word ^ (ONES * '\\');
        return (((flipped - ONES * 0x21) & ~flipped) | ((backslash - ONES) & ~backslash)) & TOPS;
    }

    /// Control characters, line ends among them.
    public static long control(long word) {
        return (word - ONES * 0x20) & ~word & TOPS;
    }

    /// What matters to one who only counts brackets outside strings: a quote, `[`, `]`, `{`, `}`. Finds a few others too
    /// (`Y`, `_`, `y`, DEL), which are rare there: look again.
    static long bracketOrQuote(long word) {
        // Setting 0x20 makes `[` and `{` one byte, and `]` and `}` another; setting 0x06 then makes these two one:
        // 0x7b | 0x06 = 0x7d | 0x06 = 0x7f.
        return equal(word | (ONES * 0x26), 0x7f) | equal(word, '"');
    }

    /// The first index in [at, to) of a quote, a backslash or a control character; `to` when there is none.
    public static int stringStop(byte[] bytes, int at, int to) {
        int index = at;
        while (index < to) {
            long stop = stringStop(word(bytes, index));
            if (stop != 0) {
                return Math.min(index + first(stop), to);
            }
            index += 8;
        }
        return to;
    }

    /// The first index in [at, to) of the byte `wanted`; `to` when there is none.
    public static int indexOf(byte[] bytes, int at, int to, int wanted) {
        int index = at;
        while (index < to) {
            long match = equal(word(bytes, index), wanted);
            if (match != 0) {
                return Math.min(index + first(match), to);
            }
            index += 8;
        }
        return to;
    }

    /// The first index in [at, to) where `first` and `second` stand beside each other, though `second` may be looked for
    /// behind `to`; `to` when there is none. A pair costs hardly more than one byte and is much rarer.
    public static int indexOfPair(byte[] bytes, int at, int to, int first, int second) {
        long firsts = ONES * first;
        long seconds = ONES * second;
        int index = at;
        while (index < to) {
            long match = zero((word(bytes, index) ^ firsts) | (word(bytes, index + 1) ^ seconds));
            if (match != 0) {
                return Math.min(index + first(match), to);
            }
            index += 8;
        }
        return to;
    }

    /// The first index in [at, to) of a quote or a bracket; `to` when there is none.
    public static int bracketOrQuote(byte[] bytes, int at, int to) {
        int index = at;
        while (index < to) {
            long match = bracketOrQuote(word(bytes, index));
            if (match == 0) {
                index += 8;
            } else {
                index += first(match);
                if (index < to && isBracketOrQuote(bytes[index])) {
                    return index;
                }
                index++;
            }
        }
        return to;
    }

    private static boolean isBracketOrQuote(byte value) {
        return switch (value) {
            case '"', '[', ']', '{', '}' -> true;
            default -> false;
        };
    }
}
