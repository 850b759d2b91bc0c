package io.deltallm.netty.telemetry;

/// How a line's fields are written down.
public enum LineFormat {
    /// One JSON object (RFC 8259).
    JSON {
        @Override
        void open(StringBuilder line) {
            line.append('{');
        }

        @Override
        void name(StringBuilder line, String name) {
            if (line.length() > 1) {
                line.append(',');
            }
            line.append('"').append(name).append("\":");
        }

        @Override
        void openText(StringBuilder line) {
            line.append('"');
        }

        @Override
        void closeText(StringBuilder line) {
            line.append('"');
        }

        @Override
        void text(StringBuilder line, String value) {
            quote(line, value);
        }

        @Override
        void close(StringBuilder line) {
            line.append('}');
        }
    },
    /// `name=value` pairs with single spaces between them; a value that is not plain is quoted as in JSON.
    TEXT {
        @Override
        void open(StringBuilder line) {}

        @Override
        void name(StringBuilder line, String name) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(name).append('=');
        }

        @Override
        void openText(StringBuilder line) {}

        @Override
        void closeText(StringBuilder line) {}

        @Override
        void text(StringBuilder line, String value) {
            if (plain(value)) {
                line.append(value);
            } else {
                quote(line, value);
            }
        }

        @Override
        void close(StringBuilder line) {}
    };

    private static final String HEX = "0123456789abcdef";

    abstract void open(StringBuilder line);

    abstract void name(StringBuilder line, String name);

    /// Before a value that needs no escaping; [#closeText(StringBuilder)] after it.
    abstract void openText(StringBuilder line);

    abstract void closeText(StringBuilder line);

    abstract void text(StringBuilder line, String value);

    abstract void close(StringBuilder line);

    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == '=' || mustEscape(c)) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static void quote(StringBuilder line, String value) {
        line.append('"');
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (mustEscape(c)) {
                escape(line.append(value, from, i), c);
                from = i + 1;
            }
        }
        line.append(value, from, value.length()).append('"');
    }

    /// What JSON demands, and beyond it what a terminal or a line reader would act on: DEL, the C1 controls, and the line
    /// and paragraph separators.
    private static boolean mustEscape(char c) {
        return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
    }

    private static void escape(StringBuilder line, char c) {
        switch (c) {
            case '"', '\\' -> line.append('\\').append(c);
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> line.append("\\u")
                    .append(HEX.charAt(c >> 12))
                    .append(HEX.charAt(c >> 8 & 15))
                    .append(HEX.charAt(c >> 4 & 15))
                    .append(HEX.charAt(c & 15));
        }
    }
}
