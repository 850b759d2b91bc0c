package io.deltallm.codec.dialect.replicate;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What of the addresses that a prediction names is believed. A reply must not decide where a key goes, nor what inside a
/// private network is called: of an address at the provider only the path counts, and a stream may stand at the provider's
/// own host or, where that is Replicate itself, at another host of Replicate's over TLS.
final class PredictionUrls {
    /// Streams are served from `stream.replicate.com` and below `svc.<region>.c.replicate.net`.
    private static final List<String> DOMAINS = List.of(".replicate.com", ".replicate.net");

    private PredictionUrls() {}

    /// The path of an address; null if there is none.
    static @Nullable String path(@Nullable String url) {
        URI uri = parsed(url);
        String path = uri == null ? null : uri.getRawPath();
        return path == null || !path.startsWith("/") ? null : path;
    }

    /// The address of a stream; null if it may not be followed.
    ///
    /// @param base the provider's base URL
    static @Nullable URI stream(@Nullable String url, URI base) {
        URI uri = parsed(url);
        if (uri == null || uri.getHost() == null || uri.getRawUserInfo() != null || path(url) == null) {
            return null;
        }
        return sameHost(uri, base) || (isReplicates(base) && isReplicates(uri)) ? uri : null;
    }

    private static @Nullable URI parsed(@Nullable String url) {
        try {
            // What is no ASCII would not survive in a request's first line.
            return url == null ? null : URI.create(URI.create(url).toASCIIString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean sameHost(URI uri, URI base) {
        return uri.getHost().equalsIgnoreCase(base.getHost())
                && base.getScheme().equalsIgnoreCase(uri.getScheme());
    }

    private static boolean isReplicates(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(uri.getScheme())
                && uri.getPort() < 0
                && DOMAINS.stream().anyMatch(host::endsWith);
    }
}
