package io.deltallm.codec.json;

import java.util.Arrays;
import java.util.Random;

/// Makes JSON documents, and damages them. The same seed makes the same documents.
public final class RandomJson {
    private static final String[] STRINGS = {
        "", "a", "model", "text with spaces", "\\n", "\\\"", "\\\\", "\\u00e9", "\\u20AC", "ü", "😀", "{", "]", ",", ":",
        "a long string that spans more than one word of eight bytes \\t and goes on", "\\/", "\"usage\"".replace("\"", "\\\"")
    };
    private static final String[] NUMBERS = {"0", "-0", "1", "42", "-17", "0.5", "1e9", "1E-2", "-3.25e+2", "1234567890123"};
    private static final String DAMAGE = "{}[]:,\"\\0e.-+ tn\u0001x\n";

    private final Random random;

    public RandomJson(Random random) {
        this.random = random;
    }

    public String object(int depth) {
        StringBuilder out = new StringBuilder();
        object(out, depth);
        return out.toString();
    }

    private void object(StringBuilder out, int depth) {
        out.append(space()).append('{').append(space());
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            // Another name each: which of two equal ones counts is not what is tested here.
            out.append(i == 0 ? "" : ",").append(space()).append('"').append(pick(STRINGS)).append(i).append('"');
            out.append(space()).append(':');
            value(out, depth);
        }
        out.append('}').append(space());
    }

    private void array(StringBuilder out, int depth) {
        out.append('[').append(space());
        int elements = random.nextInt(4);
        for (int i = 0; i < elements; i++) {
            out.append(i == 0 ? "" : ",");
            value(out, depth);
        }
        out.append(']');
    }

    private void value(StringBuilder out, int depth) {
        out.append(space());
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0, 1 -> out.append('"').append(pick(STRINGS)).append('"');
            case 2 -> out.append(pick(NUMBERS));
            case 3 -> out.append(random.nextBoolean());
            case 4 -> out.append("null");
            case 5 -> object(out, depth - 1);
            default -> array(out, depth - 1);
        }
        out.append(space());
    }

    private String space() {
        return switch (random.nextInt(8)) {
            case 0 -> " ";
            case 1 -> "\r\n\t";
            default -> "";
        };
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /// Replaces, removes, inserts or cuts; touches ASCII only, so that the text stays UTF-8.
    public static byte[] mutate(byte[] document, Random random) {
        int at = random.nextInt(document.length);
        byte damage = (byte) DAMAGE.charAt(random.nextInt(DAMAGE.length()));
        byte[] copy = document.clone();
        if (document[at] < 0) {
            return copy;
        }
        switch (random.nextInt(4)) {
            case 0 -> copy[at] = damage;
            case 1 -> {
                copy = Arrays.copyOf(document, document.length - 1);
                System.arraycopy(document, at + 1, copy, at, document.length - at - 1);
            }
            case 2 -> {
                copy = Arrays.copyOf(document, document.length + 1);
                System.arraycopy(document, at, copy, at + 1, document.length - at);
                copy[at] = damage;
            }
            default -> copy = Arrays.copyOf(document, at);
        }
        return copy;
    }
}
