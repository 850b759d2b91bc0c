package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChatCompletionsRequestReaderTest {

    private static ChatRequest read(String body) {
        JsonCursor cursor = new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8));
        return new ChatCompletions().readRequest(cursor, PathCall.NONE);
    }

    private static ChatRequest with(String members) {
        return read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + members + "}");
    }

    private static List<Message> messages(String messages) {
        return read("{\"messages\":[" + messages + "],\"model\":\"m\"}").messages();
    }

    private static Part part(String part) {
        return messages("{\"role\":\"user\",\"content\":[" + part + "]}").getFirst().parts().getFirst();
    }

    @Test
    void readsEveryRole() {
        List<Message> messages = messages("{\"role\":\"developer\",\"content\":\"a\"},{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"b\"}]},"
                + "{\"content\":\"c\",\"name\":\"ann\",\"role\":\"user\"},{\"role\":\"assistant\",\"content\":\"d\"}");

        assertThat(messages).containsExactly(
                Message.text(Role.DEVELOPER, "a"),
                Message.text(Role.SYSTEM, "b"),
                new Message(Role.USER, List.of(Part.Text.of("c")), "ann"),
                Message.text(Role.ASSISTANT, "d"));
    }

    @Test
    void gathersTheResultsOfOneTurnUnderTheNamesOfTheirCalls() {
        List<Message> messages = messages("{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                + "{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}},"
                + "{\"id\":\"2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\" \"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"one\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":[{\"type\":\"text\",\"text\":\"two\"}]},"
                + "{\"role\":\"user\",\"content\":\"go on\"}");

        assertThat(messages).hasSize(4);
        assertThat(messages.get(1).parts()).containsExactly(
                new Part.ToolCall("1", "f", RawJson.ofLiteral("{\"x\":1}"), null, null),
                new Part.ToolCall("2", "g", RawJson.EMPTY_OBJECT, null, null));
        assertThat(messages.get(2)).isEqualTo(Message.of(Role.TOOL, List.of(
                new Part.ToolResult("1", "f", List.of(Part.Text.of("one")), false, null),
                new Part.ToolResult("2", "g", List.of(Part.Text.of("two")), false, null))));
    }

    @Test
    void takesToolsAsOtherFormatsHaveThem() {
        assertThat(with("\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":{},\"strict\":false},"
                + "{\"name\":\"g\",\"input_schema\":{},\"cache_control\":{\"type\":\"ephemeral\"}}]").tools())
                .containsExactly(
                        new Tool.Function("f", "d", RawJson.EMPTY_OBJECT, false, null),
                        new Tool.Function("g", null, RawJson.EMPTY_OBJECT, null, CacheMark.DEFAULT));
    }

    @Test
    void takesLegacyFunctionsForTools() {
        ChatRequest request = read("{\"model\":\"m\",\"functions\":[{\"name\":\"f\",\"parameters\":{}}],\"function_call\":{\"name\":\"f\"},"
                + "\"messages\":[{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                + "{\"role\":\"function\",\"name\":\"f\",\"content\":\"r\"}]}");

        assertThat(request.tools()).containsExactly(new Tool.Function("f", null, RawJson.EMPTY_OBJECT, null, null));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(request.messages().getLast().parts())
                .containsExactly(new Part.ToolResult("", "f", List.of(Part.Text.of("r")), false, null));
    }

    @Test
    void readsEveryPart() {
        assertThat(part("{\"text\":\"t\",\"type\":\"text\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}"))
                .isEqualTo(new Part.Text("t", new CacheMark("1h")));
        assertThat(part("{\"image_url\":{\"url\":\"https://x/y.png\",\"detail\":\"low\"},\"type\":\"image_url\",\"text\":null}"))
                .isEqualTo(new Part.Image(new Media.Remote("https://x/y.png", null), "low", null));
        assertThat(part("{\"type\":\"image_url\",\"image_url\":\"data:image/PNG;charset=x;base64,QQ\"}"))
                .isEqualTo(new Part.Image(new Media.Inline("image/png", "QQ=="), null, null));
        assertThat(part("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"mp3\"}}"))
                .isEqualTo(new Part.Audio(new Media.Inline("audio/mpeg", "QUJD")));
        assertThat(part("{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,QUJD\",\"filename\":\"a.pdf\"}}"))
                .isEqualTo(new Part.Document(new Media.Inline("application/pdf", "QUJD"), "a.pdf", null));
        assertThat(part("{\"type\":\"file\",\"file\":{\"file_data\":\"QUJD\",\"filename\":\"a.csv\"}}"))
                .isEqualTo(new Part.Document(new Media.Inline("text/csv", "QUJD"), "a.csv", null));
        assertThat(part("{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}"))
                .isEqualTo(new Part.Document(new Media.Uploaded("file-1"), null, null));
        assertThat(part("{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://x/v.mp4\"}}"))
                .isEqualTo(new Part.Video(new Media.Remote("https://x/v.mp4", null)));
    }

    @Test
    void passesOverMistralsMarksBetweenTexts() {
        String answer = "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"reference\","
                + "\"reference_ids\":[1]},{\"type\":\"reference\",\"reference_ids\":[\"x\"],\"text\":\"b\"}]}";

        assertThat(messages(answer).getFirst().parts()).containsExactly(Part.Text.of("a"), Part.Text.of("b"));
    }

    @Test
    void takesThoughtsBackWithTheirProofs() {
        Message message = messages("{\"role\":\"assistant\",\"content\":\"x\",\"reasoning_content\":\"hm\",\"thinking_blocks\":["
                + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"redacted_thinking\",\"data\":\"d\"}]}").getFirst();

        assertThat(message.parts()).containsExactly(
                new Part.Thinking("hm", "s", null), new Part.RedactedThinking("d", null), Part.Text.of("x"));
    }

    @Test
    void takesThoughtsBackFromEachOtherField() {
        for (String field : List.of("\"reasoning_content\":\"hm\"", "\"reasoning\":\"hm\"",
                "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"index\":0}]")) {
            Message message = messages("{\"role\":\"assistant\",\"content\":\"x\"," + field + "}").getFirst();

            assertThat(message.parts().getFirst()).isEqualTo(new Part.Thinking("hm", null, null));
        }
    }

    @Test
    void takesBackGooglesMarkOnACall() {
        String call = "{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":{}},\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}}";

        Message message = messages("{\"role\":\"assistant\",\"tool_calls\":[" + call + "]}").getFirst();

        assertThat(message.parts()).containsExactly(new Part.ToolCall("1", "f", RawJson.EMPTY_OBJECT, "c2ln", null));
    }

    @Test
    void passesOverTheEmptyCustomCallBesideAFunction() {
        String call = "{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"},\"custom\":{\"name\":\"\",\"input\":\"\"}}";

        Message message = messages("{\"role\":\"assistant\",\"tool_calls\":[" + call + "]}").getFirst();

        assertThat(message.parts()).containsExactly(new Part.ToolCall("1", "f", RawJson.ofLiteral("{\"a\":1}"), null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"auto\"|Auto[]", "\"none\"|None[]", "\"required\"|Required[]", "\"any\"|Required[]",
        "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}|Named[name=f]",
        "{\"function\":{\"name\":\"f\"}}|Named[name=f]",
        "{\"type\":\"custom\",\"custom\":{\"name\":\"f\"}}|Named[name=f]",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}"
                + "|Allowed[names=[f], required=true]",
    })
    void readsEveryToolChoice(String choice, String expected) {
        assertThat(with("\"tool_choice\":" + choice).toolChoice()).hasToString(expected);
    }

    @Test
    void keepsHostedAndCustomToolsAsTheyAre() {
        String custom = "{\"type\":\"custom\",\"custom\":{\"name\":\"sql\"}}";

        assertThat(with("\"tools\":[" + custom + "]").tools())
                .containsExactly(new Tool.Hosted("chat/completions", RawJson.ofLiteral(custom)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":2}|messages",
        "{\"googleSearch\":{}}|generateContent",
        "{\"url_context\":{}}|generateContent",
        "{\"systemTool\":{\"name\":\"nova_grounding\"}}|bedrock/converse",
    })
    void knowsWhoseAToolIs(String tool, String dialect) {
        assertThat(with("\"tools\":[" + tool + "]").tools())
                .containsExactly(new Tool.Hosted(dialect, RawJson.ofLiteral(tool)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"file_data\":\"https://x/a.pdf\"|https://x/a.pdf|null",
        "\"file_id\":\"https://x/a\",\"format\":\"application/pdf\"|https://x/a|application/pdf",
        "\"file_id\":\"gs://b/s\",\"format\":\"audio/wav\"|gs://b/s|audio/wav",
        "\"file_data\":\"s3://b/a.pdf\"|s3://b/a.pdf|null",
    })
    void takesAFilesUrlWhereverItStands(String members, String url, String type) {
        Part.Document file = (Part.Document) part("{\"type\":\"file\",\"file\":{" + members + "}}");

        assertThat(file.media()).isEqualTo(new Media.Remote(url, type.equals("null") ? null : type));
    }

    @Test
    void readsTheFormOfTheAnswer() {
        assertThat(with("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"},\"strict\":true}}")
                .responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("n", null, RawJson.ofLiteral("{\"type\":\"object\"}"), true));
        assertThat(with("\"response_format\":{\"type\":\"json_object\"}").responseFormat()).isEqualTo(new ResponseFormat.JsonObject());
    }

    @Test
    void readsHowMuchToThinkInEachSpelling() {
        assertThat(with("\"reasoning_effort\":\"LOW\"").reasoning()).isEqualTo(new Reasoning("low", null, null));
        assertThat(with("\"reasoning\":{\"max_tokens\":2000,\"exclude\":true}").reasoning()).isEqualTo(new Reasoning(null, 2000L, "none"));
        assertThat(with("\"reasoning\":{\"enabled\":true}").reasoning()).isEqualTo(new Reasoning(null, -1L, null));
        assertThat(with("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}").reasoning()).isEqualTo(new Reasoning(null, 1024L, null));
        assertThat(with("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}").reasoning())
                .isEqualTo(new Reasoning(null, -1L, "none"));
        assertThat(with("\"thinking\":{\"type\":\"disabled\"}").reasoning()).isEqualTo(new Reasoning("none", null, null));
        assertThat(with("\"n\":1").reasoning()).isNull();
    }

    @Test
    void readsHowTokensArePicked() {
        ChatRequest request = with("\"max_completion_tokens\":9,\"temperature\":0.5,\"top_p\":1,\"seed\":4,\"stop\":\"END\",\"logprobs\":true,"
                + "\"top_logprobs\":2,\"logit_bias\":{\"5\":-100},\"n\":2,\"stream\":true,\"stream_options\":{\"include_usage\":true},\"user\":\"u\"");

        assertThat(request.sampling().maxTokens()).isEqualTo(9);
        assertThat(request.sampling().temperature()).isEqualTo(0.5);
        assertThat(request.sampling().stop()).containsExactly("END");
        assertThat(request.sampling().logitBias()).hasToString("{\"5\":-100}");
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.user()).isEqualTo("u");
    }

    @Test
    void keepsWhatItHasNoWordFor() {
        assertThat(with("\"service_tier\":\"flex\",\"new_field\":{\"a\":1},\"nothing\":null").extras())
                .containsOnlyKeys("service_tier", "new_field")
                .containsEntry("new_field", RawJson.ofLiteral("{\"a\":1}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|model",
        "{\"model\":\"m\"}|messages",
        "{\"model\":\"m\",\"messages\":[]}|messages",
        "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}|messages[0].role",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]}|messages[0].role",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}|messages[0].content",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}|messages[0].tool_call_id",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"smell\"}]}]}|messages[0].content[0].type",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}|messages[0].content[0].text",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]}|messages[0].content[0].image_url.url",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\"}]}|tools[0].function",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tool_choice\":\"never\"}|tool_choice",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"xml\"}}|response_format.type",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":1,\"max_completion_tokens\":1}|max_tokens",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":0}|n",
    })
    void refusesNonsenseByTheNameOfItsField(String body, String field) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.error().param()).isEqualTo(field);
            assertThat(refused.error().message()).startsWith(field);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]", "\"x\"", "{\"model\":1}", "{\"messages\":{}}", "{\"messages\":[1]}", "{\"messages\":[{\"role\":\"user\",\"content\":5}]}",
        "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":{}}]}", "{\"temperature\":\"hot\"}", "{\"stop\":[1]}",
        "{\"tools\":[1]}", "{\"tool_choice\":1}", "{\"stream\":\"yes\"}", "{\"reasoning\":1}", "{\"logit_bias\":[]}",
    })
    void neverStumblesOverWrongKinds(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOfAny(JsonProblem.class, Refused.class);
    }
}
