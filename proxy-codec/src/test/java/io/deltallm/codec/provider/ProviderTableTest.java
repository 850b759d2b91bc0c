package io.deltallm.codec.provider;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Provider.StreamUsage;
import io.deltallm.codec.provider.ProviderTable.Row;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderTableTest {
    private final ProviderTable table = ProviderTable.load();

    @Test
    void knowsManyProviders() {
        assertThat(table.rows()).hasSizeGreaterThanOrEqualTo(105);
    }

    @Test
    void saysWhereEachProviderTakesWhat() {
        for (Row row : table.rows()) {
            assertThat(row.endpoints()).as(row.id()).isNotEmpty();
            row.endpoints().values().forEach(endpoint -> {
                assertThat(filled(row.base() + endpoint.path())).as(row.id()).hasNoFragment();
                assertThat(filled(row.base() + endpoint.streamPath())).as(row.id()).hasNoFragment();
                assertThat(endpoint.path()).as(row.id()).startsWith("/");
            });
        }
    }

    @Test
    void everyKindHasEndpoints() {
        assertThat(ProviderKind.values()).allSatisfy(kind -> assertThat(Endpoints.of(kind)).as(kind.name()).isNotEmpty());
    }

    private static URI filled(String template) {
        String url = template.replaceAll("\\{[a-z_]+}", "part");
        return URI.create(url.startsWith("/") ? "http://part" + url : url);
    }

    @Test
    void knowsWhatAProviderDoesNotTake() {
        assertThat(row("groq").endpoints()).containsKey(Operation.RESPONSES).doesNotContainKey(Operation.EMBEDDINGS);
        assertThat(row("together_ai").endpoints())
                .containsKey(Operation.COMPLETIONS)
                .doesNotContainKeys(Operation.RESPONSES, Operation.MESSAGES);
        assertThat(row("openai").endpoints()).isEqualTo(Endpoints.openAi());
    }

    @Test
    void speaksToAnthropicAndGoogleInTheirOwnFormats() {
        assertThat(row("anthropic").endpoints()).containsOnlyKeys(Operation.MESSAGES, Operation.MESSAGES_COUNT_TOKENS);
        assertThat(row("anthropic").headers()).isEqualTo(Map.of("anthropic-version", "2023-06-01"));
        assertThat(row("anthropic").auth().signer("k")).isEqualTo(new Signer.HeaderKey("x-api-key", "k"));
        assertThat(row("gemini").auth().signer("k")).isEqualTo(new Signer.HeaderKey("x-goog-api-key", "k"));
        assertThat(row("gemini").endpoints().get(Operation.GENERATE_CONTENT)).isEqualTo(
                new Endpoint("/models/{model}:generateContent", "/models/{model}:streamGenerateContent?alt=sse"));
    }

    @Test
    void knowsTheQuirksOfMistral() {
        assertThat(row("mistral").quirks()).contains(
                Quirk.MAX_TOKENS_ONLY, Quirk.NO_STREAM_OPTIONS, Quirk.RANDOM_SEED, Quirk.NINE_LETTER_TOOL_IDS);
        assertThat(row("openai").quirks()).isEmpty();
    }

    @Test
    void fillsThePartsOfAPath() {
        Endpoint chat = Endpoint.at("/openai/deployments/{model}/chat/completions?api-version={api_version}");

        assertThat(chat.with(Map.of("api_version", "2024-10-21")).path())
                .isEqualTo("/openai/deployments/{model}/chat/completions?api-version=2024-10-21");
    }

    @Test
    void findsAProviderByEachOfItsPrefixes() {
        for (Row row : table.rows()) {
            assertThat(row.prefixes()).isNotEmpty().allSatisfy(prefix -> assertThat(table.row(prefix)).isSameAs(row));
        }
        assertThat(table.row("no-such-provider")).isNull();
    }

    @Test
    void givesTheFactsOfARow() {
        Row groq = row("groq");

        assertThat(groq.id()).isEqualTo("groq");
        assertThat(groq.baseUri()).isEqualTo(URI.create("https://api.groq.com/openai/v1"));
        assertThat(groq.keyVariable()).isEqualTo("GROQ_API_KEY");
        assertThat(groq.streamUsage()).isEqualTo(StreamUsage.OPTION);
        assertThat(groq.auth().signer("k")).isEqualTo(new Signer.Bearer("k"));
    }

    @Test
    void saysWhereABaseUrlIsNeeded() {
        for (Row row : table.rows()) {
            URI base = row.baseUri();
            if (base == null) {
                assertThat(row.needsApiBase()).isTrue();
            } else {
                assertThat(base.getScheme()).as(row.id()).isIn("https", "http");
                assertThat(base.getHost()).as(row.id()).isNotBlank();
                assertThat(base.toString()).as(row.id()).doesNotEndWith("/");
            }
        }
        assertThat(row("azure").needsApiBase()).isTrue();
    }

    @Test
    void signsAsTheProviderWants() {
        assertThat(row("azure").auth().signer("k")).isEqualTo(new Signer.HeaderKey("api-key", "k"));
        assertThat(row("ollama").auth().signer(null)).isEqualTo(new Signer.None());
        assertThat(row("ollama").auth().signer("k")).isEqualTo(new Signer.Bearer("k"));
    }

    private Row row(String prefix) {
        return Objects.requireNonNull(table.row(prefix), prefix);
    }

    /// The table in the README is printed from the data: on a difference, paste what the failure shows.
    @Test
    void isTheTableOfTheReadme() throws IOException {
        String expected = table.rows().stream().map(ProviderTableTest::line).collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("README.md"))).contains(expected);
    }

    private static String line(Row row) {
        String prefixes = row.prefixes().stream().map(prefix -> "`" + prefix + "/`").collect(Collectors.joining(" "));
        return "| " + row.name() + " | " + prefixes + " | " + code(row.base()) + " | " + code(row.keyVariable()) + " | "
                + operations(row) + " | " + row.streamUsage() + " | " + row.note() + " |";
    }

    /// OpenAI's operations by what is missing, since most have most.
    private static String operations(Row row) {
        Set<Operation> all = Endpoints.of(row.kind()).keySet();
        Set<Operation> missing = EnumSet.copyOf(all);
        missing.removeAll(row.operations());
        if (row.kind() != ProviderKind.OPENAI || missing.size() > 3) {
            return labels(all.stream().filter(row.operations()::contains));
        }
        return "all of OpenAI's" + (missing.isEmpty() ? "" : " but " + labels(missing.stream()));
    }

    private static String labels(Stream<Operation> operations) {
        return operations.map(Operation::label).collect(Collectors.joining(", "));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
