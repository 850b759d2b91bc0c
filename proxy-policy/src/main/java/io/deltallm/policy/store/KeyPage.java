package io.deltallm.policy.store;

import java.util.List;

/// Some of the keys, newest first.
///
/// @param total how many there are in all
public record KeyPage(List<KeyRecord> keys, long total) {
    public KeyPage {
        keys = List.copyOf(keys);
    }
}
