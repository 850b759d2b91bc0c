package io.deltallm.policy.config;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Endpoint;
import io.deltallm.codec.provider.Endpoints;
import io.deltallm.codec.provider.GptVersion;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.ProviderKind;
import io.deltallm.codec.provider.ProviderTable;
import io.deltallm.codec.provider.ProviderTable.Row;
import io.deltallm.codec.provider.Quirk;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.config.ProviderAccess.Base;
import io.deltallm.policy.config.Written.Scalar;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out which provider an entry of `model_list` means: by the prefix of its model, by `custom_llm_provider`, by the
/// name of the model, or by an address of its own.
final class ProviderChoice {
    private static final Set<String> OPENAIS = Set.of("openai", "azure");

    private final ProviderTable table;
    private final ProviderAccess access;
    private final PlaceParts parts;
    private final Signers signers;
    private final UpstreamHeaders headers = new UpstreamHeaders();

    ProviderChoice(ProviderTable table, Interpolation interpolation) {
        this.table = table;
        this.access = new ProviderAccess(interpolation);
        this.parts = new PlaceParts(interpolation);
        this.signers = new Signers(access, interpolation);
    }

    /// What came of it.
    sealed interface Chosen {}

    record Usable(Provider provider, String upstreamModel) implements Chosen {}

    record Unusable(String reason) implements Chosen {}

    /// Wrongly written, and reported.
    record Wrong() implements Chosen {}

    /// A row, the prefix that led to it, and the model's name without that.
    private record Match(Row row, String prefix, String model) {}

    Chosen choose(Scalar model, Parameters params) {
        boolean ownBase = params.has("api_base") || params.has("base_url");
        Scalar named = params.text("custom_llm_provider");
        Match match = named != null ? named(named.text(), model.text()) : match(model.text(), ownBase);
        // Headers are read in any case, so that their mistakes are reported with the others.
        Map<String, String> own = headers.read(params);
        if (match == null) {
            return new Unusable(unknown(named != null ? named.text() + "/" : model.text()));
        }
        if (own == null) {
            return new Wrong();
        }
        return provider(match, params, own);
    }

    private @Nullable Match named(String provider, String model) {
        Row row = table.row(provider);
        String prefix = provider + "/";
        return row == null
                ? null
                : new Match(row, provider, model.startsWith(prefix) ? model.substring(prefix.length()) : model);
    }

    private @Nullable Match match(String model, boolean ownBase) {
        int slash = model.indexOf('/');
        Row row = slash < 0 ? null : table.row(model.substring(0, slash));
        if (row != null) {
            return new Match(row, model.substring(0, slash), model.substring(slash + 1));
        }
        // An address of its own makes any name usable: whatever answers there is expected to speak as OpenAI does.
        String owner = ownBase ? "openai" : slash < 0 ? ModelNames.provider(model) : null;
        Row guessed = owner == null ? null : table.row(owner);
        return guessed == null ? null : new Match(guessed, guessed.id(), model);
    }

    private String unknown(String model) {
        int slash = model.indexOf('/');
        if (slash < 0) {
            return "no provider is known for model \"" + model + "\" (expected: provider/model, as openai/" + model
                    + ", or an api_base)";
        }
        String prefix = model.substring(0, slash);
        String nearest = NearestName.of(
                prefix, table.rows().stream().flatMap(row -> row.prefixes().stream()).toList());
        return "provider \"" + prefix + "\" is not known to this version"
                + (nearest == null ? "" : "; did you mean " + nearest + "?")
                + " (expected: the prefix of a provider of proxy-codec/README.md, or openai/ with an api_base)";
    }

    private Chosen provider(Match match, Parameters params, Map<String, String> own) {
        Row row = match.row();
        ModelKind model = ModelKind.of(row, match.prefix(), match.model(), access.givenPath(row, params));
        Map<String, String> filled = parts.read(model, params);
        if (filled == null) {
            return new Wrong();
        }
        return switch (access.base(row, model, filled, params)) {
            case Base.Wrong() -> new Wrong();
            case Base.Missing(var reason) -> new Unusable("it has no address: " + reason);
            case Base.At(var uri) -> switch (signers.find(row, model, filled, params)) {
                case Signers.Found.Lacking(var reason) -> new Unusable(reason);
                case Signers.Found.With(var signer) -> at(uri, row, model, filled, signer, own);
            };
        };
    }

    private static Chosen at(
            URI uri, Row row, ModelKind model, Map<String, String> parts, Signer signer, Map<String, String> own) {
        Map<Operation, Endpoint> endpoints = new EnumMap<>(Operation.class);
        for (Map.Entry<Operation, Endpoint> template : endpoints(row, model).entrySet()) {
            Endpoint endpoint = template.getValue().with(parts);
            List<String> missing = PlaceParts.missing(endpoint.path(), model.kind());
            if (!missing.isEmpty()) {
                return new Unusable(missing.getFirst() + " is missing");
            }
            endpoints.put(template.getKey(), endpoint);
        }
        Provider provider = new Provider(
                row.id(), uri, signer, headers(row, model, own), row.streamUsage(), endpoints, quirks(row, model, uri));
        return new Usable(provider, model.model());
    }

    private static Map<Operation, Endpoint> endpoints(Row row, ModelKind model) {
        return model.kind() == row.kind() ? row.endpoints() : Endpoints.of(model.kind());
    }

    private static Map<String, String> headers(Row row, ModelKind model, Map<String, String> own) {
        Map<String, String> base = new LinkedHashMap<>(row.headers());
        if (model.kind() == ProviderKind.AZURE_ANTHROPIC) {
            base.put("anthropic-version", "2023-06-01");
        }
        if (model.kind() == ProviderKind.AZURE_AI) {
            base.put("extra-parameters", "pass-through");
        }
        return UpstreamHeaders.over(base, own);
    }

    /// A server that is reached as OpenAI is, but is another one, knows what all know.
    private static Set<Quirk> quirks(Row row, ModelKind model, URI uri) {
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        if (model.kind() == row.kind()) {
            quirks.addAll(row.quirks());
        }
        quirks.addAll(model.quirks());
        if (row.id().equals("openai") && !String.valueOf(uri.getHost()).endsWith(".openai.com")) {
            quirks.add(Quirk.NO_DEVELOPER_ROLE);
        }
        if (OPENAIS.contains(row.id()) && GptVersion.of(model.model()).usesToolsByResponses()) {
            quirks.add(Quirk.TOOLS_BY_RESPONSES);
        }
        return quirks;
    }
}
