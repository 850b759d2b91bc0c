package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What becomes of the bytes of a request on its way to Claude on Vertex and on Bedrock.
class HostedRequestTest {
    private static final String VERTEX = ",\"anthropic_version\":\"vertex-2023-10-16\"";
    private static final String BEDROCK = ",\"anthropic_version\":\"bedrock-2023-05-31\"";

    private final List<String> lost = new ArrayList<>();
    private List<String> betas = List.of();
    private boolean byHub;

    private String model = "claude-sonnet-4-5";

    private TranslatedCall carried(Messages dialect, String body, long mostTokens, Map<String, String> defaults) {
        return new HostedMessages(dialect, Operation.VERTEX_MESSAGES, new Hub())
                .begin(
                        new Asked(
                                RawJson.ofLiteral(body),
                                PathCall.NONE,
                                new ClientCall("0123456789abcdef", "m", false, false, 1_700_000_000L),
                                defaults,
                                Map.of()),
                        new UpstreamCall(model, "p", Set.of(), 4096, mostTokens, betas, lost::add));
    }

    private final class Hub implements Translation {
        @Override
        public Operation to() {
            return Operation.BEDROCK_MESSAGES;
        }

        @Override
        public TranslatedCall begin(Asked asked, UpstreamCall upstream) {
            byHub = true;
            return carried(Messages.vertex(), "{}", 0, Map.of());
        }
    }

    private String onVertex(String body) {
        return carried(Messages.vertex(), body, 0, Map.of()).body().toString();
    }

    private String onBedrock(String body) {
        return carried(Messages.bedrock(() -> null), body, 0, Map.of()).body().toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':'m','max_tokens':9}                     | {'max_tokens':9+}",
                "{'max_tokens':9,'model':'m'}                     | {'max_tokens':9+}",
                "{'max_tokens':9,'model':'m','x':[1]}             | {'max_tokens':9,'x':[1]+}",
                "{'max_tokens':9}                                 | {'max_tokens':9+}",
                "` { 'model' : 'm' , 'max_tokens' : 9 } `         | ` { 'max_tokens' : 9+ } `",
                "{'max_tokens' :  9 , 'model':'m'  , 'b' : 2 }    | {'max_tokens' :  9  , 'b' : 2+ }",
                "{'max_tokens':9,'a':{'model':'n','stream':true}} | {'max_tokens':9,'a':{'model':'n','stream':true}+}",
                "{'m\\u006fdel':'m','max_tokens':9}               | {'max_tokens':9+}",
                "{'max_tokens':9,'a\\u0062':'\\u0063\\/'}         | {'max_tokens':9,'a\\u0062':'\\u0063\\/'+}",
                "{'max_tokens':9,'x':1,'x':2,'x':1e-0}            | {'max_tokens':9,'x':1,'x':2,'x':1e-0+}",
                "{'max_tokens':null,'é':'ü😀'}                    | {'max_tokens':null,'é':'ü😀'+}",
                "{'max_tokens':9,'top_k':5}                       | {'max_tokens':9,'top_k':5+}",
            })
    void keepsEveryByteButTheModel(String body, String expected) {
        String asked = body.replace('\'', '"');
        String sent = expected.replace('\'', '"');

        assertThat(onVertex(asked)).isEqualTo(sent.replace("+", VERTEX));
        assertThat(onBedrock(asked)).isEqualTo(sent.replace("+", BEDROCK));
        assertThat(lost).isEmpty();
    }

    @Test
    void hasSomethingToSayEvenWhereTheModelWasAll() {
        assertThat(onVertex("{ \"model\":\"m\" }"))
                .isEqualTo("{\"anthropic_version\":\"vertex-2023-10-16\",\"max_tokens\":4096 }");
        assertThat(onBedrock("{\"stream\":true,\"model\":\"m\"}"))
                .isEqualTo("{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":4096}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'stream':true,'model':'m','max_tokens':9}    | true  | {'stream':true,'max_tokens':9+}  | {'max_tokens':9+}",
                "{'max_tokens':9,'stream': true}               | true  | {'max_tokens':9,'stream': true+} | {'max_tokens':9+}",
                "{'model':'m','stream':false,'max_tokens':9}   | false | {'stream':false,'max_tokens':9+} | {'max_tokens':9+}",
                "{'max_tokens':9,'stream':null,'model':'m'}    | false | {'max_tokens':9,'stream':null+}  | {'max_tokens':9+}",
                "{'max_tokens':9}                              | false | {'max_tokens':9+}                | {'max_tokens':9+}",
            })
    void tellsBedrockInThePathWhetherToStream(String body, boolean stream, String vertex, String bedrock) {
        String asked = body.replace('\'', '"');

        assertThat(onVertex(asked)).isEqualTo(vertex.replace('\'', '"').replace("+", VERTEX));
        assertThat(onBedrock(asked)).isEqualTo(bedrock.replace('\'', '"').replace("+", BEDROCK));
        assertThat(carried(Messages.vertex(), asked, 0, Map.of()).streamed()).isEqualTo(stream);
        assertThat(carried(Messages.bedrock(() -> null), asked, 0, Map.of()).streamed()).isEqualTo(stream);
    }

    @Test
    void putsTheHostsVersionInPlaceOfTheClients() {
        assertThat(onVertex("{\"anthropic_version\" : \"2023-06-01\", \"max_tokens\":9}"))
                .isEqualTo("{\"anthropic_version\" : \"vertex-2023-10-16\", \"max_tokens\":9}");
        assertThat(onBedrock("{\"max_tokens\":9,\"anthropic_version\":null,\"anthropic_beta\":[\"b\"]}"))
                .isEqualTo("{\"max_tokens\":9,\"anthropic_version\":\"bedrock-2023-05-31\",\"anthropic_beta\":[\"b\"]}");
    }

    @Test
    void addsDefaultsThatAnthropicShares() {
        Map<String, String> defaults =
                Map.of("temperature", "0.5", "max_tokens", "77", "seed", "1", "anthropic_beta", "[\"ü\"]");

        String said = carried(Messages.vertex(), "{\"max_tokens\":9,\"temperature\":1}", 0, defaults).body().toString();
        String silent = carried(Messages.vertex(), "{\"model\":\"m\"}", 0, defaults).body().toString();

        assertThat(said).isEqualTo("{\"max_tokens\":9,\"temperature\":1" + VERTEX + ",\"anthropic_beta\":[\"ü\"]}");
        assertThat(silent)
                .contains("\"temperature\":0.5", "\"max_tokens\":77", "\"anthropic_beta\":[\"ü\"]")
                .doesNotContain("seed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'max_tokens':9}                                         | {'max_tokens':9+,'anthropic_beta':['effort-2025-11-24']}",
                "{'max_tokens':9,'anthropic_beta':null}                   | {'max_tokens':9,'anthropic_beta':['effort-2025-11-24']+}",
                "{'anthropic_beta': [ 'b' , 7 ] ,'max_tokens':9}          | {'anthropic_beta': ['b',7,'effort-2025-11-24'] ,'max_tokens':9+}",
                "{'max_tokens':9,'anthropic_beta':[ 'effort-2025-11-24']} | {'max_tokens':9,'anthropic_beta':[ 'effort-2025-11-24']+}",
                "{'max_tokens':9,'anthropic_beta':'b'}                    | {'max_tokens':9,'anthropic_beta':'b'+}",
            })
    void tellsBedrockInTheBodyWhatTheHeaderAsksFor(String body, String expected) {
        String asked = body.replace('\'', '"');
        betas = List.of("claude-code-20250219", "effort-2025-11-24", "effort-2025-11-24", "oauth-2025-04-20");

        assertThat(onBedrock(asked)).isEqualTo(expected.replace('\'', '"').replace("+", BEDROCK));
        assertThat(onVertex(asked)).as("a header there").isEqualTo(asked.substring(0, asked.length() - 1) + VERTEX + "}");
    }

    @Test
    void asksBedrockForNothingThatItDoesNotKnow() {
        betas = List.of("claude-code-20250219", "prompt-caching-scope-2026-01-05", "of-tomorrow-2029-01-01");

        assertThat(onBedrock("{\"max_tokens\":9}")).isEqualTo("{\"max_tokens\":9" + BEDROCK + "}");
    }

    @Test
    void joinsTheHeadersFeaturesAndTheConfigurations() {
        betas = List.of("advanced-tool-use-2025-11-20", "context-management-2025-06-27");

        assertThat(carried(Messages.bedrock(() -> null), "{\"max_tokens\":9}", 0, Map.of("anthropic_beta", "[\"own\"]"))
                        .body()
                        .toString())
                .contains("\"anthropic_beta\":[\"own\",\"tool-search-tool-2025-10-19\",\"context-management-2025-06-27\"]");
    }

    private String withEffort(String effort, String body) {
        Map<String, String> defaults = Map.of("reasoning_effort", "\"" + effort + "\"", "temperature", "0.5");
        return carried(Messages.bedrock(() -> null), body.replace('\'', '"'), 0, defaults).body().toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "claude-3-7-sonnet    | high    | 'thinking':{'type':'enabled','budget_tokens':16384}",
                "claude-sonnet-4-5    | minimal | 'thinking':{'type':'enabled','budget_tokens':1024}",
                "claude-sonnet-4-5    | xhigh   | 'thinking':{'type':'enabled','budget_tokens':18976}",
                "claude-opus-4-5      | low     | 'thinking':{'type':'enabled','budget_tokens':2048},'output_config':{'effort':'low'}",
                "claude-sonnet-4-6    | max     | 'thinking':{'type':'adaptive'},'output_config':{'effort':'max'}",
                "us.anthropic.claude-opus-4-7-v1 | xhigh | 'thinking':{'type':'adaptive'},'output_config':{'effort':'xhigh'}",
            })
    void thinksAsTheConfigurationSays(String asked, String effort, String thinking) {
        model = asked;

        assertThat(withEffort(effort, "{'max_tokens':20000}"))
                .isEqualTo("{\"max_tokens\":20000" + BEDROCK + "," + thinking.replace('\'', '"') + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'thinking':{'type':'disabled'}",
                "'thinking':null",
                "'output_config':{'format':{}}",
                "'temperature':0.2",
                "'top_p':0.9",
                "'top_k':5",
                "'tool_choice':{'type':'any'}",
                "'tool_choice':{'name':'n','type':'tool'}",
                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]",
                "'messages':[{'role':'assistant','content':[{'type':'tool_use'}]},{'role':'user','content':[{'type':'tool_result'}]}]",
            })
    void leavesThinkingToARequestThatSpeaksOfItOrDoesNotGoWithIt(String member) {
        String body = "{'max_tokens':20000," + member + "}";
        String sent = withEffort("high", body);

        assertThat(sent).startsWith(body.substring(0, body.length() - 1).replace('\'', '"')).doesNotContain("budget_tokens");
        assertThat(sent.split("\"thinking\"", -1)).as("said once at most").hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'temperature':1",
                "'temperature':null",
                "'top_p':0.95",
                "'tool_choice':{'type':'auto'}",
                "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'c'}]",
                "'messages':[{'role':'assistant','content':[{'type':'thinking'},{'type':'tool_use'}]},"
                        + "{'role':'user','content':[{'type':'tool_result'}]}]",
                "'messages':[7,{'role':'user','content':7},{'content':[7]}]",
            })
    void thinksBesideWhatGoesWithIt(String member) {
        assertThat(withEffort("high", "{'max_tokens':20000," + member + "}")).contains("\"budget_tokens\":16384");
    }

    @Test
    void thinksAdaptivelyBehindACallMadeWithoutThoughts() {
        model = "claude-opus-4-6";

        assertThat(withEffort("high", "{'max_tokens':9,'messages':[{'role':'assistant','content':[{'type':'tool_use'}]},"
                        + "{'role':'user','content':[{'type':'tool_result'}]}]}"))
                .contains("\"thinking\":{\"type\":\"adaptive\"}");
        assertThat(withEffort("high", "{'max_tokens':9,'temperature':0.2}"))
                .doesNotContain("thinking")
                .contains("\"output_config\":{\"effort\":\"high\"}");
    }

    @Test
    void doesNotThinkWhereItMayNotOrCannot() {
        assertThat(withEffort("none", "{'max_tokens':9}"))
                .contains("\"thinking\":{\"type\":\"disabled\"}", "\"temperature\":0.5");
        assertThat(withEffort("high", "{'max_tokens':1024}")).as("no room").doesNotContain("thinking");

        model = "claude-3-5-haiku";
        assertThat(withEffort("high", "{'max_tokens':20000}")).doesNotContain("thinking").contains("\"temperature\":0.5");
        assertThat(lost).as("the client asked for nothing").isEmpty();
    }

    @Test
    void prefersThinkingInAnthropicsOwnWords() {
        Map<String, String> defaults = Map.of("reasoning_effort", "\"high\"", "thinking", "{\"type\":\"disabled\"}");

        assertThat(carried(Messages.vertex(), "{\"max_tokens\":9}", 0, defaults).body().toString())
                .isEqualTo("{\"max_tokens\":9" + VERTEX + ",\"thinking\":{\"type\":\"disabled\"}}");
    }

    @Test
    void asksForNoMoreThanTheModelCanSay() {
        assertThat(carried(Messages.vertex(), "{\"max_tokens\": 32000 ,\"x\":1}", 8192, Map.of()).body().toString())
                .isEqualTo("{\"max_tokens\": 8192 ,\"x\":1" + VERTEX + "}");
        assertThat(carried(Messages.vertex(), "{\"max_tokens\":8192}", 8192, Map.of()).body().toString())
                .isEqualTo("{\"max_tokens\":8192" + VERTEX + "}");
        assertThat(carried(Messages.vertex(), "{}", 1000, Map.of("max_tokens", "2000")).body().toString())
                .contains("\"max_tokens\":1000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'image','source':{'type':'url','url':'https://a/b.png'}}                                     | true",
                "{'type':'document','source':{'url':'https://a/b.pdf','type':'url'}}                                  | true",
                "{'type':'tool_result','tool_use_id':'t','content':[{'source':{'type':'url'},'type':'image'}]}        | true",
                "{'type':'document','source':{'type':'content','content':[{'type':'image','source':{'type':'url'}}]}} | true",
                "{'type':'tool_use','id':'t','name':'n','input':{'content':[{'source':{'type':'url'}}]}}              | false",
                "{'type':'search_result','source':'https://a/b','content':[{'type':'text','text':'url'}]}             | false",
                "{'type':'document','source':{'type':'text','data':'x'},'content':7}                                  | false",
                "'text'                                                                                               | false",
            })
    void leavesToTheHubWhatBedrockWouldNotFetch(String block, boolean hub) {
        String body = ("{'max_tokens':9,'messages':[{'role':'user','content':'hi'},{'role':'user','content':[" + block + "]}]}")
                .replace('\'', '"');

        onBedrock(body);
        assertThat(byHub).isEqualTo(hub);

        byHub = false;
        assertThat(onVertex(body)).startsWith(body.substring(0, body.length() - 1));
        assertThat(byHub).isFalse();
    }

    @Test
    void fetchesForBedrockAndNotForVertex() {
        assertThat(Messages.bedrock(() -> null).fetches("https://h/a.png")).isFalse();
        assertThat(Messages.vertex().fetches("https://h/a.png")).isTrue();
    }

    @Test
    void handsWhatWasFetchedToTheHub() {
        Media.Inline fetched = new Media.Inline("image/png", "AAAA");
        List<Map<String, Media.Inline>> handed = new ArrayList<>();
        Translation hub = new Translation() {
            @Override
            public Operation to() {
                return Operation.BEDROCK_MESSAGES;
            }

            @Override
            public TranslatedCall begin(Asked asked, UpstreamCall upstream) {
                handed.add(asked.fetched());
                return carried(Messages.vertex(), "{}", 0, Map.of());
            }
        };

        new HostedMessages(Messages.bedrock(() -> null), Operation.BEDROCK_MESSAGES, hub)
                .begin(
                        new Asked(
                                RawJson.ofLiteral("{\"messages\":[{\"content\":[{\"source\":{\"type\":\"url\"}}]}]}"),
                                PathCall.NONE,
                                new ClientCall("0123456789abcdef", "m", false, false, 1_700_000_000L),
                                Map.of(),
                                Map.of("https://a/b.png", fetched)),
                        new UpstreamCall("m", "p", Set.of(), 4096, lost::add));

        assertThat(handed).containsExactly(Map.of("https://a/b.png", fetched));
    }
}
