package io.deltallm.codec.json;

import io.deltallm.codec.chat.RawJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JsonOutputTest {
    private final JsonOutput out = new JsonOutput();

    @Test
    void setsCommasByItself() {
        out.beginObject().member("a", 1).name("b").beginArray().value(1).value("x").beginObject().endObject().endArray()
                .name("c").nullValue().member("d", true).endObject();

        assertThat(out.toString()).isEqualTo("{\"a\":1,\"b\":[1,\"x\",{}],\"c\":null,\"d\":true}");
    }

    @Test
    void leavesOutWhatIsNotThere() {
        out.beginObject().optional("a", (@Nullable String) null).optional("b", 2L).optional("c", (@Nullable RawJson) null)
                .optional("d", 0.5).endObject();

        assertThat(out.toString()).isEqualTo("{\"b\":2,\"d\":0.5}");
    }

    @Test
    void writesStringsInPieces() {
        out.beginObject().name("text").beginString().stringPiece(RawJson.ofText("a\n\"b\"")).stringPiece(" é\t")
                .endString().member("n", 1).endObject();

        assertThat(out.toString()).isEqualTo("{\"text\":\"a\\n\\\"b\\\" é\\t\",\"n\":1}");
    }

    @Test
    void putsJsonIntoAStringAndBack() {
        RawJson arguments = RawJson.ofLiteral("{\"a\": \"x\\n\\\"€\",\n \"b\":[1]}");
        out.beginString().jsonPiece(arguments).endString();
        RawJson string = out.toRaw();

        out.clear().unquoted(string);

        assertThat(string.text()).isEqualTo(arguments.json());
        assertThat(out.toString()).isEqualTo(arguments.json().replace('\n', ' '));
    }

    @Test
    void makesOneLineOfJsonThatHasMore() {
        RawJson tool = RawJson.ofLiteral("{\r\n\t\"name\": \"a\\nb\",\n\t\"n\": [\n1\n]\n}");

        out.beginObject().member("tool", tool).member("text", RawJson.ofText("a\nb")).endObject();

        assertThat(out.toString())
                .isEqualTo("{\"tool\":{   \"name\": \"a\\nb\",  \"n\": [ 1 ] },\"text\":\"a\\nb\"}");
    }

    @Test
    void keepsNoMemoryOfALargeEvent() {
        String large = "x".repeat(1 << 20);

        out.value(large).clear().value("small");

        assertThat(out.toString()).isEqualTo("\"small\"");
    }

    @Test
    void putsJsonOfControlCharactersIntoAString() {
        RawJson spread = RawJson.ofLiteral("[" + "\n\r\t".repeat(5000) + "]");

        out.beginString().jsonPiece(spread).endString();

        assertThat(out.toRaw().text()).isEqualTo(spread.json());
    }

    @Test
    void framesEvents() {
        out.literal("data: ").beginObject().endObject().literal("\n\n").literal("data: ").beginArray().endArray();

        assertThat(out.toString()).isEqualTo("data: {}\n\ndata: []");
    }

    @Test
    void growsWithWhatIsWritten() {
        String long0 = "x".repeat(100_000);

        out.value(long0);

        assertThat(out.toString()).isEqualTo("\"" + long0 + "\"");
        assertThat(out.length()).isEqualTo(100_002);
    }

    @Test
    void writesNumbersAsShortAsTheyCanBe() {
        out.beginArray().value(1.0).value(0.7).value(-3L).value(1e20).endArray();

        assertThat(out.toString()).isEqualTo("[1,0.7,-3,1.0E20]");
    }
}
