package io.deltallm.policy.config;

import io.deltallm.policy.store.StoreLocation;
import java.nio.file.Path;

/// What single values cannot show: settings that need or exclude one another.
final class SettingChecks {
    private SettingChecks() {}

    static void check(SettingValues values, Overrides overrides, Problems problems) {
        masterKey(values, problems);
        if (overrides.demo() == null && values.secret(Setting.SALT_KEY).reveal().equals(KeySettings.DEFAULT_SALT)) {
            problems.warn(Setting.SALT_KEY.path(), "not set, so stored key hashes are protected by a salt everybody knows"
                    + " (expected: DELTALLM_SALT_KEY or general.salt_key, a random text that never changes)");
        }
        database(values, problems);
        tls(values, problems);
        String strategy = values.text(Setting.ROUTING_STRATEGY);
        if (!RoutingStrategy.works(strategy)) {
            problems.warn(Setting.ROUTING_STRATEGY.path(), strategy + " does not exist yet; it acts as simple-shuffle");
        }
    }

    private static void masterKey(SettingValues values, Problems problems) {
        boolean open = values.flag(Setting.INSECURE_NO_AUTH);
        if (open) {
            problems.warn(Setting.INSECURE_NO_AUTH.path(), "everybody may use this gateway without a key");
        } else if (values.value(Setting.MASTER_KEY) == null) {
            problems.error(Setting.MASTER_KEY.path(), "missing (expected: general.master_key, general_settings.master_key or"
                    + " DELTALLM_MASTER_KEY; or --insecure-no-auth to let everybody in)");
        }
    }

    private static void database(SettingValues values, Problems problems) {
        Secret url = values.secretOrNull(Setting.DATABASE_URL);
        if (url != null) {
            try {
                StoreLocation.of(url.reveal(), Path.of(values.text(Setting.DATABASE_PATH)));
            } catch (IllegalArgumentException e) {
                problems.error(Setting.DATABASE_URL.path(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static void tls(SettingValues values, Problems problems) {
        boolean cert = values.value(Setting.TLS_CERT_FILE) != null;
        boolean key = values.value(Setting.TLS_KEY_FILE) != null;
        boolean asked = values.flag(Setting.TLS_ENABLED) && !values.source(Setting.TLS_ENABLED).equals(SettingValues.DEFAULT);
        if (cert != key || (asked && !cert)) {
            Setting missing = cert ? Setting.TLS_KEY_FILE : Setting.TLS_CERT_FILE;
            problems.error(missing.path(), "missing (expected: a PEM file, since TLS needs both a certificate and its key)");
        }
        boolean clientAuth = !values.text(Setting.TLS_CLIENT_AUTH).equals("none");
        if (clientAuth && values.value(Setting.TLS_CLIENT_CA_FILE) == null) {
            problems.error(Setting.TLS_CLIENT_CA_FILE.path(), "missing (expected: a PEM file of the authorities that sign client"
                    + " certificates, since server.tls.client_auth asks for them)");
        }
    }
}
