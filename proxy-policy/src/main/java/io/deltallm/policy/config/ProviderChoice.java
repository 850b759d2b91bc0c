package io.deltallm.policy.config;

import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.ProviderTable;
import io.deltallm.codec.provider.ProviderTable.Row;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.config.ProviderAccess.Base;
import io.deltallm.policy.config.Written.Scalar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out which provider an entry of `model_list` means: by the prefix of its model, by `custom_llm_provider`, by the
/// name of the model, or by an address of its own.
final class ProviderChoice {
    private final ProviderTable table;
    private final ProviderAccess access;
    private final UpstreamHeaders headers = new UpstreamHeaders();

    ProviderChoice(ProviderTable table, Interpolation interpolation) {
        this.table = table;
        this.access = new ProviderAccess(interpolation);
    }

    /// What came of it.
    sealed interface Chosen {}

    record Usable(Provider provider, String upstreamModel) implements Chosen {}

    record Unusable(String reason) implements Chosen {}

    /// Wrongly written, and reported.
    record Wrong() implements Chosen {}

    /// A row and the model's name without its prefix.
    private record Match(Row row, String model) {}

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
        return row == null ? null : new Match(row, model.startsWith(prefix) ? model.substring(prefix.length()) : model);
    }

    private @Nullable Match match(String model, boolean ownBase) {
        int slash = model.indexOf('/');
        Row row = slash < 0 ? null : table.row(model.substring(0, slash));
        if (row != null) {
            return new Match(row, model.substring(slash + 1));
        }
        // An address of its own makes any name usable: whatever answers there is expected to speak as OpenAI does.
        String owner = ownBase ? "openai" : slash < 0 ? ModelNames.provider(model) : null;
        Row guessed = owner == null ? null : table.row(owner);
        return guessed == null ? null : new Match(guessed, model);
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
        return "provider \"" + prefix + "\" speaks no dialect known to this version"
                + (nearest == null ? "" : "; did you mean " + nearest + "?")
                + " (expected: the prefix of an OpenAI-compatible provider, or openai/ with an api_base)";
    }

    private Chosen provider(Match match, Parameters params, Map<String, String> own) {
        Row row = match.row();
        ProviderAccess.Key key = access.key(row, params);
        switch (access.base(row, params)) {
            case Base.Wrong() -> {
                return new Wrong();
            }
            case Base.Missing(var reason) -> {
                return new Unusable("it has no address: " + reason);
            }
            case Base.At(var uri) -> {
                if (key.missing() != null) {
                    return new Unusable("it has no key: the variable " + key.missing() + " is not set");
                }
                Signer signer = row.auth().signer(key.value());
                Map<String, String> all = UpstreamHeaders.over(row.headers(), own);
                return new Usable(Provider.openAi(row.id(), uri, signer, all, row.streamUsage()), match.model());
            }
        }
    }
}
