package io.deltallm.policy.model;

import com.knuddels.jtokkit.api.Encoding;
import io.deltallm.policy.config.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCounterTest {
    /// OpenAI's own example of counting: https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken
    private static final String EXAMPLE = """
            [{"role": "system", "content": "You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
             {"role": "system", "name": "example_user", "content": "New synergies will help drive top-line growth."},
             {"role": "system", "name": "example_assistant", "content": "Things working well together will increase revenue."},
             {"role": "system", "name": "example_user", "content": "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
             {"role": "system", "name": "example_assistant", "content": "Let's talk later when we're less busy about how to do better."},
             {"role": "user", "content": "This late pivot means we don't have time to boil the ocean for the client deliverable."}]
            """;

    private final Snapshot snapshot = Models.snapshot();
    private final TokenCounter counter = new TokenCounter();

    private Answer count(String body) {
        return counter.count(snapshot, Models.master(), Models.bytes(body));
    }

    @Test
    void countsAChatAsItsModelDoes() {
        assertThat(Models.json(count("{\"model\":\"smart\",\"messages\":" + EXAMPLE + "}"))).isEqualTo(
                "{\"total_tokens\":124,\"request_model\":\"smart\",\"model_used\":\"gpt-4o\",\"tokenizer_type\":\"openai_tokenizer\","
                        + "\"encoding\":\"o200k_base\",\"estimated\":false}");
    }

    @Test
    void countsADeploymentsChatAsItsBaseModelDoes() {
        assertThat(Models.json(count("{\"model\":\"mine\",\"messages\":" + EXAMPLE + "}")))
                .contains("\"total_tokens\":129", "\"model_used\":\"my-deployment\"", "\"encoding\":\"cl100k_base\"", "\"estimated\":false");
    }

    @ParameterizedTest
    @CsvSource({"gpt-4, tiktoken is great!, 6", "gpt-3.5-turbo, antidisestablishmentarianism, 6", "gpt-4o, hello world, 2",
        "text-davinci-003, antidisestablishmentarianism, 5", "gpt-4, <|endoftext|>, 7"})
    void countsATextByTheModelsVocabulary(String model, String text, long tokens) {
        TokenCounts.Way way = new TokenCounts().way(model);
        Encoding encoding = way.encoding();

        assertThat(TokenCounts.text(encoding, text)).isEqualTo(tokens);
        assertThat(way.exact()).isTrue();
    }

    @Test
    void countsPromptsAndListsOfThem() {
        assertThat(Models.json(count("{\"model\":\"vectors\",\"prompt\":\"hello world\"}"))).contains("\"total_tokens\":2,");
        assertThat(Models.json(count("{\"model\":\"vectors\",\"prompt\":[\"hello world\",\"hello world\"]}"))).contains("\"total_tokens\":4,");
    }

    @Test
    void saysWhenItGuesses() {
        String image = "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hello world\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\",\"detail\":\"low\"}}]}]}";

        // 3 + 3 + user + 2 + 85.
        assertThat(Models.json(count(image))).contains("\"total_tokens\":94,", "\"estimated\":true");
        assertThat(Models.json(count("{\"model\":\"local\",\"prompt\":\"hello world\"}"))).contains("\"estimated\":true");
    }

    @Test
    void refusesWhatItCannotCount() {
        assertThat(Models.message(count("nonsense"))).startsWith("the body is no JSON object");
        assertThat(Models.message(count("{} {}"))).startsWith("the body is no JSON object");
        assertThat(Models.message(count("{\"model\":1}"))).isEqualTo("model: 1 (expected: a string)");
        assertThat(Models.message(count("{\"model\":[\"" + "x".repeat(10_000) + "\"]}"))).hasSizeLessThan(200);
        assertThat(Models.message(count("{\"model\":\"smart\"}"))).startsWith("nothing to count");
        assertThat(Models.message(count("{\"model\":\"smart\",\"prompt\":[1]}"))).startsWith("nothing to count");
        assertThat(Models.message(count("{\"model\":\"x\",\"prompt\":\"\"}"))).contains("\"x\" does not exist");
        assertThat(Models.message(counter.count(snapshot, Models.allowed("mine"), Models.bytes("{\"model\":\"smart\"}"))))
                .contains("does not exist");
    }

    @Test
    void takesMessagesThatAreNonsenseForEmpty() {
        assertThat(Models.json(count("{\"model\":\"smart\",\"messages\":[1,null,{\"content\":{}},{\"content\":[3,null]}]}")))
                .contains("\"total_tokens\":9,");
    }
}
