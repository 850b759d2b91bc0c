package io.deltallm.codec.json;

import io.deltallm.codec.chat.RawJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonObjectCopyTest {

    /// Members named `d…` are dropped, those named `r…` are replaced.
    private static String copied(RawJson object) {
        JsonOutput out = new JsonOutput();
        JsonObjectCopy copy = new JsonObjectCopy(object, out);
        JsonCursor cursor = new JsonCursor().over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            RawJson value = cursor.raw();
            switch (name.charAt(0)) {
                case 'd' -> copy.drop(value);
                case 'r' -> copy.replace(value, "0");
                default -> copy.keep(value);
            }
        }
        copy.add("added", "\"ü\"");
        copy.end();
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                    | {'added':'ü'}",
                "{'d':1}                               | {'added':'ü'}",
                "{'d':1,'d':2}                         | {'added':'ü'}",
                "{'d':1,'d':2,'a':3}                   | {'a':3,'added':'ü'}",
                "{'a':3,'d':1,'d':2}                   | {'a':3,'added':'ü'}",
                "{'d':1,'a':[{'d':1}],'d':2,'b':'\\\\'} | {'a':[{'d':1}],'b':'\\\\','added':'ü'}",
                "{ 'a' : 1 , 'r' :  [2] , 'b' : 3 }    | { 'a' : 1 , 'r' :  0 , 'b' : 3,'added':'ü' }",
                "{'r':{'d':1}}                         | {'r':0,'added':'ü'}",
                "{'d' : 1 , 'r' : 2}                   | { 'r' : 0,'added':'ü'}",
                "{'\\u0064':1,'\\u0061':2}             | {'\\u0061':2,'added':'ü'}",
            })
    void keepsTheBytesOfWhatItIsNotToldToChange(String object, String expected) {
        String json = object.replace('\'', '"');
        byte[] within = ("x" + json + "y").getBytes(StandardCharsets.UTF_8);

        assertThat(copied(RawJson.ofLiteral(json))).isEqualTo(expected.replace('\'', '"'));
        assertThat(copied(new RawJson(within, 1, within.length - 1))).isEqualTo(expected.replace('\'', '"'));
    }
}
