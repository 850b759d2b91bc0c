package io.deltallm.codec.dialect.across;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Reads the tables of losses: a line each, cells between bars, the last of them the reason.
final class LossTable {

    private LossTable() {}

    static List<String[]> rows(String file, int cells) {
        try (InputStream in = Objects.requireNonNull(LossTable.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> row(line, file, cells))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private static String[] row(String line, String file, int cells) {
        String[] row = line.split(" \\| ", -1);
        if (row.length != cells || row[cells - 1].isBlank()) {
            throw new AssertionError(file + " wants " + cells + " cells, a reason in the last: " + line);
        }
        return row;
    }
}
