package io.deltallm.codec.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TypedToolTest {

    private static ChatRequest offering(String tool) {
        String body = "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}],'tools':[" + tool + "]}";
        byte[] utf8 = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new Messages().readRequest(new JsonCursor().over(utf8), PathCall.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'bash_20250124','name':'bash'}                                        | command
            {'type':'text_editor_20250728','name':'str_replace_based_edit_tool','max_characters':9} | old_str
            {'type':'memory_20250818','name':'memory','cache_control':{'type':'ephemeral'}} | new_path
            """)
    void isAFunctionToOthersAndItselfToClaude(String definition, String argument) {
        ChatRequest request = offering(definition);
        JsonOutput out = new JsonOutput();

        new Messages().writeRequest(
                request, new UpstreamCall("claude-sonnet-4-5", "anthropic", Set.of(), 9, _ -> {}), out);

        JsonNode defined = Transcript.json(definition.replace('\'', '"'));
        Tool.Function function = (Tool.Function) request.tools().getFirst();
        assertThat(function.name()).isEqualTo(defined.path("name").asText());
        assertThat(function.description()).isNotBlank();
        assertThat(Transcript.json(Objects.requireNonNull(function.parameters()).json()).path("properties").has(argument)).isTrue();
        assertThat(Transcript.json(out.toString()).at("/tools/0")).isEqualTo(defined);
    }
}
