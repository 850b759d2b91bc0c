package io.deltallm.policy.config;

/// A value that must not be seen: `toString` shows `***`, so that no log, message or printed record can leak it.
///
/// @param reveal the value itself; call it only where it is used
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
