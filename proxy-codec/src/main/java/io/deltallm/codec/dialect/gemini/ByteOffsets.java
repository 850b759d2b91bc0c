package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import java.util.Arrays;

/// Where the characters of an answer stand in its UTF-8: Google counts in bytes where others count in characters. Keeps
/// not the text but its runs of characters that are equally long, of which ASCII is one. Confined to one answer.
final class ByteOffsets {
    private int runs;
    private long[] firstBytes = {};
    private long[] firstCharacters = {};
    private int[] widths = {};
    private long bytes;
    private long characters;

    /// The answer goes on.
    ///
    /// @param text a JSON string
    void add(RawJson text) {
        byte[] json = text.bytes();
        int end = text.end() - 1;
        for (int at = text.start() + 1; at < end; ) {
            int width = json[at] == '\\' ? escapedWidth(json, at, end) : width(json[at]);
            at += json[at] != '\\' ? Math.max(width, 1) : json[at + 1] == 'u' ? 6 : 2;
            if (width > 0) {
                take(width);
            }
        }
    }

    private void take(int width) {
        if (runs == 0 || widths[runs - 1] != width) {
            begin(width);
        }
        bytes += width;
        characters++;
    }

    private void begin(int width) {
        if (runs == widths.length) {
            int more = Math.max(4, 2 * runs);
            firstBytes = Arrays.copyOf(firstBytes, more);
            firstCharacters = Arrays.copyOf(firstCharacters, more);
            widths = Arrays.copyOf(widths, more);
        }
        firstBytes[runs] = bytes;
        firstCharacters[runs] = characters;
        widths[runs++] = width;
    }

    /// By the first byte of a character.
    private static int width(byte first) {
        if (first >= 0) {
            return 1;
        }
        int leading = Integer.numberOfLeadingZeros(~(first << 24));
        return Math.clamp(leading, 1, 4);
    }

    /// 0 for the second half of a character in two escapes: the first counts for both.
    private static int escapedWidth(byte[] json, int at, int end) {
        if (json[at + 1] != 'u' || at + 6 > end) {
            return 1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = unit << 4 | Character.digit(json[i], 16);
        }
        if (Character.isSurrogate((char) unit)) {
            return Character.isHighSurrogate((char) unit) ? 4 : 0;
        }
        return unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }

    /// The characters before a byte. What stands behind all that was added is taken for ASCII.
    long characters(long offset) {
        if (offset >= bytes) {
            return characters + (offset - bytes);
        }
        int found = Arrays.binarySearch(firstBytes, 0, runs, offset);
        int run = found >= 0 ? found : -found - 2;
        return run < 0 ? offset : firstCharacters[run] + (offset - firstBytes[run]) / widths[run];
    }
}
