package io.deltallm.codec.chat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// Reads `data:` URLs (RFC 2397) as clients really write them.
final class DataUrl {
    private static final String SCHEME = "data:";

    private DataUrl() {}

    static boolean isDataUrl(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    static Media read(String url) {
        int comma = url.indexOf(',');
        if (comma < 0) {
            return new Media.Remote(url, null);
        }
        String head = url.substring(SCHEME.length(), comma);
        String data = url.substring(comma + 1);
        boolean base64 = head.toLowerCase(Locale.ROOT).endsWith(";base64");
        int parameters = head.indexOf(';');
        String type = (parameters < 0 ? head : head.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        return new Media.Inline(type.isEmpty() ? "text/plain" : type, base64 ? standard(data) : encode(data));
    }

    /// The standard alphabet, padded, without white space.
    static String standard(String base64) {
        StringBuilder out = new StringBuilder(base64.length() + 3);
        boolean changed = base64.length() % 4 != 0;
        for (int i = 0; i < base64.length(); i++) {
            char character = base64.charAt(i);
            char fixed = character == '-' ? '+' : character == '_' ? '/' : character;
            changed |= fixed != character;
            if (Character.isWhitespace(character)) {
                changed = true;
            } else {
                out.append(fixed);
            }
        }
        if (!changed) {
            return base64;
        }
        while (out.length() % 4 != 0) {
            out.append('=');
        }
        return out.toString();
    }

    private static String encode(String percentEncoded) {
        byte[] plain;
        try {
            plain = URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            plain = percentEncoded.getBytes(StandardCharsets.UTF_8);
        }
        return Base64.getEncoder().encodeToString(plain);
    }
}
