package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.deltallm.codec.dialect.gemini.Gemini.json;
import static io.deltallm.codec.dialect.gemini.Gemini.quoted;
import static org.assertj.core.api.Assertions.assertThat;

class ReducedSchemaTest {

    private static String reduced(String schema) {
        JsonOutput out = new JsonOutput();
        new ReducedSchema(RawJson.ofLiteral(quoted(schema)), out).write();
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','$schema':'x','default':'a','format':'uuid'} | {'type':'STRING'}",
                "{'type':['string','null']} | {'type':'STRING','nullable':true}",
                "{'type':['string','integer']} | {'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]}",
                "{'anyOf':[{'type':'integer'},{'type':'null'}]} | {'type':'INTEGER','nullable':true}",
                "{'oneOf':[{'type':'integer'},{'type':'string'}]} | {'anyOf':[{'type':'INTEGER'},{'type':'STRING'}]}",
                "{'const':'a'} | {'type':'STRING','enum':['a']}",
                "{'type':'string','enum':['a','b',null]} | {'type':'STRING','enum':['a','b']}",
                "{'type':'integer','enum':[1,2]} | {'type':'INTEGER'}",
                "{'type':'array'} | {'type':'ARRAY','items':{'type':'STRING'}}",
                "{'items':{'type':'number'}} | {'type':'ARRAY','items':{'type':'NUMBER'}}",
                "{'allOf':[{'properties':{'a':true}},{'properties':{'b':{'type':'string'}},'required':['b','c']}]} "
                        + "| {'type':'OBJECT','properties':{'a':{},'b':{'type':'STRING'}},'required':['b']}",
                "{'type':'object','properties':{},'additionalProperties':false} | {'type':'OBJECT'}",
                "true | {}"
            })
    void saysTheSameInFewerWords(String schema, String expected) {
        assertThat(json(reduced(schema))).isEqualTo(json(quoted(expected)));
    }

    @Test
    void putsReferencesInPlace() {
        String schema =
                """
                {'type':'object','properties':{'a':{'$ref':'#/$defs/A','description':'here'},'b':{'$ref':'#/$defs/A'},
                 'c':{'$ref':'#/nowhere'}},'$defs':{'A':{'type':'string','description':'there'}}}""";

        assertThat(json(reduced(schema)))
                .isEqualTo(json(quoted(
                        """
                        {'type':'OBJECT','properties':{'a':{'type':'STRING','description':'here'},
                         'b':{'type':'STRING','description':'there'},'c':{}}}""")));
    }

    @Test
    void cutsASchemaThatContainsItself() {
        String schema = "{'$ref':'#/$defs/N','$defs':{'N':{'properties':{'next':{'$ref':'#/$defs/N'}}}}}";

        assertThat(json(reduced(schema)))
                .isEqualTo(json(quoted(
                        """
                        {'type':'OBJECT','properties':{'next':{'type':'OBJECT','properties':{'next':
                         {'type':'OBJECT'}}}}}""")));
    }

    @Test
    void endsWhereASchemaIsNothingButItself() {
        assertThat(json(reduced("{'$ref':'#'}"))).isEqualTo(json(quoted("{'type':'OBJECT'}")));
    }

    @Test
    void endsSoonForASchemaThatBranchesIntoItself() {
        StringBuilder all = new StringBuilder("{'properties':{");
        for (int i = 0; i < 30; i++) {
            all.append(i == 0 ? "" : ",").append("'p").append(i).append("':{'$ref':'#/$defs/D").append(i % 6).append("'}");
        }
        String node = all.append("}}").toString();
        StringBuilder schema = new StringBuilder("{'$ref':'#/$defs/D0','$defs':{");
        for (int i = 0; i < 6; i++) {
            schema.append(i == 0 ? "" : ",").append("'D").append(i).append("':").append(node);
        }

        assertThat(reduced(schema.append("}}").toString()).length()).isLessThan(2_000_000);
    }
}
