package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallIdsTest {
    private final CallIds ids = new CallIds();

    private static Part.ToolResult result(String id, String name) {
        return new Part.ToolResult(id, name, List.of(), false, null);
    }

    @Test
    void keepsIdsThatThereAre() {
        assertThat(ids.of(AChat.call("c1", "f", "{}"))).isEqualTo("c1");
        assertThat(ids.of(result("c1", "f"))).isEqualTo("c1");
    }

    @Test
    void makesIdsAndFindsThemAgainByName() {
        assertThat(ids.of(AChat.call("", "f", "{}"))).isEqualTo("call_1");
        assertThat(ids.of(AChat.call("", "g", "{}"))).isEqualTo("call_2");
        assertThat(ids.of(AChat.call("", "f", "{}"))).isEqualTo("call_3");

        assertThat(ids.of(result("", "g"))).isEqualTo("call_2");
        assertThat(ids.of(result("", "f"))).isEqualTo("call_1");
        assertThat(ids.of(result("", "f"))).isEqualTo("call_3");
        assertThat(ids.of(result("", "f"))).isEqualTo("call_4");
    }
}
