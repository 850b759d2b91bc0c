package io.deltallm.netty.media;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A URL that media are fetched from.
///
/// @param host without the brackets of an IPv6 address
/// @param target path and query, still percent-encoded
record MediaUrl(URI uri, String host, int port, boolean tls, String target) {
    private static final int SHOWN = 100;

    static MediaUrl of(String text) throws MediaProblem {
        try {
            return of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw new MediaProblem("the URL " + shown(text) + ", which is none (expected: https://…)");
        }
    }

    private static MediaUrl of(URI uri) throws MediaProblem {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (!(scheme.equals("http") || scheme.equals("https")) || host == null || uri.getUserInfo() != null) {
            throw new MediaProblem("the URL " + shown(withoutSecrets(uri, host)) + " (expected: https://host/path)");
        }
        boolean tls = scheme.equals("https");
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new MediaUrl(
                uri,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80,
                tls,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    private static String withoutSecrets(URI uri, @Nullable String host) {
        return uri.getScheme() + "://" + (host == null ? "…" : host);
    }

    /// As it stands in `Host`.
    String authority() {
        String bare = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return uri.getPort() >= 0 ? bare + ":" + port : bare;
    }

    MediaUrl redirected(String location) throws MediaProblem {
        try {
            return of(uri.resolve(new URI(location)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw problem("redirects to what is no URL");
        }
    }

    MediaProblem problem(String what) {
        return new MediaProblem("a URL whose host " + host + " " + what);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
