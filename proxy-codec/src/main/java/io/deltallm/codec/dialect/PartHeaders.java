package io.deltallm.codec.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// The headers of one multipart part (RFC 7578, section 4.2), read byte by byte; only the field's name is kept.
final class PartHeaders {

    /// Where the headers stand after a byte.
    enum Progress {
        /// More is to come.
        WITHIN,
        /// The blank line was read: content follows.
        ENDED,
        /// Over the limit.
        TOO_LARGE,
        /// A line ends otherwise than with CR LF.
        MALFORMED
    }

    private static final String DISPOSITION = "content-disposition:";
    private static final int USUAL_LINE = 128;

    private final int limit;
    /// Grows with the longest line: most connections never see a part.
    private byte[] line = {};
    private int length;
    private int total;
    private boolean afterReturn;
    private String name = "";

    PartHeaders(int limit) {
        this.limit = limit;
    }

    void begin() {
        length = 0;
        total = 0;
        afterReturn = false;
        name = "";
    }

    Progress accept(byte value) {
        if (++total > limit) {
            return Progress.TOO_LARGE;
        }
        if (afterReturn) {
            afterReturn = false;
            return value == '\n' ? endLine() : Progress.MALFORMED;
        }
        if (value == '\n') {
            return Progress.MALFORMED;
        }
        if (value == '\r') {
            afterReturn = true;
        } else {
            append(value);
        }
        return Progress.WITHIN;
    }

    private void append(byte value) {
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.max(USUAL_LINE, length * 2));
        }
        line[length++] = value;
    }

    private Progress endLine() {
        if (length == 0) {
            return Progress.ENDED;
        }
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        if (text.toLowerCase(Locale.ROOT).startsWith(DISPOSITION)) {
            name = parameter(text.substring(DISPOSITION.length()));
        }
        return Progress.WITHIN;
    }

    /// The `name` parameter, found by walking the parameters: a file name may well contain `; name=`.
    private static String parameter(String disposition) {
        int at = disposition.indexOf(';');
        while (at >= 0 && at < disposition.length()) {
            int equals = disposition.indexOf('=', at);
            if (equals < 0) {
                return "";
            }
            String key = disposition.substring(at + 1, equals).strip();
            StringBuilder value = new StringBuilder();
            at = value(disposition, equals + 1, value);
            if (key.equalsIgnoreCase("name")) {
                return value.toString();
            }
        }
        return "";
    }

    /// Reads a token or a quoted string; returns where the next semicolon is, or the end.
    private static int value(String text, int from, StringBuilder value) {
        int at = from;
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        if (quoted) {
            at++;
        }
        while (at < text.length() && text.charAt(at) != (quoted ? '"' : ';')) {
            if (quoted && text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        int next = text.indexOf(';', at);
        return next < 0 ? text.length() : next;
    }

    /// The field's name; empty when the part gives none.
    String name() {
        return name;
    }
}
