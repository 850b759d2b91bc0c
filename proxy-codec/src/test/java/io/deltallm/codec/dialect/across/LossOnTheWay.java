package io.deltallm.codec.dialect.across;

import io.deltallm.codec.chat.Operation;
import java.util.List;
import java.util.regex.Pattern;

/// What the way by another format changes: a line of `losses/there-and-back.txt`.
///
/// @param way the format's label
/// @param recording its id, or `*`
/// @param place as [Differences] writes it, with `*` for any name or index
record LossOnTheWay(String way, String recording, String place) {
    private static final String TABLE = "/losses/there-and-back.txt";

    static List<LossOnTheWay> table() {
        return LossTable.rows(TABLE, 4).stream().map(cells -> new LossOnTheWay(cells[0], cells[1], cells[2])).toList();
    }

    boolean tells(Operation by, String id, String difference) {
        return way.equals(by.label())
                && (recording.equals("*") || recording.equals(id))
                && Pattern.matches(Pattern.quote(place).replace("*", "\\E[^/]+\\Q"), difference);
    }

    @Override
    public String toString() {
        return way + " | " + recording + " | " + place;
    }
}
