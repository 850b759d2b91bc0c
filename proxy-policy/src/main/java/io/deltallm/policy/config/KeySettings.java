package io.deltallm.policy.config;

import org.jspecify.annotations.Nullable;

/// Who may use the gateway, as written.
///
/// @param masterKey null only where `open`
/// @param salt hashed with every key; a change of it invalidates every stored key
/// @param headerName a header for keys, besides `Authorization: Bearer`
/// @param open nobody needs a key
public record KeySettings(@Nullable Secret masterKey, Secret salt, String headerName, boolean open) {
    /// The salt where none is configured; it protects nobody, which is warned of.
    static final String DEFAULT_SALT = "change-me";

    static KeySettings of(SettingValues values) {
        return new KeySettings(
                values.secretOrNull(Setting.MASTER_KEY),
                values.secret(Setting.SALT_KEY),
                values.text(Setting.KEY_HEADER),
                values.flag(Setting.INSECURE_NO_AUTH));
    }
}
