package io.deltallm.codec.dialect.across;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        LossTable.rows(TABLE, 3).forEach(row -> losses.add(row[0], row[1]));
        return losses;
    }

    private void add(String recording, String place) {
        if (place.startsWith(REFUSED)) {
            refused.put(recording, place.substring(REFUSED.length()));
        } else {
            differences.computeIfAbsent(recording, _ -> new ArrayList<>()).add(place);
        }
    }

    List<String> of(String recording) {
        return differences.getOrDefault(recording, List.of());
    }
}
