package io.deltallm.codec.provider;

import io.deltallm.codec.provider.Provider.StreamUsage;
import io.deltallm.codec.provider.ProviderTable.Row;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderTableTest {
    private final ProviderTable table = ProviderTable.load();

    @Test
    void knowsManyProviders() {
        assertThat(table.rows()).hasSizeGreaterThanOrEqualTo(75);
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
        Row groq = table.row("groq");

        assertThat(groq).isNotNull();
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
        assertThat(table.row("azure")).isNotNull().extracting(Row::needsApiBase).isEqualTo(true);
    }

    @Test
    void signsAsTheProviderWants() {
        assertThat(table.row("azure")).isNotNull().extracting(row -> row.auth().signer("k"))
                .isEqualTo(new Signer.HeaderKey("api-key", "k"));
        assertThat(table.row("ollama")).isNotNull().extracting(row -> row.auth().signer(null))
                .isEqualTo(new Signer.None());
        assertThat(table.row("ollama")).isNotNull().extracting(row -> row.auth().signer("k"))
                .isEqualTo(new Signer.Bearer("k"));
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
                + row.streamUsage() + " | " + row.note() + " |";
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
