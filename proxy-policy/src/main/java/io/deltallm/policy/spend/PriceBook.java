package io.deltallm.policy.spend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The public list prices, limits and abilities of known models: `prices.tsv` beside this class. Immutable, thread-safe;
/// read once, at start.
///
/// Of some 1,500 lines a configuration needs a few: each is taken apart when it is asked for, which saves a tenth of the
/// time to the first answer.
public final class PriceBook {
    private static final String RESOURCE = "prices.tsv";

    private final Map<String, String> lines = new HashMap<>(2048);

    private PriceBook() {}

    /// Reads the book that comes with the product.
    public static PriceBook load() {
        InputStream resource = Objects.requireNonNull(
                PriceBook.class.getResourceAsStream(RESOURCE), "the class path lacks " + RESOURCE);
        PriceBook book = new PriceBook();
        try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    book.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return book;
    }

    private void add(String line) {
        int provider = line.indexOf('\t');
        int model = line.indexOf('\t', provider + 1);
        String key = key(line.substring(0, provider), line.substring(provider + 1, model));
        if (lines.put(key, line) != null) {
            throw new IllegalStateException(RESOURCE + ": " + key + " is there twice");
        }
    }

    private static String key(String provider, String model) {
        return provider + "/" + model.toLowerCase(Locale.ROOT);
    }

    public int size() {
        return lines.size();
    }

    /// Every line, taken apart.
    Stream<PriceRow> rows() {
        return lines.values().stream().map(PriceRow::parse);
    }

    /// What is known of a model at a provider, both named as in a configuration: `bedrock`,
    /// `us.anthropic.claude-sonnet-4-5-20250929-v1:0`. A dated or regional name that is not in the book is found by its
    /// plain one. [ModelFacts#UNKNOWN] where nothing is.
    public ModelFacts find(String provider, String model) {
        for (String at : BookNames.providers(provider, model)) {
            for (String name : BookNames.models(model)) {
                ModelFacts found = exactly(at, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return ModelFacts.UNKNOWN;
    }

    private @Nullable ModelFacts exactly(String provider, String model) {
        String line = lines.get(key(provider, model));
        return line == null ? null : PriceRow.parse(line).facts();
    }
}
