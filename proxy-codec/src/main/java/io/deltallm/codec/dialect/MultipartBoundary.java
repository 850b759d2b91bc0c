package io.deltallm.codec.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the boundary in a `Content-Type: multipart/form-data; boundary=…` (RFC 2046 section 5.1.1).
public final class MultipartBoundary {
    private static final String PARAMETER = "boundary=";
    private static final int MAX_LENGTH = 70;

    private MultipartBoundary() {}

    /// The boundary, or null if there is none or it is not one that the RFC allows.
    public static @Nullable String of(String contentType) {
        for (String parameter : contentType.split(";", -1)) {
            String trimmed = parameter.strip();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith(PARAMETER)) {
                return checked(unquoted(trimmed.substring(PARAMETER.length())));
            }
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static @Nullable String checked(String boundary) {
        if (boundary.isEmpty() || boundary.length() > MAX_LENGTH || boundary.endsWith(" ")) {
            return null;
        }
        for (int i = 0; i < boundary.length(); i++) {
            char c = boundary.charAt(i);
            boolean allowed = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || "'()+_,-./:=? ".indexOf(c) >= 0;
            if (!allowed) {
                return null;
            }
        }
        return boundary;
    }
}
