package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Puts values that nobody expects into sound JSON, which stays sound: wrong kinds, numbers beyond all bounds, lines, deep
/// nesting, half of a character, names with escapes.
final class OddValues {
    private static final List<String> VALUES = List.of(
            "null", "7", "-1", "2147483647", "-2147483649", "99999999999999999999", "1e400", "-1e99", "0.5", "true", "\"\"",
            "\"x\"", "\"{\"", "\"\\ud83d\"", "\"a\\nb\\u0000\"", "{}", "[]", "[null]", "[[]]", "[\"a\",\"b\"]", "{\"type\":null}",
            "{\"text\":{}}", "{\n \"type\" :\r\n\t\"text\",\n\"text\":\"a\" }", "[\n{\n\"a\":1}\n]", "{\"\\u0069ndex\":1,\"a\\\\b\":2}",
            "\"{\\\"path\\\":\\\"C:\\\\q\\\"}\"", "[".repeat(400) + "]".repeat(400), "{\"index\":4000000000}");

    private final Random random = new Random(20_26);

    /// The text with one of its values replaced; the text itself where none was found at the place that was chosen.
    byte[] in(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        int colon = text.isEmpty() ? -1 : text.indexOf(':', random.nextInt(text.length()));
        int from = random.nextInt(4) == 0 && !text.isEmpty() ? text.indexOf('[', random.nextInt(text.length())) + 1 : colon + 1;
        if (from <= 0 || from >= json.length || inString(json, from)) {
            return json;
        }
        try {
            int end = new JsonCursor().over(json, from, json.length).raw().end();
            String odd = VALUES.get(random.nextInt(VALUES.size()));
            byte[] head = Arrays.copyOf(json, from);
            byte[] middle = odd.getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(head, from + middle.length + json.length - end);
            System.arraycopy(middle, 0, all, from, middle.length);
            System.arraycopy(json, end, all, from + middle.length, json.length - end);
            return all;
        } catch (JsonProblem _) {
            return json;
        }
    }

    private static boolean inString(byte[] json, int at) {
        boolean within = false;
        for (int i = 0; i < at; i++) {
            if (json[i] == '\\') {
                i++;
            } else if (json[i] == '"') {
                within = !within;
            }
        }
        return within;
    }
}
