package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UniqueCallIdsTest {

    private static Message calls(String... namesById) {
        return Message.of(Role.ASSISTANT, Stream.of(namesById)
                .<Part>map(call -> new Part.ToolCall(
                        call.substring(2), call.substring(0, 1), RawJson.EMPTY_OBJECT, null, null))
                .toList());
    }

    private static Message results(String... namesById) {
        return Message.of(Role.TOOL, Stream.of(namesById)
                .<Part>map(result -> new Part.ToolResult(
                        result.substring(2), result.substring(0, 1), List.of(Part.Text.of("r")), false, null))
                .toList());
    }

    @Test
    void areMadeWhereAModelCountsEachTurnsCalls() {
        assertThat(UniqueCallIds.in(List.of(calls("f 0", "g 1"), results("f 0", "g 1"), calls("g 0"), results("g 0"))))
                .containsExactly(calls("f 0", "g 1"), results("f 0", "g 1"), calls("g 0_2"), results("g 0_2"));
    }

    @Test
    void areMadeWithinOneTurn() {
        assertThat(UniqueCallIds.in(List.of(calls("f 0", "g 0"), results("f 0", "g 0"))))
                .containsExactly(calls("f 0", "g 0_2"), results("f 0", "g 0_2"));
    }

    @Test
    void leaveResultsAloneThatAnswerTwiceOrNothing() {
        List<Message> messages = List.of(calls("f 0", "g "), results("f 0", "f 0", "h 9", "g "));

        assertThat(UniqueCallIds.in(messages)).isSameAs(messages);
    }
}
