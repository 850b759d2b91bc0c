package io.deltallm.codec.dialect.gemini;

/// Names as Google writes them: its JSON takes `max_output_tokens` for `maxOutputTokens`
/// (https://protobuf.dev/programming-guides/json/). Stateless.
final class CamelCase {

    private CamelCase() {}

    static String of(String name) {
        if (name.indexOf('_', 1) < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            boolean joint = character == '_' && i > 0 && i + 1 < name.length();
            camel.append(joint ? Character.toUpperCase(name.charAt(++i)) : character);
        }
        return camel.toString();
    }
}
