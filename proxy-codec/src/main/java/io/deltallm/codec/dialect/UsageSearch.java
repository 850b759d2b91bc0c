package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonName;
import io.deltallm.codec.json.Swar;

/// Searches an event for `"usage"` followed by a colon and an opening brace; `"usage":null`, which stands in each event
/// of a stream that will state usage, is none. A hit is only a reason to look closer.
///
/// Looks for the quote and the `u` beside each other, eight places at a time: hardly another key begins so, and where a
/// text says "usage" its quote is escaped or its `u` does not follow one. Thread-safe, stateless.
final class UsageSearch {
    private static final JsonName WANTED = JsonName.of("\"usage\"");

    private UsageSearch() {}

    static boolean finds(byte[] bytes, int from, int to) {
        int last = to - WANTED.length();
        int at = Swar.indexOfPair(bytes, from, last, '"', 'u');
        while (at < last) {
            int behind = at + WANTED.length();
            if (WANTED.matches(bytes, at, behind) && statesObject(bytes, behind, to)) {
                return true;
            }
            at = Swar.indexOfPair(bytes, at + 1, last, '"', 'u');
        }
        return false;
    }

    private static boolean statesObject(byte[] bytes, int from, int to) {
        int at = skipSpace(bytes, from, to);
        if (at == to || bytes[at] != ':') {
            return false;
        }
        int value = skipSpace(bytes, at + 1, to);
        // A line may end between the two, and the next one begin with "data:": look closer.
        return value < to && (bytes[value] == '{' || bytes[value] == 'd');
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] <= ' ' && bytes[at] > 0) {
            at++;
        }
        return at;
    }
}
