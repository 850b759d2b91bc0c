package io.deltallm.policy.store;

import org.jspecify.annotations.Nullable;

/// On whose behalf a key acts; ids of the user, team and organisation as their own systems know them.
public record KeyOwner(@Nullable String userId, @Nullable String teamId, @Nullable String orgId) {
    public static final KeyOwner NOBODY = new KeyOwner(null, null, null);
}
