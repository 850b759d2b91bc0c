package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Servers of tools describe their arguments by whatever JSON Schema has; one such tool must not cost the others.
class ObjectSchemaTest {
    private static final String A = "'a':{'type':'string'}";
    private static final String B = "'b':{'type':'integer'}";

    private static RawJson json(String text) {
        return RawJson.ofLiteral(text.replace("A", A).replace("B", B).replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'object','properties':{A,B},'anyOf':[{'required':['a']},{'required':['b']}]} | {'type':'object','properties':{A,B}}
            {'oneOf':[{'type':'object','properties':{A},'required':['a']},{'properties':{A,B},'required':['b','a']}]} | {'type':'object','properties':{A,B},'required':['a']}
            {'type':'object','allOf':[{'properties':{A},'required':['a']},{'properties':{B},'required':['b']}],'title':'t'} | {'type':'object','properties':{A,B},'required':['a','b'],'title':'t'}
            {'$ref':'#/$defs/X','$defs':{'X':{'type':'object','properties':{A},'required':['a']}}} | {'type':'object','properties':{A},'required':['a'],'$defs':{'X':{'type':'object','properties':{A},'required':['a']}}}
            {'$ref':'#/$defs/none'} | {'type':'object','properties':{}}
            {'$ref':'#'} | {'type':'object','properties':{}}
            {'type':'object','properties':{A},'required':['a'],'not':{'required':['b']},'additionalProperties':false} | {'type':'object','properties':{A},'required':['a'],'additionalProperties':false}
            {'anyOf':[true,7]} | {'type':'object','properties':{}}
            """)
    void hasTheArgumentsOfAllAlternatives(String schema, String object) {
        assertThat(ObjectSchema.isPlain(json(schema))).isFalse();
        assertThat(ObjectSchema.of(json(schema))).isEqualTo(json(object));
    }

    @Test
    void endsWhereASchemaRefersToItself() {
        RawJson schema = json("{'anyOf':[{'$ref':'#'},{'properties':{A}}]}");

        assertThat(ObjectSchema.of(schema)).isEqualTo(json("{'type':'object','properties':{A}}"));
    }

    /// Read again for each reference, it would be read some billions of times.
    @Test
    @Timeout(60)
    void readsASchemaOnceHoweverOftenItIsReferredTo() {
        String again = "{'$ref':'#/$defs/x'},".repeat(300);
        RawJson schema = json("{'$ref':'#/$defs/x','$defs':{'x':{'allOf':[" + again + "{'properties':{A}}]}}}");

        assertThat(ObjectSchema.of(schema).json()).startsWith("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}");
    }

    @Test
    void leavesAloneWhatIsNested() {
        assertThat(ObjectSchema.isPlain(json("{'type':'object','properties':{'x':{'anyOf':[{'type':'string'}]}}}"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT_COMPLETIONS", "RESPONSES", "GENERATE_CONTENT", "CONVERSE", "OLLAMA_CHAT"})
    void isWhatEveryProviderIsTold(Operation to) {
        List<String> lost = new ArrayList<>();
        String body = """
                {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"hi"}],"tools":[{"name":"f","input_schema":
                {"type":"object","properties":{"paths":{"type":"string"}},"anyOf":[{"required":["paths"]}]}}]}""";

        String sent = Objects.requireNonNull(new Dialects().between(Operation.MESSAGES, to))
                .begin(
                        new Asked(
                                RawJson.ofLiteral(body),
                                PathCall.NONE,
                                new ClientCall("0123", "m", false, false, 1),
                                Map.of(),
                                Map.of()),
                        new UpstreamCall("m", "openai", Set.of(), 4096, lost::add))
                .body()
                .toString();

        assertThat(sent).contains("paths").doesNotContain("anyOf");
    }
}
