package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;

/// Names and ids of tools as Anthropic takes them: letters, digits, `_` and `-`. Other characters of a name are written
/// as `-x2e-`, so that a reply's names are read back without remembering anything. Ids are only ever compared, so what
/// does not fit becomes `_`. Stateless.
final class ToolNames {
    /// The tool that a model without structured output is made to call: its arguments are the answer.
    static final String ANSWER = "json_output";

    static final int LONGEST = 128;

    private static final String ESCAPE = "-x";

    private ToolNames() {}

    /// The name for the provider. A client's own `json_output` is escaped too: it must not be taken for an answer.
    static String safe(String name) {
        StringBuilder out = new StringBuilder(name.length() + 5);
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (fits(character) && !(i == 0 && name.equals(ANSWER))) {
                out.append(character);
            } else {
                out.append(ESCAPE).append(Integer.toHexString(character)).append('-');
            }
        }
        return out.toString();
    }

    /// Whether the safe name is not too long.
    static boolean fits(String name) {
        return safe(name).length() <= LONGEST;
    }

    /// The client's name, from the provider's.
    static RawJson original(RawJson name) {
        String safe = name.text();
        int at = safe.indexOf(ESCAPE);
        if (at < 0) {
            return name;
        }
        StringBuilder out = new StringBuilder(safe.length());
        int copied = 0;
        while (at >= 0) {
            int end = safe.indexOf('-', at + 2);
            int character = end < 0 ? -1 : hex(safe, at + 2, end);
            if (character >= 0) {
                out.append(safe, copied, at).append((char) character);
                copied = end + 1;
            }
            at = safe.indexOf(ESCAPE, character >= 0 ? copied : at + 1);
        }
        return copied == 0 ? name : RawJson.ofText(out.append(safe, copied, safe.length()).toString());
    }

    private static int hex(String text, int from, int to) {
        if (to == from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    static String safeId(String id) {
        StringBuilder out = new StringBuilder(id);
        for (int i = 0; i < id.length(); i++) {
            if (!fits(id.charAt(i))) {
                out.setCharAt(i, '_');
            }
        }
        return out.toString();
    }

    private static boolean fits(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character == '-';
    }
}
