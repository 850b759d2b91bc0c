package io.deltallm.codec.dialect.across;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What a recorded request says that no call of OpenAI's shape can ask for: the table in `losses/recordings-across.txt`.
///
/// @param differences by the recordings' ids, as [Differences] writes them
/// @param refused by the recordings' ids, how what they ask for is refused
record KnownLosses(Map<String, List<String>> differences, Map<String, String> refused) {
    private static final String TABLE = "/losses/recordings-across.txt";
    private static final String REFUSED = "refused: ";

    static KnownLosses table() {
        KnownLosses losses = new KnownLosses(new TreeMap<>(), new TreeMap<>());
        try (InputStream in = Objects.requireNonNull(KnownLosses.class.getResourceAsStream(TABLE), TABLE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(losses::add);
        } catch (IOException e) {
            throw new AssertionError(TABLE, e);
        }
        return losses;
    }

    private void add(String line) {
        String[] cells = line.split(" \\| ", -1);
        if (cells.length != 3 || cells[2].isBlank()) {
            throw new AssertionError(TABLE + " wants a recording, a place and a reason: " + line);
        }
        if (cells[1].startsWith(REFUSED)) {
            refused.put(cells[0], cells[1].substring(REFUSED.length()));
        } else {
            differences.computeIfAbsent(cells[0], _ -> new ArrayList<>()).add(cells[1]);
        }
    }

    List<String> of(String recording) {
        return differences.getOrDefault(recording, List.of());
    }
}
