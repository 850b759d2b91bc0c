package io.deltallm.codec.provider;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Provider.StreamUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The providers known by name: what stands before the slash in `groq/llama-3.3-70b`. A row of `providers.tsv` beside this
/// class each; a provider that is not there is reached by its base URL.
///
/// Immutable, thread-safe. Read once, at start.
public final class ProviderTable {
    static final String RESOURCE = "providers.tsv";

    private final List<Row> rows;
    private final Map<String, Row> byPrefix = new HashMap<>();

    private ProviderTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
        for (Row row : rows) {
            for (String prefix : row.prefixes()) {
                if (byPrefix.put(prefix, row) != null) {
                    throw new IllegalStateException(RESOURCE + ": prefix " + prefix + " is there twice");
                }
            }
        }
    }

    /// One provider.
    ///
    /// @param prefixes what may stand before the slash of a configured model, without the slash; the first is its identity
    /// @param name as people call it
    /// @param kind the set of endpoints it usually has
    /// @param base the base URL that the endpoints' paths are below; parts in braces have to be filled in
    /// @param auth how a request proves who pays
    /// @param keyVariable the usual environment variable of its key; empty where it takes none
    /// @param baseVariable the usual environment variable of its base URL
    /// @param streamUsage what makes its streams carry usage
    /// @param operations which of its kind's operations it takes
    /// @param quirks in what it departs from the formats of its kind
    /// @param headers sent on every request
    /// @param note a sentence for the reader of the table
    public record Row(
            List<String> prefixes,
            String name,
            ProviderKind kind,
            String base,
            AuthStyle auth,
            String keyVariable,
            @Nullable String baseVariable,
            StreamUsage streamUsage,
            Set<Operation> operations,
            Set<Quirk> quirks,
            Map<String, String> headers,
            String note) {

        public Row {
            prefixes = List.copyOf(prefixes);
            operations = Set.copyOf(operations);
            quirks = Set.copyOf(quirks);
            headers = Map.copyOf(headers);
        }

        /// The name in metrics, headers and logs: the first prefix.
        public String id() {
            return prefixes.getFirst();
        }

        /// What it takes, and where, with the paths of its kind.
        public Map<Operation, Endpoint> endpoints() {
            Map<Operation, Endpoint> endpoints = new EnumMap<>(Operation.class);
            Endpoints.of(kind).forEach((operation, endpoint) -> {
                if (operations.contains(operation)) {
                    endpoints.put(operation, endpoint);
                }
            });
            return endpoints;
        }

        /// Whether the base URL names a part that only its user knows, or there is none at all: `api_base` is needed.
        public boolean needsApiBase() {
            return base.isEmpty() || base.indexOf('{') >= 0;
        }

        /// The base URL; null where `api_base` is needed.
        public @Nullable URI baseUri() {
            return needsApiBase() ? null : URI.create(base);
        }
    }

    /// How a key is sent.
    public sealed interface AuthStyle {

        /// `Authorization: Bearer <key>`.
        record BearerToken() implements AuthStyle {}

        /// `<name>: <key>`; a scheme before the key, as in `Authorization: Key <key>`, is part of the prefix.
        record Header(String name, String valuePrefix) implements AuthStyle {}

        /// No key, or one only if it is configured: then as a bearer token.
        record Optional() implements AuthStyle {}

        /// A Bedrock API key as a bearer token, or else a signature by AWS credentials for the service.
        record Aws(String service) implements AuthStyle {}

        /// An OAuth token of Google's, got with a service account's credentials.
        record Google() implements AuthStyle {}

        /// A token of IBM Cloud's, got with the API key.
        record Ibm() implements AuthStyle {}

        /// The signer of a request with this key, or with this token where a key only buys one; null or empty means that
        /// there is none.
        default Signer signer(@Nullable String key) {
            if (key == null || key.isEmpty()) {
                return new Signer.None();
            }
            return switch (this) {
                case BearerToken _, Optional _, Aws _, Google _, Ibm _ -> new Signer.Bearer(key);
                case Header(var name, var valuePrefix) -> new Signer.HeaderKey(name, valuePrefix + key);
            };
        }
    }

    /// Reads the table that comes with the product.
    public static ProviderTable load() {
        InputStream resource = Objects.requireNonNull(
                ProviderTable.class.getResourceAsStream(RESOURCE), "the class path lacks " + RESOURCE);
        try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            List<Row> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    rows.add(ProviderRowReader.read(line));
                }
            }
            return new ProviderTable(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The provider of a prefix, without its slash; null when there is none.
    public @Nullable Row row(String prefix) {
        return byPrefix.get(prefix);
    }

    /// All providers, as the table has them.
    public List<Row> rows() {
        return rows;
    }
}
