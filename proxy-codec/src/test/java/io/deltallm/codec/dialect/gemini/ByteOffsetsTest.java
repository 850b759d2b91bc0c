package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ByteOffsetsTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "Olá, não", "猫が好き。cats", "a🐱b🐱", "\n\"q\"\t\\ é", ""})
    void countsTheCharactersBeforeEachByte(String text) {
        ByteOffsets offsets = new ByteOffsets();
        offsets.add(RawJson.ofText(text));

        for (int characters = 0; characters <= text.codePointCount(0, text.length()); characters++) {
            String before = text.substring(0, text.offsetByCodePoints(0, characters));
            assertThat(offsets.characters(before.getBytes(StandardCharsets.UTF_8).length)).isEqualTo(characters);
        }
    }

    @Test
    void readsEscapesAsTheCharactersThatTheyAre() {
        ByteOffsets offsets = new ByteOffsets();
        offsets.add(RawJson.ofLiteral("\"\\u00e9\\ud83d\\udc31\\u732b\\u0041\\n\""));

        assertThat(offsets.characters(2)).isEqualTo(1);
        assertThat(offsets.characters(6)).isEqualTo(2);
        assertThat(offsets.characters(9)).isEqualTo(3);
        assertThat(offsets.characters(11)).isEqualTo(5);
    }

    @Test
    void goesOnFromPieceToPieceAndBeyondTheLast() {
        ByteOffsets offsets = new ByteOffsets();
        offsets.add(RawJson.ofText("éé"));
        offsets.add(RawJson.ofText("éa"));

        assertThat(offsets.characters(6)).isEqualTo(3);
        assertThat(offsets.characters(9)).isEqualTo(6);
        assertThat(new ByteOffsets().characters(7)).isEqualTo(7);
    }
}
