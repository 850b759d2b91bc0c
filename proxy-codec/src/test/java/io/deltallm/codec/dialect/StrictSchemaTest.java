package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Anthropic's strictness lets properties be optional, OpenAI's does not.
class StrictSchemaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}       | true
            {'type':'object','properties':{},'additionalProperties':false}                                             | true
            {'type':'object','properties':{'a':{'type':'string'}},'required':[],'additionalProperties':false}          | false
            {'type':'object','properties':{'a':{'type':'string'}},'required':['a']}                                    | false
            {'type':'object','properties':{'a':{'type':'object'}},'required':['a'],'additionalProperties':false}       | false
            {'type':'object','properties':{'a':{'oneOf':[{}]}},'required':['a'],'additionalProperties':false}          | false
            {'type':'object','properties':{'a':{'default':1}},'required':['a'],'additionalProperties':false}           | false
            {'type':'object','properties':{'default':{'type':'null'}},'required':['default'],'additionalProperties':false} | true
            """)
    void isWhatOpenAiTakes(String schema, boolean fits) {
        assertThat(StrictSchema.fits(RawJson.ofLiteral(schema.replace('\'', '"')))).isEqualTo(fits);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT_COMPLETIONS", "RESPONSES"})
    void givesUpStrictnessRatherThanTheRequest(Operation to) {
        List<String> lost = new ArrayList<>();
        String schema = "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false}";
        String body = """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}],
                'tools':[{'name':'f','strict':true,'input_schema':SCHEMA}],
                'output_config':{'format':{'type':'json_schema','schema':SCHEMA}}}""".replace("SCHEMA", schema);

        String sent = Objects.requireNonNull(new Dialects().between(Operation.MESSAGES, to))
                .begin(
                        new Asked(
                                RawJson.ofLiteral(body.replace('\'', '"')),
                                PathCall.NONE,
                                new ClientCall("0123", "m", false, false, 1),
                                Map.of(),
                                Map.of()),
                        new UpstreamCall("gpt-4o", "openai", Set.of(), 4096, lost::add))
                .body()
                .toString();

        assertThat(sent).doesNotContain("\"strict\":true");
        assertThat(lost).containsExactly("tools.strict", "response_format.strict");
    }
}
