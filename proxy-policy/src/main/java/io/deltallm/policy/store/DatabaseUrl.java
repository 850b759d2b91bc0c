package io.deltallm.policy.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the spellings of `DATABASE_URL`. User and password may stand before the host or among the parameters; they are
/// taken out, so that what is left can be shown.
final class DatabaseUrl {
    private static final String EXPECTED = "expected: postgres://user:password@host:port/database,"
            + " postgresql://…, jdbc:postgresql://… or sqlite:path";

    private @Nullable String user;
    private @Nullable String password;
    private final List<String> parameters = new ArrayList<>();

    private DatabaseUrl() {}

    static StoreLocation parse(String url) {
        if (url.startsWith("sqlite:")) {
            return new StoreLocation.Sqlite(Path.of(sqlitePath(url.substring("sqlite:".length()))));
        }
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        URI uri;
        try {
            uri = new URI(plain);
        } catch (URISyntaxException e) {
            // The exception's own text repeats the URL, password and all.
            throw new IllegalArgumentException("the database URL is malformed at character " + e.getIndex() + ": "
                    + e.getReason() + " (special characters of a password are written as %XX; " + EXPECTED + ")");
        }
        String scheme = uri.getScheme();
        if (uri.getRawAuthority() == null || !("postgres".equals(scheme) || "postgresql".equals(scheme))) {
            throw new IllegalArgumentException(
                    "the database URL starts with \"" + scheme + ":\" (" + EXPECTED + ")");
        }
        return new DatabaseUrl().postgres(uri);
    }

    /// `sqlite:a.db`, `sqlite:///a.db` (relative) and `sqlite:////a.db` (absolute), as other tools write it.
    private static String sqlitePath(String rest) {
        return rest.startsWith("///") ? rest.substring(3) : rest;
    }

    private StoreLocation postgres(URI uri) {
        String authority = uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            readCredentials(authority.substring(0, at));
        }
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&")) {
                readParameter(parameter);
            }
        }
        String jdbcUrl = "jdbc:postgresql://" + authority.substring(at + 1) + uri.getRawPath()
                + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
        return new StoreLocation.Postgres(jdbcUrl, user, password);
    }

    private void readCredentials(String credentials) {
        int colon = credentials.indexOf(':');
        user = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
        password = colon < 0 ? null : decoded(credentials.substring(colon + 1));
    }

    private void readParameter(String parameter) {
        if (parameter.startsWith("user=")) {
            user = decoded(parameter.substring("user=".length()));
        } else if (parameter.startsWith("password=")) {
            password = decoded(parameter.substring("password=".length()));
        } else if (!parameter.isEmpty() && !parameter.startsWith("schema=")) {
            parameters.add(parameter);
        } else if (parameter.startsWith("schema=")) {
            // Prisma's spelling of what the driver calls currentSchema.
            parameters.add("currentSchema=" + parameter.substring("schema=".length()));
        }
    }

    /// A plus sign is itself in a URL's authority, not a space.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
