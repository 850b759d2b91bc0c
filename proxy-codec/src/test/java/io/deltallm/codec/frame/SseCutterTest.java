package io.deltallm.codec.frame;

import io.deltallm.codec.json.ByteBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SseCutterTest {
    private final SseCutter cutter = new SseCutter();
    private final List<String> events = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();

    private List<String> cut(String... pieces) {
        cutter.begin();
        events.clear();
        current.setLength(0);
        for (String piece : pieces) {
            feed(piece);
        }
        return events;
    }

    private void feed(String piece) {
        byte[] bytes = ByteBlock.slack(piece.getBytes(StandardCharsets.UTF_8));
        int to = piece.length();
        int at = 0;
        while (at < to) {
            int end = cutter.next(bytes, at, to);
            String part = piece.substring(at, end < 0 ? to : end);
            at = end < 0 ? to : end;
            if (cutter.leftover()) {
                events.addLast(events.removeLast() + part);
            } else {
                current.append(part);
                endIf(end >= 0);
            }
        }
    }

    private void endIf(boolean ended) {
        if (ended) {
            events.add(current.toString());
            current.setLength(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void findsTheSameEventsWhereverTheStreamIsCut(String lineEnd) {
        List<String> expected = List.of(
                "data: {\"a\":\t1}\ndata: long enough for words of eight\n\n".replace("\n", lineEnd),
                ": comment\n\n".replace("\n", lineEnd),
                "event: x\ndata:\n\n".replace("\n", lineEnd));
        String stream = String.join("", expected);

        for (int first = 0; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                assertThat(cut(stream.substring(0, first), stream.substring(first, second), stream.substring(second)))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void keepsAnEventOpenUntilItsBlankLine() {
        assertThat(cut("data: a\n", "data: b\r\n")).isEmpty();
        assertThat(cut("data: a\n", "data: b\r\n", "\n")).containsExactly("data: a\ndata: b\r\n\n");
    }

    @Test
    void findsLineEndsAmongOtherControlCharacters() {
        byte[] bytes = ByteBlock.slack("\t\t\u0001aaaaaaaaaa\tb\rc".getBytes(StandardCharsets.US_ASCII));

        assertThat(SseCutter.lineEnd(bytes, 0, 17)).isEqualTo(15);
        assertThat(SseCutter.lineEnd(bytes, 16, 17)).isEqualTo(17);
    }
}
