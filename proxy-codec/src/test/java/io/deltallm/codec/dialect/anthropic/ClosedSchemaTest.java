package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClosedSchemaTest {

    private static ClosedSchema closed(String schema) {
        return ClosedSchema.of(RawJson.ofLiteral(schema.replace('\'', '"')));
    }

    private static void expect(String schema, String closed) {
        assertThat(closed(schema).schema()).hasToString(closed.replace('\'', '"'));
        assertThat(closed(schema).open()).isFalse();
    }

    @Test
    void takesOutRefusedKeywordsButNotPropertiesOfTheirName() {
        expect(
                "{'type':'object','properties':{'pattern':{'type':'string','pattern':'a','maxLength':5},"
                        + "'n':{'type':'integer','minimum':0,'maximum':9}},'required':['pattern']}",
                "{'type':'object','properties':{'pattern':{'type':'string'},'n':{'type':'integer'}},"
                        + "'required':['pattern'],'additionalProperties':false}");
    }

    @Test
    void closesObjectsAtEveryDepth() {
        expect(
                "{'type':'array','items':{'anyOf':[{'type':'object','properties':{}},{'$ref':'#/$defs/a'}]},"
                        + "'$defs':{'a':{'type':'object','additionalProperties':false}},'default':{'minimum':1}}",
                "{'type':'array','items':{'anyOf':[{'type':'object','properties':{},'additionalProperties':false},"
                        + "{'$ref':'#/$defs/a'}]},'$defs':{'a':{'type':'object','additionalProperties':false}},"
                        + "'default':{'minimum':1}}");
    }

    @Test
    void tellsWhatCannotBeClosed() {
        assertThat(closed("{'type':'object','additionalProperties':{'type':'string'}}").open()).isTrue();
        assertThat(closed("{'type':'object','properties':{'a':{'type':'object','additionalProperties':true}}}").open())
                .isTrue();
    }
}
