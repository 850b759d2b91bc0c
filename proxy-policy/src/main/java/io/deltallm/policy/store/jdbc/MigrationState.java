package io.deltallm.policy.store.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step of the schema and whether this database has it.
///
/// @param appliedAt null while it is pending
public record MigrationState(int version, String name, @Nullable Instant appliedAt) {}
