package io.deltallm.codec.json;

import java.util.Arrays;

/// Where in its text a [JsonCursor] stands: within which members and elements.
abstract sealed class JsonPlace permits JsonScan {
    private static final int MAX_DEPTH = 512;
    private static final int LONGEST_NAME_SHOWN = 64;
    private static final int LONGEST_PATH_SHOWN = 512;

    int depth;
    String[] names = new String[16];
    /// Elements begun in an array; -1 at the start of an object, -2 within one.
    int[] counts = new int[16];

    final void push(int count) {
        if (depth == MAX_DEPTH - 1) {
            throw problem("is nested too deeply");
        }
        depth++;
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
        }
        counts[depth] = count;
    }

    final void pop() {
        depth--;
    }

    /// Where the value stands that is read, for messages: `messages[2].content`.
    public String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 1; i <= depth; i++) {
            if (counts[i] >= 0) {
                path.append('[').append(Math.max(0, counts[i] - 1)).append(']');
            } else if (counts[i] == -2) {
                path.append(path.isEmpty() ? "" : ".").append(shortened(names[i], LONGEST_NAME_SHOWN));
            }
        }
        return shortened(path.toString(), LONGEST_PATH_SHOWN);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    /// That this value is not what its reader needs.
    public JsonProblem problem(String what) {
        return new JsonProblem(path(), what);
    }
}
