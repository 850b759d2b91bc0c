package io.deltallm.codec.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What each of some names means, found by length first: hardly two of them are as long as each other. Immutable.
///
/// @param <T> what a name means
public final class JsonNames<T> {
    private record Entry<T>(JsonName name, T meaning) {}

    private final List<List<Entry<T>>> byLength = new ArrayList<>();
    private final T other;

    /// @param other what any other name means
    public JsonNames(Map<String, T> meanings, T other) {
        this.other = other;
        for (int length = 0; length <= JsonName.LONGEST; length++) {
            byLength.add(new ArrayList<>(2));
        }
        meanings.forEach((name, meaning) -> byLength.get(name.length()).add(new Entry<>(JsonName.of(name), meaning)));
    }

    public T meaning(JsonText text) {
        return text.cut() ? other : meaning(text.bytes(), 0, text.length());
    }

    /// Of the bytes [from, to), which need the usual slack.
    public T meaning(byte[] bytes, int from, int to) {
        if (to - from > JsonName.LONGEST) {
            return other;
        }
        List<Entry<T>> candidates = byLength.get(to - from);
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).name.matches(bytes, from, to)) {
                return candidates.get(i).meaning;
            }
        }
        return other;
    }
}
