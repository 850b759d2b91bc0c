package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A name to compare keys with, of at most 24 ASCII characters: as words, so that a key is compared in one step or two.
/// A record, whose fields the compiler may take for constants.
///
/// @param first the first eight bytes, zeros behind the end; `second` and `third` are the next
public record JsonName(int length, long first, long second, long third) {
    static final int LONGEST = 24;

    public static JsonName of(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException(ascii + " is longer than " + LONGEST + " characters");
        }
        byte[] words = ByteBlock.slack(Arrays.copyOf(bytes, LONGEST));
        return new JsonName(bytes.length, Swar.word(words, 0), Swar.word(words, 8), Swar.word(words, 16));
    }

    /// Whether it is what stands in [from, to). Needs no slack for what is shorter than itself.
    public boolean matches(byte[] bytes, int from, int to) {
        return to - from == length
                && Swar.head(Swar.word(bytes, from), length) == first
                && (length <= 8 || Swar.head(Swar.word(bytes, from + 8), length - 8) == second)
                && (length <= 16 || Swar.head(Swar.word(bytes, from + 16), length - 16) == third);
    }
}
