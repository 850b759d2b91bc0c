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
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChatCompletionsRequestWriterTest {
    private static final List<Message> HELLO = List.of(Message.text(Role.USER, "hi"));

    private final List<String> lost = new ArrayList<>();
    private List<Message> messages = HELLO;
    private List<Tool> tools = List.of();
    private @Nullable ToolChoice choice;
    private Sampling sampling = Sampling.NONE;
    private @Nullable ResponseFormat format;
    private @Nullable Reasoning reasoning;
    private Map<String, RawJson> extras = Map.of();
    private String dialect = "messages";
    private boolean stream;

    private String write(String provider, String model, Quirk... quirks) {
        ChatRequest request = new ChatRequest(
                dialect, "asked", messages, tools, choice, null, sampling, format, reasoning, stream, false, null, extras);
        EnumSet<Quirk> all = EnumSet.noneOf(Quirk.class);
        all.addAll(List.of(quirks));
        JsonOutput out = new JsonOutput();
        new ChatCompletions().writeRequest(request, new UpstreamCall(model, provider, all, 4096, lost::add), out);
        return out.toString();
    }

    private static Tool function(String name) {
        return new Tool.Function(name, null, null, null, null);
    }

    @Test
    void writesTheModelOfTheHost() {
        assertThat(write("vllm", "theirs")).isEqualTo("{\"model\":\"theirs\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(lost).isEmpty();
    }

    @Test
    void leavesOutBlocksOfOtherFormatsWithoutATrace() {
        Part foreign = new Part.Opaque("messages", RawJson.ofLiteral("{\"type\":\"x\"}"));
        Part result = new Part.ToolResult("c", "f", List.of(Part.Text.of("r"), foreign), false, null);
        messages = List.of(
                Message.of(Role.USER, List.of(Part.Text.of("hi"), foreign)),
                Message.of(Role.ASSISTANT, List.of(foreign)),
                Message.of(Role.ASSISTANT, List.of(foreign, new Part.ToolCall("c", "f", RawJson.EMPTY_OBJECT, null, null))),
                Message.of(Role.TOOL, List.of(result)));

        assertThat(write("vllm", "m"))
                .contains(
                        "[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\"},"
                                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[",
                        "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}]");
        assertThat(lost).contains("messages[].content");
    }

    @Test
    void alwaysAsksAStreamForItsUsage() {
        stream = true;

        assertThat(write("openai", "gpt-4o")).contains("\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(write("mistral", "m", Quirk.NO_STREAM_OPTIONS)).contains("\"stream\":true").doesNotContain("stream_options");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o,max_tokens", "o1,max_completion_tokens", "o3-mini,max_completion_tokens", "o4-mini,max_completion_tokens",
        "gpt-5.1,max_completion_tokens", "openai/gpt-5,max_completion_tokens", "o100x,max_tokens", "olmo-2,max_tokens",
    })
    void namesTheLimitAsTheModelWantsIt(String model, String field) {
        sampling = new Sampling(7L, null, null, null, null, null, null, null, List.of(), null, null, null);

        assertThat(write("openai", model)).contains("\"" + field + "\":7");
        assertThat(write("other", model, Quirk.MAX_TOKENS_ONLY)).contains("\"max_tokens\":7");
    }

    @ParameterizedTest
    @CsvSource({
        "openai,gpt-5,,false", "azure,o3-mini,,false", "openai,gpt-5.1,,true", "openai,gpt-5.1,high,false",
        "openai,gpt-5.1,none,true", "openai,gpt-5-chat-latest,,true", "openai,gpt-4o,,true", "openrouter,openai/gpt-5,,true",
    })
    void leavesThePickingOfTokensToModelsThatThink(String provider, String model, @Nullable String effort, boolean told) {
        sampling = new Sampling(7L, 0.5, 0.9, null, 0.1, 0.0, 7L, null, List.of("END"), null, null, null);
        reasoning = effort == null ? null : new Reasoning(effort, null, null);

        String written = write(provider, model);

        assertThat(written).contains("\"seed\":7");
        assertThat(written.contains("temperature")).isEqualTo(told);
        assertThat(lost).containsExactlyElementsOf(
                told ? List.of() : List.of("temperature", "top_p", "frequency_penalty", "stop"));
    }

    @Test
    void tellsModelsThatThinkWhatTheyDoAnyway() {
        sampling = new Sampling(null, 1.0, 1.0, null, 0.0, null, null, null, List.of(), false, null, null);

        assertThat(write("openai", "gpt-5-nano")).contains("\"temperature\":1,\"top_p\":1}");
        assertThat(lost).isEmpty();
    }

    @Test
    void tellsNotToThinkWhereToolsWouldBeRefusedOtherwise() {
        reasoning = new Reasoning("high", null, null);

        assertThat(write("openai", "gpt-5.6", Quirk.TOOLS_BY_RESPONSES)).contains("\"reasoning_effort\":\"high\"");
        tools = List.of(function("f"));
        assertThat(write("openai", "gpt-5.6", Quirk.TOOLS_BY_RESPONSES)).contains("\"reasoning_effort\":\"none\"");
        assertThat(lost).containsExactly("reasoning_effort");
    }

    @Test
    void writesNoEmptyListForThoughtsThatNobodyCanRead() {
        messages = List.of(Message.of(Role.ASSISTANT, List.of(
                new Part.RedactedThinking("d", null), new Part.ToolCall("1", "f", RawJson.EMPTY_OBJECT, null, null))));

        assertThat(write("mistral", "m", Quirk.CONTENT_LISTS)).contains("\"content\":null");
    }

    @Test
    void tellsTheDeveloperAsTheSystem() {
        messages = List.of(Message.text(Role.DEVELOPER, "be kind"));

        assertThat(write("openai", "o3")).contains("\"role\":\"developer\"");
        assertThat(write("groq", "m", Quirk.NO_DEVELOPER_ROLE)).contains("\"role\":\"system\"");
    }

    @Test
    void joinsInstructionsOfSeveralPieces() {
        messages = List.of(Message.of(Role.SYSTEM, List.of(Part.Text.of("a"), Part.Text.of("b"))));

        assertThat(write("openai", "gpt-4o")).contains("{\"role\":\"system\",\"content\":\"a\\n\\nb\"}");
    }

    @Test
    void bringsIdsOfBothSidesToNineLetters() {
        messages = List.of(
                Message.of(Role.ASSISTANT, List.of(new Part.ToolCall("toolu_01Abc", "f", RawJson.EMPTY_OBJECT, null, null))),
                Message.of(Role.TOOL, List.of(new Part.ToolResult("toolu_01Abc", "f", List.of(Part.Text.of("r")), false, null))));

        String written = write("mistral", "m", Quirk.NINE_LETTER_TOOL_IDS);

        String id = written.replaceAll("(?s).*\"id\":\"([A-Za-z0-9]{9})\".*", "$1");
        assertThat(id).hasSize(9);
        assertThat(written).contains("\"tool_call_id\":\"" + id + "\"").doesNotContain("toolu_");
    }

    @Test
    void makesIdsWhereTheClientsFormatHasNone() {
        messages = List.of(
                Message.of(Role.ASSISTANT, List.of(
                        new Part.ToolCall("", "f", RawJson.EMPTY_OBJECT, null, null),
                        new Part.ToolCall("", "g", RawJson.EMPTY_OBJECT, null, null))),
                Message.of(Role.TOOL, List.of(
                        new Part.ToolResult("", "g", List.of(Part.Text.of("of g")), false, null),
                        new Part.ToolResult("", "f", List.of(Part.Text.of("of f")), false, null))));

        assertThat(write("openai", "gpt-4o"))
                .contains("{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\"")
                .contains("{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"of g\"}")
                .contains("{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"of f\"}");
    }

    @Test
    void movesPicturesOutOfResults() {
        Part picture = new Part.Image(new Media.Inline("image/png", "QUJD"), null, null);
        messages = List.of(Message.of(Role.TOOL, List.of(
                new Part.ToolResult("1", null, List.of(Part.Text.of("see"), picture), false, null),
                new Part.ToolResult("2", null, List.of(Part.Text.of("none")), true, null))));

        assertThat(write("openai", "gpt-4o")).contains(
                "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"see\\nThe result is in the next message.\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":\"Error:\\nnone\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"The result of the tool call 1:\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QUJD\"}}]}");
        assertThat(lost).isEmpty();
    }

    @Test
    void writesEveryMedium() {
        messages = List.of(Message.of(Role.USER, List.of(
                new Part.Image(new Media.Remote("https://x/y", "image/png"), "high", null),
                new Part.Audio(new Media.Inline("audio/mpeg", "QUJD")),
                new Part.Document(new Media.Inline("application/pdf", "QUJD"), "a.pdf", null),
                new Part.Document(new Media.Inline("text/plain", "QUJD"), "a.txt", null),
                new Part.Document(new Media.PlainText("words"), null, null),
                new Part.Document(new Media.Uploaded("file-1"), null, null))));

        assertThat(write("openai", "gpt-4o")).contains(
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y\",\"detail\":\"high\"}},"
                        + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"mp3\"}},"
                        + "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,QUJD\"}},"
                        + "{\"type\":\"text\",\"text\":\"a.txt\\n\\nABC\"},"
                        + "{\"type\":\"text\",\"text\":\"words\"},"
                        + "{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}");
        assertThat(lost).isEmpty();
    }

    @Test
    void tellsLossesOnceAField() {
        Part film = new Part.Video(new Media.Remote("https://x/v", null));
        messages = List.of(Message.of(Role.USER, List.of(new Part.Text("x", CacheMark.DEFAULT), new Part.Text("y", CacheMark.DEFAULT), film)));
        extras = Map.of("context_management", RawJson.EMPTY_OBJECT);
        tools = List.of(new Tool.Hosted("messages", RawJson.EMPTY_OBJECT));
        choice = new ToolChoice.Auto();

        String written = write("openai", "gpt-4o");

        assertThat(written).doesNotContain("tool", "video", "cache", "context");
        assertThat(lost).containsExactlyInAnyOrder(
                "cache_control", "messages[].content[].video_url", "context_management", "tools");
    }

    @Test
    void marksWhatShallBeCachedWhereTheHostKnowsHow() {
        messages = List.of(Message.of(Role.SYSTEM, List.of(new Part.Text("long", new CacheMark("1h")))));

        assertThat(write("openrouter", "m")).contains(
                "[{\"type\":\"text\",\"text\":\"long\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]");
        assertThat(lost).isEmpty();
    }

    @Test
    void givesThoughtsBackInTheHostsOwnField() {
        messages = List.of(Message.of(Role.ASSISTANT, List.of(
                new Part.Thinking("hm", "sig", null), new Part.RedactedThinking("enc", null), Part.Text.of("x"))));

        assertThat(write("deepseek", "m")).contains("\"content\":\"x\",\"reasoning_content\":\"hm\"}");
        assertThat(write("groq", "m")).contains("\"content\":\"x\",\"reasoning\":\"hm\"}");
        assertThat(write("openrouter", "m")).contains("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"sig\"},"
                + "{\"type\":\"reasoning.encrypted\",\"data\":\"enc\"}]");
        assertThat(write("mistral", "m", Quirk.CONTENT_LISTS)).contains(
                "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"x\"}]");
        assertThat(lost).isEmpty();
        assertThat(write("openai", "gpt-4o")).doesNotContain("hm");
        assertThat(lost).containsExactly("thinking_blocks");
    }

    @Test
    void asksForThoughtInTheHostsOwnWords() {
        reasoning = new Reasoning(null, 9000L, null);

        assertThat(write("openai", "o3")).contains("\"reasoning_effort\":\"high\"");
        assertThat(write("openrouter", "m")).contains("\"reasoning\":{\"max_tokens\":9000}");
        assertThat(write("deepseek", "m")).contains("\"thinking\":{\"type\":\"enabled\"}");
        assertThat(lost).isEmpty();
        assertThat(write("openai", "gpt-4o")).doesNotContain("reasoning");
        assertThat(lost).containsExactly("reasoning_effort");
        reasoning = new Reasoning(null, null, "auto");
        assertThat(write("openrouter", "m")).contains("\"reasoning\":{\"enabled\":true}");
    }

    @Test
    void saysASchemaInWordsWhereTheHostHasNoFieldForIt() {
        format = new ResponseFormat.JsonSchema("n", null, RawJson.ofLiteral("{\"type\":\"object\"}"), true);

        assertThat(write("deepseek", "m", Quirk.NO_JSON_SCHEMA))
                .contains("\"response_format\":{\"type\":\"json_object\"}")
                .contains("JSON Schema").contains("{\\\"type\\\":\\\"object\\\"}");
        assertThat(lost).containsExactly("response_format.json_schema");
        assertThat(write("openai", "gpt-4o")).contains(
                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"},\"strict\":true}}");
    }

    @Test
    void offersOnlyTheAllowedToolsWhereThereIsNoWordForThem() {
        tools = List.of(function("f"), function("g"));
        choice = new ToolChoice.Allowed(List.of("g"), true);

        assertThat(write("groq", "m")).contains("\"name\":\"g\"", "\"tool_choice\":\"required\"").doesNotContain("\"name\":\"f\"");
        assertThat(write("openai", "gpt-4o")).contains("\"name\":\"f\"", "{\"type\":\"allowed_tools\",\"allowed_tools\":"
                + "{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}}");
    }

    @Test
    void leavesOutWhatTheHostRefuses() {
        sampling = new Sampling(
                null, null, null, 40L, 0.5, 0.0, 7L, 2L, List.of(), true, null, RawJson.ofLiteral("{\"1\":2}"));

        String written = write("picky", "m", Quirk.NO_PENALTIES, Quirk.NO_SEED, Quirk.NO_CHOICES, Quirk.NO_LOGPROBS,
                Quirk.NO_LOGIT_BIAS, Quirk.STRICT_FIELDS);

        assertThat(written).isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(lost).containsExactly("top_k", "frequency_penalty", "seed", "n", "logprobs", "logit_bias");
        assertThat(write("mistral", "m", Quirk.RANDOM_SEED)).contains("\"random_seed\":7");
    }

    @Test
    void neverForcesAToolWhereThatIsRefused() {
        tools = List.of(function("f"));
        choice = new ToolChoice.Required();

        assertThat(write("moonshot", "m", Quirk.NO_FORCED_TOOL)).contains("\"tool_choice\":\"auto\"");
        assertThat(lost).containsExactly("tool_choice");
    }

    @Test
    void joinsTurnsOfOneSpeakerWhereTheHostWantsThemToAlternate() {
        messages = List.of(Message.text(Role.USER, "a"), Message.text(Role.USER, "b"), Message.text(Role.ASSISTANT, "c"));

        assertThat(write("perplexity", "m", Quirk.STRICT_TURNS)).contains("\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"assistant\",\"content\":\"c\"}]");
    }

    @Test
    void tellsMistralThatTheAnswerGoesOnWithTheLastTurn() {
        messages = List.of(Message.text(Role.USER, "a"), Message.text(Role.ASSISTANT, "b"));

        assertThat(write("mistral", "m")).contains("{\"role\":\"assistant\",\"content\":\"b\",\"prefix\":true}");
        assertThat(write("groq", "m")).doesNotContain("prefix");
    }

    @Test
    void leavesNamesOutWhereTheyAreRefused() {
        messages = List.of(new Message(Role.USER, List.of(Part.Text.of("a")), "ann"));

        assertThat(write("openai", "gpt-4o")).contains("\"name\":\"ann\"");
        assertThat(write("groq", "m", Quirk.NO_NAMES)).doesNotContain("ann");
    }

    @Test
    void givesDeepSeekEmptyThoughtsRatherThanNoneBesideCalls() {
        messages = List.of(Message.of(Role.ASSISTANT, List.of(new Part.ToolCall("1", "f", RawJson.EMPTY_OBJECT, null, null))));

        assertThat(write("deepseek", "m", Quirk.REPLAYS_REASONING)).contains("\"reasoning_content\":\"\"");
        assertThat(write("groq", "m")).doesNotContain("reasoning");
    }

    @Test
    void losesNothingToAGatewayThatHandsOnToClaude() {
        Part picture = new Part.Image(new Media.Inline("image/png", "AA=="), null, null);
        RawJson search = RawJson.ofLiteral("{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}");
        messages = List.of(
                Message.of(Role.ASSISTANT, List.of(
                        new Part.Thinking("hm", "sig", null),
                        new Part.RedactedThinking("dat", null),
                        new Part.ToolCall("1", "look", RawJson.EMPTY_OBJECT, null, null))),
                Message.of(Role.TOOL, List.of(new Part.ToolResult("1", "look", List.of(picture), true, null))));
        tools = List.of(new Tool.Hosted("messages", search));
        reasoning = new Reasoning(null, 4096L, null);
        extras = Map.of("context_management", RawJson.ofLiteral("{\"edits\":[]}"));

        assertThat(write("litellm_proxy", "claude-sonnet-4-5"))
                .contains("\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"dat\"}]")
                .contains("\"content\":[{\"type\":\"text\",\"text\":\"Error:\\n\"},{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}]")
                .contains("\"tools\":[" + search + "]")
                .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4096}")
                .contains("\"context_management\":{\"edits\":[]}");
        assertThat(lost).isEmpty();
        assertThat(write("litellm_proxy", "gpt-5")).contains("\"reasoning_effort\":\"medium\"").doesNotContain("thinking");
    }

    @Test
    void handsOnOnlyWhatTheModelBehindAGatewayKnows() {
        dialect = "generateContent";
        tools = List.of(new Tool.Hosted(dialect, RawJson.ofLiteral("{\"googleSearch\":{}}")));
        extras = Map.of("safetySettings", RawJson.ofLiteral("[]"));

        assertThat(write("litellm_proxy", "gemini-3-pro"))
                .contains("\"tools\":[{\"googleSearch\":{}}]")
                .contains("\"safetySettings\":[]");
        assertThat(lost).isEmpty();
        assertThat(write("litellm_proxy", "claude-sonnet-4-5")).doesNotContain("googleSearch", "safetySettings");
        assertThat(lost).containsExactly("tools", "safetySettings");
    }

    @Test
    void tellsAGatewayOfSoundsAndFilmsElsewhereAsFiles() {
        messages = List.of(Message.of(
                Role.USER,
                List.of(new Part.Audio(new Media.Remote("gs://b/s", "audio/wav")),
                        new Part.Video(new Media.Remote("https://youtu.be/x", null)))));

        assertThat(write("litellm_proxy", "gemini-3-pro"))
                .contains("{\"type\":\"file\",\"file\":{\"file_id\":\"gs://b/s\",\"format\":\"audio/wav\"}}")
                .contains("{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://youtu.be/x\"}}");
    }

    @ParameterizedTest
    @CsvSource({"auto,summarized", "none,omitted"})
    void asksAGatewayForThoughtAsItLikes(String summary, String shown) {
        reasoning = new Reasoning("high", -1L, summary);

        assertThat(write("litellm_proxy", "claude-sonnet-4-6")).contains("\"reasoning_effort\":\"high\",\"thinking\":"
                + "{\"type\":\"adaptive\",\"display\":\"" + shown + "\"}");
    }

    @Test
    void saysAnthropicsTierInOpenAisWord() {
        extras = Map.of("service_tier", RawJson.ofLiteral("\"standard_only\""));

        assertThat(write("openai", "gpt-4o")).contains("\"service_tier\":\"default\"");
        assertThat(write("mistral", "m", Quirk.STRICT_FIELDS)).doesNotContain("service_tier");
        assertThat(lost).containsExactly("service_tier");
    }

    @Test
    void asksForPicturesWhereTheyAreMade() {
        dialect = "generateContent";
        extras = new TreeMap<>(Map.of(
                "generationConfig.responseModalities", RawJson.ofLiteral("[\"TEXT\",\"IMAGE\"]"),
                "generationConfig.imageConfig", RawJson.ofLiteral("{\"aspectRatio\":\"16:9\"}")));

        assertThat(write("openrouter", "google/gemini-2.5-flash-image")).contains("\"modalities\":[\"text\",\"image\"]");
        assertThat(write("litellm_proxy", "gemini-2.5-flash-image"))
                .contains("\"imageConfig\":{\"aspectRatio\":\"16:9\"},\"modalities\":[\"text\",\"image\"]");
        assertThat(write("openai", "gpt-4o")).doesNotContain("modalities");
    }

    @Test
    void carriesFieldsOfItsOwnFormatAndTheirEquals() {
        extras = Map.of("metadata", RawJson.ofLiteral("{\"a\":\"b\"}"));

        dialect = "chat/completions";
        assertThat(write("openai", "gpt-4o")).contains("\"metadata\":{\"a\":\"b\"}");
        dialect = "responses";
        assertThat(write("openai", "gpt-4o")).contains("\"metadata\":{\"a\":\"b\"}");
        assertThat(lost).isEmpty();
        dialect = "messages";
        assertThat(write("openai", "gpt-4o")).doesNotContain("metadata");
        assertThat(lost).containsExactly("metadata");
    }
}
