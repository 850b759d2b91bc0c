package io.deltallm.codec.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What each of some names means, found by length first: hardly two of them are as long as each other. Immutable.
///
/// @param <T> what a name means
public final class JsonNames<T> {
    /// By length; `starts` says where those of a length begin.
    private final JsonName[] names;

    private final int[] starts = new int[JsonName.LONGEST + 2];
    private final List<T> meanings = new ArrayList<>();
    private final T other;

    /// @param other what any other name means
    public JsonNames(Map<String, T> meaningsByName, T other) {
        this.other = other;
        names = new JsonName[meaningsByName.size()];
        List<Map.Entry<String, T>> sorted = new ArrayList<>(meaningsByName.entrySet());
        sorted.sort(Comparator.comparingInt(entry -> entry.getKey().length()));
        for (Map.Entry<String, T> entry : sorted) {
            names[meanings.size()] = JsonName.of(entry.getKey());
            meanings.add(entry.getValue());
            for (int length = entry.getKey().length() + 1; length < starts.length; length++) {
                starts[length]++;
            }
        }
    }

    public T meaning(JsonText text) {
        return text.cut() ? other : meaning(text.bytes(), 0, text.length());
    }

    /// Of the bytes [from, to), which need the usual slack.
    public T meaning(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > JsonName.LONGEST) {
            return other;
        }
        for (int i = starts[length]; i < starts[length + 1]; i++) {
            if (names[i].matches(bytes, from, to)) {
                return meanings.get(i);
            }
        }
        return other;
    }
}
