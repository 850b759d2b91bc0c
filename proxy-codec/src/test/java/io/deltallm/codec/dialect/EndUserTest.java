package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.openai.ChatCompletions;
import io.deltallm.codec.dialect.responses.Responses;
import io.deltallm.codec.json.JsonCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.deltallm.codec.dialect.AChat.aChat;
import static org.assertj.core.api.Assertions.assertThat;

class EndUserTest {

    @Test
    void keepsWhatProvidersTake() {
        assertThat(EndUser.shortened("u".repeat(64))).isEqualTo("u".repeat(64));
        assertThat(EndUser.shortened("u".repeat(65))).isEqualTo("u".repeat(64));
        assertThat(EndUser.shortened(null)).isNull();
    }

    @Test
    void cutsNoCharacterInHalf() {
        assertThat(EndUser.shortened("u".repeat(63) + "\uD83D\uDE00")).isEqualTo("u".repeat(63));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isShortenedForOpenAi(boolean responses) {
        UpstreamDialect dialect = responses ? new Responses() : new ChatCompletions();
        String id = "{\"device_id\":\"" + "0123456789abcdef".repeat(4) + "\",\"session_id\":\"1\"}";

        String written = aChat().says(Role.USER, "hi").of(id).writtenBy(dialect);

        assertThat(user(written)).hasSize(64).isEqualTo(id.substring(0, 64));
    }

    private static String user(String body) {
        JsonCursor cursor = new JsonCursor().over(RawJson.ofLiteral(body));
        String user = "";
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("user")) {
                user = cursor.string();
            }
        }
        return user;
    }
}
