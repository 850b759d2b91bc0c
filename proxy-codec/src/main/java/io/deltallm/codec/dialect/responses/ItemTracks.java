package io.deltallm.codec.dialect.responses;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items of a streamed reply by their place in it. Events mostly go on with the item of the event before, which is found
/// without a look into the map. Confined to one reply.
final class ItemTracks {
    private final Map<Integer, ItemTrack> byIndex = new HashMap<>();
    /// Of the event before.
    private @Nullable ItemTrack current;
    private @Nullable ItemTrack last;

    boolean isEmpty() {
        return last == null;
    }

    /// A new item, even where there was one at this place.
    ItemTrack begin(int index) {
        ItemTrack begun = new ItemTrack(index);
        byIndex.put(index, begun);
        current = begun;
        last = begun;
        return begun;
    }

    /// The item at this place, or a new one. An event that does not say its place ([EventFields#UNSAID]) is about the item that
    /// began last.
    ItemTrack at(int index) {
        ItemTrack known = index == EventFields.UNSAID ? last : known(index);
        if (known == null) {
            return begin(index);
        }
        current = known;
        return known;
    }

    private @Nullable ItemTrack known(int index) {
        return current != null && current.index == index ? current : byIndex.get(index);
    }
}
