package io.deltallm.policy.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a setting's value looks like in a file or a variable.
sealed interface Form {

    /// The value `text` stands for, or null where it has not this form.
    @Nullable Object read(String text);

    /// The end of the sentence "expected: …".
    String expected();

    /// A value as one would write it.
    default String print(Object value) {
        return value.toString();
    }

    /// Any text.
    record Text() implements Form {
        @Override
        public String read(String text) {
            return text;
        }

        @Override
        public String expected() {
            return "text";
        }
    }

    /// Text nobody should see.
    record Masked() implements Form {
        @Override
        public Secret read(String text) {
            return new Secret(text);
        }

        @Override
        public String expected() {
            return "text";
        }
    }

    /// `true` or `false`.
    record Flag() implements Form {
        @Override
        public @Nullable Boolean read(String text) {
            return switch (text.trim().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1" -> true;
                case "false", "no", "off", "0" -> false;
                default -> null;
            };
        }

        @Override
        public String expected() {
            return "true or false";
        }
    }

    /// A whole number, both ends included.
    record Whole(long min, long max) implements Form {
        @Override
        public @Nullable Long read(String text) {
            try {
                long value = Long.parseLong(text.trim().replace("_", ""));
                return value < min || value > max ? null : value;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        @Override
        public String expected() {
            if (max > 1_000_000 && min >= 0) {
                return min == 1 ? "> 0" : "a whole number >= " + min;
            }
            return "a whole number from " + min + " to " + max;
        }
    }

    /// A number, both ends included.
    record Decimal(long min, long max) implements Form {
        @Override
        public @Nullable BigDecimal read(String text) {
            try {
                BigDecimal value = new BigDecimal(text.trim());
                return value.doubleValue() < min || value.doubleValue() > max ? null : value;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        @Override
        public String expected() {
            return "a number from " + min + " to " + max;
        }
    }

    /// A duration of at least a millisecond.
    record Span() implements Form {
        @Override
        public @Nullable Duration read(String text) {
            Duration value = DurationText.parse(text);
            return value == null || value.toMillis() < 1 ? null : value;
        }

        @Override
        public String expected() {
            return "a duration > 0, as 30 (seconds), 500ms, 30s, 5m, 1h";
        }

        @Override
        public String print(Object value) {
            return DurationText.print((Duration) value);
        }
    }

    /// A span of time; 0 turns something off.
    record SpanOrOff() implements Form {
        @Override
        public @Nullable Duration read(String text) {
            return text.strip().matches("0+[a-z]*") ? Duration.ZERO : new Span().read(text);
        }

        @Override
        public String expected() {
            return "a duration, as 30 (seconds), 500ms, 30s, 5m, 1h, or 0 for never";
        }

        @Override
        public String print(Object value) {
            return ((Duration) value).isZero() ? "0" : DurationText.print((Duration) value);
        }
    }

    /// A number of bytes, both ends included.
    record Size(ByteSize min, ByteSize max) implements Form {
        @Override
        public @Nullable ByteSize read(String text) {
            ByteSize value = ByteSize.parse(text);
            return value == null || value.bytes() < min.bytes() || value.bytes() > max.bytes() ? null : value;
        }

        @Override
        public String expected() {
            return "a size from " + min + " to " + max + ", as 64KiB, 10MB";
        }
    }

    /// One of a few words in any case; several spellings may mean the same.
    record Choice(Map<String, String> meanings) implements Form {
        public Choice {
            // Not Map.copyOf: messages list the words in their order.
            meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
        }

        static Choice of(String... words) {
            Map<String, String> meanings = new LinkedHashMap<>();
            Arrays.stream(words).forEach(word -> meanings.put(word, word));
            return new Choice(meanings);
        }

        /// The same, with a further spelling of one word.
        Choice or(String spelling, String meaning) {
            Map<String, String> more = new LinkedHashMap<>(meanings);
            more.put(spelling, meaning);
            return new Choice(more);
        }

        @Override
        public @Nullable String read(String text) {
            Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            anyCase.putAll(meanings);
            return anyCase.get(text.trim());
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", new LinkedHashSet<>(meanings.values()));
        }
    }

    /// A list of texts; in one line, separated by commas.
    record Words() implements Form {
        @Override
        public List<String> read(String text) {
            return Arrays.stream(text.split(","))
                    .map(String::trim)
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        @Override
        public String expected() {
            return "a list of texts";
        }

        @Override
        public String print(Object value) {
            return String.join(", ", ((List<?>) value).stream().map(Object::toString).toList());
        }
    }
}
