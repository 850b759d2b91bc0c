package io.deltallm.policy.config;

import java.time.Duration;
import java.util.List;

/// What browsers are told about requests from other origins. Credentials are never allowed.
///
/// @param allowedOrigins exact origins, or `*` for all
/// @param allowedMethods answered to a preflight
/// @param allowedHeaders answered to a preflight; `*` echoes what was asked for
/// @param maxAge how long a browser may remember the answer to a preflight
public record CorsSettings(
        List<String> allowedOrigins, List<String> allowedMethods, List<String> allowedHeaders, Duration maxAge) {

    public CorsSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedMethods = List.copyOf(allowedMethods);
        allowedHeaders = List.copyOf(allowedHeaders);
    }

    public boolean anyOrigin() {
        return allowedOrigins.contains("*");
    }

    static CorsSettings of(SettingValues values) {
        return new CorsSettings(
                values.words(Setting.CORS_ORIGINS),
                values.words(Setting.CORS_METHODS),
                values.words(Setting.CORS_HEADERS),
                values.span(Setting.CORS_MAX_AGE));
    }
}
