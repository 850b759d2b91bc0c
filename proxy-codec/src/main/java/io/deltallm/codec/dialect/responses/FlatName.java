package io.deltallm.codec.dialect.responses;

import org.jspecify.annotations.Nullable;

/// Names of tools where there are no namespaces: the same for a tool and for the calls of it in the history. Stateless.
final class FlatName {
    private static final String BORDER = "__";
    private static final int LONGEST = 64;
    private static final int KEPT = 52;

    private FlatName() {}

    static String of(@Nullable String namespace, String name) {
        if (namespace == null || namespace.isEmpty()) {
            return name;
        }
        String flat = namespace.endsWith("_") ? namespace + name : namespace + BORDER + name;
        return flat.length() <= LONGEST ? flat : flat.substring(0, KEPT) + "_" + Integer.toHexString(flat.hashCode());
    }
}
