package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Claude Code names the tools of its servers by server and tool, Gemini CLI may use dots.
class ToolAliasesTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final String LONG = "mcp__" + "a".repeat(50) + "__" + "b".repeat(50);

    private static TranslatedCall call(Operation from, String body, Operation to) {
        PathCall path = from == Operation.GENERATE_CONTENT ? new PathCall("m", false) : PathCall.NONE;
        return Objects.requireNonNull(DIALECTS.between(from, to)).begin(
                new Asked(
                        RawJson.ofLiteral(body.replace('\'', '"')),
                        path,
                        new ClientCall("0123", "m", false, false, 1),
                        Map.of(),
                        Map.of()),
                new UpstreamCall("m", "openai", Set.of(), 4096, _ -> {}));
    }

    private static String asked(String name) {
        return """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'},
                {'role':'assistant','content':[{'type':'tool_use','id':'t','name':'NAME','input':{}}]},
                {'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'x'}]}],
                'tools':[{'name':'NAME','input_schema':{'type':'object'}},{'name':'short','input_schema':{'type':'object'}}],
                'tool_choice':{'type':'tool','name':'NAME'}}""".replace("NAME", name);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT_COMPLETIONS", "RESPONSES", "GENERATE_CONTENT", "CONVERSE", "COHERE_CHAT"})
    void areShortEnoughEverywhere(Operation to) {
        String sent = call(Operation.MESSAGES, asked(LONG), to).body().toString();

        assertThat(sent).contains("mcp__aaa").doesNotContain(LONG).doesNotContainPattern("[ab_]{65}");
    }

    @Test
    void standForTheToolsInReplies() {
        TranslatedCall call = call(Operation.MESSAGES, asked(LONG), Operation.CHAT_COMPLETIONS);
        String sent = call.body().toString();
        String alias = sent.substring(sent.indexOf("mcp__"), sent.indexOf('"', sent.indexOf("mcp__")));

        ReplyTranslation reply = call.reply(200, _ -> "application/json");
        reply.feed(Unpooled.copiedBuffer("""
                {"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":
                {"role":"assistant","content":null,"tool_calls":[
                {"id":"1","type":"function","function":{"name":"ALIAS","arguments":"{}"}},
                {"id":"2","type":"function","function":{"name":"short","arguments":"{}"}}]}}]}""".replace("ALIAS", alias),
                StandardCharsets.UTF_8));
        reply.end();

        assertThat(reply.failure()).isNull();
        assertThat(reply.output().toString()).contains("\"name\":\"" + LONG + "\"", "\"name\":\"short\"");
    }

    @Test
    void areNotMadeForWhatIsFine() {
        String name = "n".repeat(64);

        assertThat(call(Operation.MESSAGES, asked(name), Operation.CHAT_COMPLETIONS).body().toString()).contains(name);
    }

    @Test
    void haveNoDotsWhereTheyAreRefusedAndAreNeverMistaken() {
        String body = """
                {'contents':[{'parts':[{'text':'hi'}]}],'tools':[{'functionDeclarations':[
                {'name':'files.read'},{'name':'files_read'}]}]}""";

        String sent = call(Operation.GENERATE_CONTENT, body, Operation.CHAT_COMPLETIONS).body().toString();

        assertThat(sent).doesNotContain("files.read").contains("\"files_read\"").containsPattern("\"files_read_[0-9a-f]+\"");
    }
}
