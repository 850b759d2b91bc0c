package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.provider.ProviderTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Says each thing that a client can say in its format to each format of providers, and writes down what is told as lost
/// or refused: the table "What is lost" of the README.
class LossesTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final ProviderTable PROVIDERS = ProviderTable.load();
    private static final String PICTURE = "https://example.com/cat.png";
    private static final List<Operation> CLIENTS =
            List.of(Operation.CHAT_COMPLETIONS, Operation.RESPONSES, Operation.MESSAGES, Operation.GENERATE_CONTENT);

    /// A place to which requests go.
    ///
    /// @param prefix the row of the table of providers
    private record Place(String name, Operation format, String prefix, String model) {}

    private static final List<Place> PLACES = List.of(
            new Place("OpenAI chat, `gpt-4o`", Operation.CHAT_COMPLETIONS, "openai", "gpt-4o"),
            new Place("OpenAI chat, `gpt-5`", Operation.CHAT_COMPLETIONS, "openai", "gpt-5"),
            new Place("OpenAI's format at OpenRouter", Operation.CHAT_COMPLETIONS, "openrouter", "m"),
            new Place("OpenAI's format at Mistral", Operation.CHAT_COMPLETIONS, "mistral", "mistral-large-latest"),
            new Place("OpenAI Responses, `gpt-5`", Operation.RESPONSES, "openai", "gpt-5"),
            new Place("Anthropic, `claude-sonnet-4-5`", Operation.MESSAGES, "anthropic", "claude-sonnet-4-5"),
            new Place("Claude on Vertex", Operation.VERTEX_MESSAGES, "vertex_ai", "claude-sonnet-4-5"),
            new Place("Claude on Bedrock", Operation.BEDROCK_MESSAGES, "bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            new Place("Gemini, `gemini-2.5-flash`", Operation.GENERATE_CONTENT, "gemini", "gemini-2.5-flash"),
            new Place("Bedrock Converse, Claude", Operation.CONVERSE, "bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            new Place("Bedrock Converse, Nova", Operation.CONVERSE, "bedrock", "amazon.nova-pro-v1:0"),
            new Place("Bedrock Llama", Operation.INVOKE_LLAMA, "bedrock", "meta.llama3-8b-instruct-v1:0"),
            new Place("Bedrock Titan Text", Operation.INVOKE_TITAN_TEXT, "bedrock", "amazon.titan-text-express-v1"),
            new Place("Cohere v2", Operation.COHERE_CHAT, "cohere", "command-a-03-2025"),
            new Place("Cohere v1", Operation.COHERE_CHAT_V1, "cohere", "command-r"),
            new Place("Ollama", Operation.OLLAMA_CHAT, "ollama", "llama3"),
            new Place("watsonx", Operation.WATSONX_CHAT, "watsonx", "ibm/granite-3-8b-instruct"),
            new Place("Text Generation Inference", Operation.TGI_GENERATE, "sagemaker", "m"),
            new Place("Replicate", Operation.REPLICATE_PREDICTION, "replicate", "meta/meta-llama-3-8b-instruct"),
            new Place("Aleph Alpha", Operation.ALEPH_ALPHA_COMPLETE, "aleph_alpha", "luminous-base"),
            new Place("Claude behind a LiteLLM proxy", Operation.CHAT_COMPLETIONS, "litellm_proxy", "claude-sonnet-4-5"),
            new Place("Gemini behind a LiteLLM proxy", Operation.CHAT_COMPLETIONS, "litellm_proxy", "gemini-2.5-flash"));

    /// Printed from what the translations say: on a difference, paste what the failure shows.
    @Test
    void areTheTableOfTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(table());
    }

    @Test
    void areHeardForWhatAFormatCannot() {
        Place anthropic = PLACES.get(5);

        assertThat(losses(Operation.CHAT_COMPLETIONS, anthropic, "\"n\":2,\"seed\":7")).containsExactlyInAnyOrder("n", "seed");
        assertThat(losses(Operation.CHAT_COMPLETIONS, anthropic, "\"temperature\":0.5")).isEmpty();
    }

    @Test
    void areNoneWhereOnlyTheEnvelopeDiffers() {
        for (Place place : PLACES.subList(6, 8)) {
            things(Operation.MESSAGES).forEach((thing, members) ->
                    assertThat(losses(Operation.MESSAGES, place, members)).as("%s to %s", thing, place.name()).isEmpty());
        }
    }

    private static String table() {
        StringBuilder table = new StringBuilder();
        for (Operation client : CLIENTS) {
            table.append("\n**From clients of ").append(client.label()).append("**\n\n| to | lost | refused |\n|---|---|---|\n");
            rows(client).forEach((cells, places) ->
                    table.append("| ").append(String.join("; ", places)).append(" | ").append(cells).append(" |\n"));
        }
        return table.toString().strip();
    }

    /// By what is lost there, the places.
    private static Map<String, List<String>> rows(Operation client) {
        Map<String, String> things = things(client);
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Place place : PLACES) {
            if (place.format() != client) {
                rows.computeIfAbsent(cells(client, place, things), _ -> new ArrayList<>()).add(place.name());
            }
        }
        return rows;
    }

    private static String cells(Operation client, Place place, Map<String, String> things) {
        List<String> lost = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        things.forEach((thing, members) -> {
            try {
                if (!losses(client, place, members).isEmpty()) {
                    lost.add(thing);
                }
            } catch (Refused _) {
                refused.add(thing);
            }
        });
        return String.join(", ", lost) + " | " + String.join(", ", refused);
    }

    /// By what the reader calls them, the members that say them.
    private static Map<String, String> things(Operation client) {
        Map<String, String> things = new LinkedHashMap<>();
        String file = "/losses/" + client.label().replace('/', '-') + ".txt";
        try (InputStream in = Objects.requireNonNull(LossesTest.class.getResourceAsStream(file), file)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int bar = line.indexOf(" | ");
                        things.put(line.substring(0, bar), line.substring(bar + 3));
                    });
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
        return things;
    }

    private static List<String> losses(Operation client, Place place, String members) {
        List<String> lost = new ArrayList<>();
        Translation translation = Objects.requireNonNull(DIALECTS.between(client, place.format()));
        ProviderTable.Row row = Objects.requireNonNull(PROVIDERS.row(place.prefix()), place.prefix());
        translation.begin(
                new Asked(
                        RawJson.ofLiteral(body(client, members)),
                        client == Operation.GENERATE_CONTENT ? new PathCall("m", false) : PathCall.NONE,
                        new ClientCall("0123456789abcdef", "m", false, false, 1_700_000_000L),
                        // Without its project watsonx takes nothing.
                        place.format() == Operation.WATSONX_CHAT ? Map.of("project_id", "\"p\"") : Map.of(),
                        Map.of(PICTURE, new Media.Inline("image/png", "iVBORw0KGgo="))),
                new UpstreamCall(place.model(), row.id(), row.quirks(), 4096, lost::add));
        return lost;
    }

    private static String body(Operation client, String members) {
        StringBuilder body = new StringBuilder("{").append(members);
        member(body, members, "model", "\"m\"", client != Operation.GENERATE_CONTENT);
        member(body, members, "max_tokens", "100", client == Operation.MESSAGES);
        member(body, members, "input", "\"hi\"", client == Operation.RESPONSES);
        member(body, members, "contents", "[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]", client == Operation.GENERATE_CONTENT);
        member(
                body,
                members,
                "messages",
                "[{\"role\":\"user\",\"content\":\"hi\"}]",
                client == Operation.CHAT_COMPLETIONS || client == Operation.MESSAGES);
        return body.append('}').toString();
    }

    /// What every request needs, unless the thing in question says it.
    private static void member(StringBuilder body, String members, String name, String value, boolean needed) {
        String key = "\"" + name + "\":";
        boolean said = members.startsWith(key) || members.contains("," + key + "[") || members.contains("," + key + "\"");
        if (needed && !said) {
            body.append(",\"").append(name).append("\":").append(value);
        }
    }
}
