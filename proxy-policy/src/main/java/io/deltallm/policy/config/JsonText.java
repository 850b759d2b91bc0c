package io.deltallm.policy.config;

import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.config.Written.Sequence;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a piece of the file as the JSON literal that a request's field gets by default.
final class JsonText {
    private final Parameters params;

    /// @param params resolve references and take problems
    JsonText(Parameters params) {
        this.params = params;
    }

    String of(Written written) {
        return switch (written) {
            case Scalar scalar -> scalar(scalar);
            case Sequence sequence ->
                sequence.items().stream().map(this::of).collect(Collectors.joining(",", "[", "]"));
            case Mapping mapping -> mapping.entries().entrySet().stream()
                    .map(entry -> quote(entry.getKey()) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private String scalar(Scalar scalar) {
        return switch (scalar.type()) {
            case NULL -> "null";
            case FLAG -> String.valueOf(new Form.Flag().read(scalar.text()));
            case WHOLE, DECIMAL -> {
                String number = number(scalar.text());
                yield number == null ? quote(scalar.text()) : number;
            }
            case TEXT -> {
                Resolved resolved = params.resolve(scalar);
                yield quote(resolved == null ? "" : resolved.text());
            }
        };
    }

    /// The number as JSON writes it, null for what only YAML calls one (`.inf`, `0x1f`, `12:30`).
    static @Nullable String number(String text) {
        try {
            BigDecimal value = new BigDecimal(text.replace("_", ""));
            return Math.abs(value.scale()) > 400 ? null : value.toString();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
