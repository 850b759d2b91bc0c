package io.deltallm.policy.store;

/// A fresh key, to be shown once, and the record to be kept.
public record IssuedKey(String key, KeyRecord keyRecord) {
    /// Leaves the key out: it must not get into a log by accident.
    @Override
    public String toString() {
        return "IssuedKey[" + keyRecord.id() + "]";
    }
}
