package io.deltallm.codec.dialect;

import io.deltallm.codec.json.Swar;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Searches an event for `"usage"` followed by a colon and an opening brace; `"usage":null`, which stands in each event
/// of a stream that will state usage, is none. A hit is only a reason to look closer.
///
/// Looks for the letter g, eight bytes at a time, and then at its neighbours: of the word's letters it is the one that
/// is rare in JSON and in prose. Thread-safe, stateless.
final class UsageSearch {
    private static final byte[] WANTED = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final int RARE = 4;

    private UsageSearch() {}

    static boolean finds(ByteBuffer view, int from, int to) {
        int last = to - (WANTED.length - RARE);
        int at = Swar.indexOf(view, from + RARE, last, 'g');
        while (at < last) {
            if (matches(view, at - RARE) && statesObject(view, at - RARE + WANTED.length, to)) {
                return true;
            }
            at = Swar.indexOf(view, at + 1, last, 'g');
        }
        return false;
    }

    private static boolean matches(ByteBuffer view, int at) {
        for (int i = WANTED.length - 1; i >= 0; i--) {
            if (view.get(at + i) != WANTED[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean statesObject(ByteBuffer view, int from, int to) {
        int at = skipSpace(view, from, to);
        if (at == to || view.get(at) != ':') {
            return false;
        }
        int value = skipSpace(view, at + 1, to);
        // A line may end between the two, and the next one begin with "data:": look closer.
        return value < to && (view.get(value) == '{' || view.get(value) == 'd');
    }

    private static int skipSpace(ByteBuffer view, int from, int to) {
        int at = from;
        while (at < to && view.get(at) <= ' ' && view.get(at) > 0) {
            at++;
        }
        return at;
    }
}
