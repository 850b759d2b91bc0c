package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Where two JSON values differ: `-/a/b` is in the first only, `+/a/b` in the second only, `~/a/b` is another value there.
/// Elements of arrays are set against each other so that as many as possible are equal.
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    static List<String> between(JsonNode first, JsonNode second) {
        Differences differences = new Differences();
        differences.compare(first, second, "", "");
        return differences.found;
    }

    private void compare(JsonNode first, JsonNode second, String inFirst, String inSecond) {
        if (second.isMissingNode()) {
            found.add("-" + inFirst);
        } else if (first.isMissingNode()) {
            found.add("+" + inSecond);
        } else if (first.isObject() && second.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            first.fieldNames().forEachRemaining(names::add);
            second.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    compare(first.path(name), second.path(name), inFirst + "/" + name, inSecond + "/" + name));
        } else if (first.isArray() && second.isArray()) {
            elements(first, second, inFirst, inSecond);
        } else if (!sameScalar(first, second)) {
            found.add("~" + inFirst);
        }
    }

    private static boolean same(JsonNode first, JsonNode second) {
        return between(first, second).isEmpty();
    }

    /// Numbers are what they are worth.
    private static boolean sameScalar(JsonNode first, JsonNode second) {
        boolean numbers = first.isNumber() && second.isNumber();
        return numbers ? first.decimalValue().compareTo(second.decimalValue()) == 0 : first.equals(second);
    }

    private void elements(JsonNode first, JsonNode second, String inFirst, String inSecond) {
        int[][] common = common(first, second);
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            int best = common[i][j];
            boolean both = i < first.size() && j < second.size();
            boolean pair = both && (common[i + 1][j + 1] + (same(first.get(i), second.get(j)) ? 1 : 0)) >= best;
            boolean surplus = !pair && i < first.size() && common[i + 1][j] == best;
            boolean missing = !pair && !surplus;
            compare(
                    missing ? MissingNode.getInstance() : first.get(i),
                    surplus ? MissingNode.getInstance() : second.get(j),
                    inFirst + "/" + i,
                    inSecond + "/" + j);
            i += missing ? 0 : 1;
            j += surplus ? 0 : 1;
        }
    }

    /// How many elements from there on can be equal, in order.
    private static int[][] common(JsonNode first, JsonNode second) {
        int[][] common = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                common[i][j] = same(first.get(i), second.get(j)) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
