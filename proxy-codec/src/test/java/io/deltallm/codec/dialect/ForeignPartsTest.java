package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.provider.ProviderTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// A conversation that began at one provider's model and goes on at another's.
class ForeignPartsTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final ProviderTable PROVIDERS = ProviderTable.load();
    private static final String OPENAIS = "gAAAAABpOpenAi";

    private final List<String> lost = new ArrayList<>();

    private String sent(Operation from, String body, Operation to, String provider, String model) {
        return sent(Objects.requireNonNull(DIALECTS.between(from, to)), body, provider, model);
    }

    private String sent(Translation translation, String body, String provider, String model) {
        ProviderTable.Row row = Objects.requireNonNull(PROVIDERS.row(provider));
        return translation.begin(
                        new Asked(
                                RawJson.ofLiteral(body.replace('\'', '"')),
                                PathCall.NONE,
                                new ClientCall("0123", "m", false, false, 1),
                                Map.of(),
                                Map.of()),
                        new UpstreamCall(model, row.id(), row.quirks(), 4096, lost::add))
                .body()
                .toString();
    }

    private static String messages(String messages) {
        return "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}," + messages + "]}";
    }

    private static String input(String items) {
        return "{'model':'m','input':[{'role':'user','content':'hi'}," + items + ",{'role':'user','content':'why'}]}";
    }

    private enum Place {
        CHAT(Operation.CHAT_COMPLETIONS, "openai", "gpt-4o"),
        RESPONSES(Operation.RESPONSES, "openai", "gpt-5"),
        GEMINI(Operation.GENERATE_CONTENT, "gemini", "gemini-2.5-flash"),
        CONVERSE(Operation.CONVERSE, "bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
        COHERE(Operation.COHERE_CHAT, "cohere", "command-a-03-2025"),
        OLLAMA(Operation.OLLAMA_CHAT, "ollama", "llama3");

        private final Operation format;
        private final String provider;
        private final String model;

        Place(Operation format, String provider, String model) {
            this.format = format;
            this.provider = provider;
            this.model = model;
        }
    }

    private String sentFromClaude(String messages, Place to) {
        return sent(Operation.MESSAGES, messages(messages), to.format, to.provider, to.model);
    }

    @ParameterizedTest
    @EnumSource
    void sayWhichToolsASearchHasFound(Place to) {
        String sent = sentFromClaude("""
                {'role':'assistant','content':[{'type':'tool_use','id':'t','name':'ToolSearch','input':{}}]},
                {'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':[
                 {'type':'tool_reference','tool_name':'WebFetch'}]}]}""", to);

        assertThat(sent).contains("The tool WebFetch can be called now.");
        assertThat(lost).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void sayWhatASearchHasFoundAndWhatWasSaidBefore(Place to) {
        String sent = sentFromClaude("""
                {'role':'assistant','content':[{'type':'compaction','content':'They greeted.'}]},
                {'role':'user','content':[{'type':'search_result','source':'https://a.example','title':'Cats','content':[
                 {'type':'text','text':'They purr.'},{'type':'text','text':'Often.'}]},{'type':'text','text':'why'}]}""", to);

        assertThat(sent).contains("They greeted.", "Cats\\nhttps://a.example\\nThey purr.\\nOften.");
        assertThat(lost).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void leaveNoMessageBehindThatSaysNothing(Place to) {
        String search = "{'type':'server_tool_use','id':'s','name':'web_search','input':{}}";

        String with = sentFromClaude("{'role':'assistant','content':[" + search + "]},{'role':'user','content':'why'}", to);
        String without = sentFromClaude("{'role':'user','content':'why'}", to);

        assertThat(with).isEqualTo(without);
        assertThat(lost).containsExactly("messages[1].content[0]");
    }

    @ParameterizedTest
    @EnumSource
    void leaveNoEmptyTextOfTheAssistantsBehind(Place to) {
        String call = "{'type':'tool_use','id':'t','name':'f','input':{}}";
        String result = "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'r'}]}";
        String turn = "{'role':'assistant','content':[%s]},%s";

        String with = sentFromClaude(turn.formatted("{'type':'text','text':''}," + call, result)
                + ",{'role':'assistant','content':''},{'role':'user','content':'why'}", to);
        String without = sentFromClaude(turn.formatted(call, result) + ",{'role':'user','content':'why'}", to);

        assertThat(with).isEqualTo(without);
        assertThat(lost).isEmpty();
    }

    @Test
    void keepWhatTheFormatHas() {
        String reference = "{'type':'tool_reference','tool_name':'WebFetch'}";
        Translation byTheHub = new ChatTranslation(
                Objects.requireNonNull(DIALECTS.client(Operation.MESSAGES)),
                Objects.requireNonNull(DIALECTS.upstream(Operation.VERTEX_MESSAGES)),
                Operation.VERTEX_MESSAGES);

        String sent = sent(byTheHub, messages("""
                {'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},
                {'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':[%s]}]}""".formatted(reference)),
                "vertex_ai", "claude-sonnet-4-5");

        assertThat(sent).contains(reference.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGES, anthropic, claude-sonnet-4-5",
        "GENERATE_CONTENT, gemini, gemini-2.5-flash",
        "CONVERSE, bedrock, anthropic.claude-sonnet-4-5-20250929-v1:0"
    })
    void bringNoProofOfOpenAisToOthers(Operation to, String provider, String model) {
        String sent = sent(Operation.RESPONSES, input("""
                {'type':'reasoning','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'%s'},
                {'type':'reasoning','summary':[],'encrypted_content':'%s'},
                {'role':'assistant','content':'x'}""".formatted(OPENAIS, OPENAIS)), to, provider, model);

        assertThat(sent).contains("\"x\"").doesNotContain(OPENAIS);
    }

    @Test
    void bringNoProofOfOthersToOpenAi() {
        String thoughts = """
                {'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'%s'},
                {'type':'redacted_thinking','data':'EmwKsecret'},{'type':'text','text':'x'}]},{'role':'user','content':'why'}""";

        assertThat(sentFromClaude(thoughts.formatted("ErUBproof"), Place.RESPONSES))
                .contains("\"x\"").doesNotContain("ErUBproof", "EmwKsecret", "\"reasoning\"");
        assertThat(sentFromClaude(thoughts.formatted(OPENAIS), Place.RESPONSES)).contains(OPENAIS);
    }
}
