package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Whether a text that claims to be JSON is, in every escape and digit (RFC 8259): models make mistakes, and one wrong
/// escape in a call's arguments would spoil the whole reply they are put into. Stateless.
public final class JsonSyntax {
    private static final int MAX_DEPTH = 512;

    private JsonSyntax() {}

    /// Whether the whole text is one JSON object, well formed to its last byte.
    public static boolean isObject(String text) {
        return new Walk().over(text) >= 0;
    }

    /// Whether the whole text is one JSON value, well formed to its last byte.
    public static boolean isValue(String text) {
        return new Walk().over("{\"\":" + text + "}") == 1;
    }

    /// Counts the members of the outermost object.
    private static final class Walk implements JsonVisitor {
        private static final int BROKEN = -1;
        private int members;

        int over(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = Arrays.copyOf(utf8, utf8.length + Swar.SLACK);
            JsonWalker walker = new JsonWalker(this, MAX_DEPTH, 1);
            walker.begin();
            int end = walker.feed(bytes, 0, utf8.length);
            walker.feedTrailing(bytes, end, utf8.length);
            return walker.done() ? members : BROKEN;
        }

        @Override
        public void key(JsonWalker json) {
            members++;
        }

        @Override
        public void open(JsonWalker json, boolean object) {}

        @Override
        public void close(JsonWalker json, boolean object) {}

        @Override
        public void scalar(JsonWalker json, Kind kind) {}
    }
}
