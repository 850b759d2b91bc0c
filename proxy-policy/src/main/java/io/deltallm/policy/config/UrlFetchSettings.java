package io.deltallm.policy.config;

import io.deltallm.policy.egress.AddressGuard;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/// Where the gateway fetches media from for providers that cannot.
///
/// @param allowPrivate whether addresses that are not on the public internet may be fetched from
/// @param allowedHosts hosts that may be fetched from whatever their address
public record UrlFetchSettings(boolean allowPrivate, List<String> allowedHosts) {

    public UrlFetchSettings {
        allowedHosts =
                allowedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    static UrlFetchSettings of(SettingValues values) {
        return new UrlFetchSettings(
                values.flag(Setting.URL_FETCH_ALLOW_PRIVATE),
                values.value(Setting.URL_FETCH_ALLOWED_HOSTS) == null
                        ? List.of()
                        : values.words(Setting.URL_FETCH_ALLOWED_HOSTS));
    }

    /// Whether a URL of a request may lead to this address of its host.
    public boolean allows(String host, InetAddress address) {
        return allowPrivate
                || allowedHosts.contains(host.toLowerCase(Locale.ROOT))
                || AddressGuard.isPublic(address);
    }
}
