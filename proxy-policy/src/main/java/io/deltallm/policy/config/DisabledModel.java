package io.deltallm.policy.config;

/// An entry of `model_list` that cannot be used, and why: its key is missing, or its provider speaks no known dialect.
///
/// @param path where it is written: `model_list[2]`
public record DisabledModel(String name, String model, String reason, String path) {}
