package io.deltallm.codec.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Searches an event for `"usage"` followed by a colon and an opening brace; `"usage":null`, which stands in each event
/// of a stream that will state usage, is none. A hit is only a reason to look closer.
///
/// Horspool's search: looks at each seventh byte or so. Thread-safe, stateless.
final class UsageSearch {
    private static final byte[] WANTED = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST = WANTED.length - 1;
    private static final byte[] SHIFT = shifts();

    private UsageSearch() {}

    private static byte[] shifts() {
        byte[] shift = new byte[256];
        Arrays.fill(shift, (byte) WANTED.length);
        for (int i = 0; i < LAST; i++) {
            shift[WANTED[i]] = (byte) (LAST - i);
        }
        return shift;
    }

    static boolean finds(ByteBuffer view, int from, int to) {
        int at = from + LAST;
        while (at < to) {
            byte value = view.get(at);
            if (value == '"' && matches(view, at - LAST) && statesObject(view, at + 1, to)) {
                return true;
            }
            at += SHIFT[value & 0xff];
        }
        return false;
    }

    private static boolean matches(ByteBuffer view, int at) {
        for (int i = LAST - 1; i >= 0; i--) {
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
