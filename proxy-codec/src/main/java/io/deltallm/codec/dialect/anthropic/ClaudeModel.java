package io.deltallm.codec.dialect.anthropic;

import java.util.Locale;
import java.util.Set;

/// What a model takes, read from its name, wherever it is served: `claude-3-7-sonnet@20250219`,
/// `us.anthropic.claude-haiku-4-5-20251001-v1:0`, `anthropic/claude-opus-4.7`. Others' models behind Anthropic's format,
/// and names that tell nothing, count as unknown: for them what the client asked for is written as it is.
///
/// @param family `opus`, `sonnet`, `haiku`, `fable`, `mythos`, `instant`; empty where unknown
/// @param version 405 for 4.5; 0 where unknown
record ClaudeModel(String family, int version) {
    private static final Set<String> FAMILIES = Set.of("opus", "sonnet", "haiku", "fable", "mythos", "instant");
    private static final String SEPARATORS = "-_.@:/ ";

    static ClaudeModel of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf("claude");
        return at < 0 ? new ClaudeModel("", 0) : read(lower, at + "claude".length());
    }

    private static ClaudeModel read(String name, int from) {
        String family = "";
        int major = -1;
        int minor = -1;
        int at = from;
        while (at < name.length()) {
            int end = wordEnd(name, at);
            int number = number(name, at, end);
            if (number >= 0 && major < 0) {
                major = number;
            } else if (number >= 0 && minor < 0) {
                minor = number;
            } else if (FAMILIES.contains(name.substring(at, end))) {
                family = name.substring(at, end);
            } else if (end > at) {
                break;
            }
            at = end + 1;
        }
        return new ClaudeModel(family, major < 0 ? 0 : major * 100 + Math.max(0, minor));
    }

    private static int wordEnd(String name, int from) {
        int end = from;
        while (end < name.length() && SEPARATORS.indexOf(name.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /// A part of a version has one or two digits; more are a date.
    private static int number(String name, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return -1;
            }
            number = number * 10 + name.charAt(i) - '0';
        }
        return to == from || to - from > 2 ? -1 : number;
    }

    boolean known() {
        return version > 0;
    }

    boolean thinks() {
        return !known() || version >= 307;
    }

    /// Takes `thinking.type: adaptive`, which leaves the amount to the model.
    boolean adapts() {
        return version >= 406 || adaptsOnly();
    }

    /// Refuses budgets, and sampling parameters with them.
    boolean adaptsOnly() {
        return version >= 500 || (family.equals("opus") && version >= 407) || alwaysThinks();
    }

    boolean alwaysThinks() {
        return family.equals("fable") || family.equals("mythos");
    }

    boolean takesEffort() {
        return adapts() || (family.equals("opus") && version == 405);
    }

    boolean takesFormat() {
        return version >= 405 || adaptsOnly() || (family.equals("opus") && version == 401);
    }

    boolean takesForcedTool() {
        return !alwaysThinks();
    }

    /// Goes on from where an assistant's message at the end stops.
    boolean goesOn() {
        return !adapts();
    }

    boolean takesTemperatureBesideTopP() {
        return version < 401;
    }

    /// OpenAI's words for effort, in those that the model has.
    String effort(String asked) {
        return switch (asked) {
            case "none", "minimal" -> "low";
            case "xhigh" -> adaptsOnly() ? asked : "high";
            case "max" -> adapts() ? asked : "high";
            default -> asked;
        };
    }
}
