package io.deltallm.netty.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Header fields as they stood on the wire: order, spelling and repetition kept; looked up without regard to case.
public record Headers(List<Field> fields) {

    /// One field line. Surrounding white space of the value is removed.
    public record Field(String name, String value) {}

    public Headers {
        fields = List.copyOf(fields);
    }

    /// Reads the field lines of `head`, a message head with its start line.
    static Headers parse(String head) {
        return new Headers(head.lines().skip(1).filter(line -> !line.isEmpty()).map(Headers::field).toList());
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a header field: \"" + line + "\"");
        }
        return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    public @Nullable String first(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).findFirst().orElse(null);
    }

    public List<String> all(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).toList();
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    /// Whether `name` lists `token` among its comma-separated values, in any case.
    public boolean lists(String name, String token) {
        return all(name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(value -> value.strip().equalsIgnoreCase(token));
    }
}
