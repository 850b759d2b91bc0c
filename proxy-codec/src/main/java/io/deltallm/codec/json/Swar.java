package io.deltallm.codec.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Looks at eight bytes at once ("SIMD within a register"): prompts and answers are mostly long strings, and whoever
/// only wants their end should not look at each byte.
///
/// Every test returns a word in which the top bit of the *lowest* matching byte is set; bits above it may be set
/// wrongly, because a borrow runs upwards. So only [#first] of a result means anything. See "Bit Twiddling Hacks",
/// haszero and hasless (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord).
///
/// Views are absolute: no method moves a position. Thread-safe, stateless.
public final class Swar {
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private Swar() {}

    /// Eight bytes at `at`, the first of them lowest.
    public static long word(ByteBuffer view, int at) {
        return (long) LONGS.get(view, at);
    }

    /// How many bytes before the first match.
    public static int first(long matches) {
        return Long.numberOfTrailingZeros(matches) >>> 3;
    }

    /// Bytes equal to `wanted`.
    public static long equal(long word, int wanted) {
        long difference = word ^ (ONES * wanted);
        return (difference - ONES) & ~difference & TOPS;
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

    /// What matters to one who only counts brackets outside strings: a quote, `[`, `]`, `{`, `}`.
    public static long bracketOrQuote(long word) {
        // Setting 0x20 makes `[` and `{` one byte, and `]` and `}` another; setting 0x06 then makes these two one:
        // 0x7b | 0x06 = 0x7d | 0x06 = 0x7f. What else ends there (`Y`, `_`, `y`, DEL …) is looked at again.
        long folded = word | (ONES * 0x26);
        return equal(folded, 0x7f) | equal(word, '"');
    }

    /// The first index in [at, to) of a quote, a backslash or a control character; `to` when there is none.
    public static int stringStop(ByteBuffer view, int at, int to) {
        int index = at;
        if (index + 8 <= to) {
            long stop = stringStop(word(view, index));
            if (stop != 0) {
                return index + first(stop);
            }
            index = skipPlain(view, index + 8, to);
        }
        for (; index + 8 <= to; index += 8) {
            long stop = stringStop(word(view, index));
            if (stop != 0) {
                return index + first(stop);
            }
        }
        while (index < to && !isStringStop(view.get(index))) {
            index++;
        }
        return index;
    }

    /// Four words a turn, as long as none has a stop.
    private static int skipPlain(ByteBuffer view, int at, int to) {
        int index = at;
        while (index + 32 <= to) {
            long stop = stringStop(word(view, index))
                    | stringStop(word(view, index + 8))
                    | stringStop(word(view, index + 16))
                    | stringStop(word(view, index + 24));
            if (stop != 0) {
                return index;
            }
            index += 32;
        }
        return index;
    }

    private static boolean isStringStop(byte value) {
        return value == '"' || value == '\\' || (value >= 0 && value < 0x20);
    }

    /// The first index in [at, to) of the byte `wanted`; `to` when there is none.
    public static int indexOf(ByteBuffer view, int at, int to, int wanted) {
        int index = at;
        for (; index + 8 <= to; index += 8) {
            long match = equal(word(view, index), wanted);
            if (match != 0) {
                return index + first(match);
            }
        }
        while (index < to && view.get(index) != wanted) {
            index++;
        }
        return index;
    }

    /// The first index in [at, to) of a quote or a bracket; `to` when there is none.
    public static int bracketOrQuote(ByteBuffer view, int at, int to) {
        int index = at;
        while (index + 8 <= to) {
            long match = bracketOrQuote(word(view, index));
            if (match == 0) {
                index += 8;
            } else {
                index += first(match);
                if (isBracketOrQuote(view.get(index))) {
                    return index;
                }
                index++;
            }
        }
        while (index < to && !isBracketOrQuote(view.get(index))) {
            index++;
        }
        return index;
    }

    private static boolean isBracketOrQuote(byte value) {
        return switch (value) {
            case '"', '[', ']', '{', '}' -> true;
            default -> false;
        };
    }
}
