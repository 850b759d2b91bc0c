package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonNamesTest {
    private static final String OTHER = "other";

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "usage", "messages", "max_tokens", "completion_tokens", "prompt_cache_hit_tokens"})
    void knowsANameAndNoneThatIsNearlyIt(String name) {
        JsonNames<String> names = new JsonNames<>(Map.of(name, name, "neighbour", "neighbour"), OTHER);

        assertThat(meaning(names, name)).isEqualTo(name);
        assertThat(meaning(names, name + "x")).isEqualTo(OTHER);
        assertThat(meaning(names, name + "\0")).isEqualTo(OTHER);
        for (int i = 0; i < name.length(); i++) {
            assertThat(meaning(names, name.substring(0, i))).isEqualTo(OTHER);
            assertThat(meaning(names, name.substring(0, i) + '~' + name.substring(i + 1))).isEqualTo(OTHER);
        }
    }

    private static String meaning(JsonNames<String> names, String text) {
        byte[] bytes = ByteBlock.slack(("0123456" + text + "more").getBytes(StandardCharsets.UTF_8));
        JsonText kept = new JsonText(30);
        kept.begin(30);
        kept.append(bytes, 7, 7 + text.length());

        assertThat(kept.toString()).isEqualTo(text);
        assertThat(names.meaning(kept)).isEqualTo(names.meaning(bytes, 7, 7 + text.length()));
        return names.meaning(kept);
    }

    @Test
    void takesATextThatWasCutForNoName() {
        JsonText text = new JsonText(5);
        text.begin(5);
        text.append(ByteBlock.slack("usages".getBytes(StandardCharsets.US_ASCII)), 0, 6);

        assertThat(new JsonNames<>(Map.of("usage", "usage"), OTHER).meaning(text)).isEqualTo(OTHER);
        assertThat(text.is(JsonName.of("usage"))).isFalse();
    }

    @Test
    void refusesANameThatIsTooLongForIt() {
        assertThatThrownBy(() -> JsonName.of("n".repeat(25))).hasMessageContaining("24");
    }
}
