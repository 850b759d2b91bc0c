package io.deltallm.policy.config;

import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.identity.KeyHasher;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who may use the gateway, as the request path needs it.
///
/// @param masterKey null only where `open`
/// @param headerName a header for keys, in lower case, besides `Authorization: Bearer`
/// @param open nobody needs a key
public record AuthSettings(@Nullable KeyHash masterKey, String headerName, boolean open) {
    public AuthSettings {
        headerName = headerName.toLowerCase(Locale.ROOT);
    }

    static AuthSettings of(KeySettings keys) {
        Secret master = keys.masterKey();
        KeyHash hash = master == null ? null : new KeyHasher(keys.salt().reveal()).hash(master.reveal());
        return new AuthSettings(hash, keys.headerName(), keys.open());
    }
}
