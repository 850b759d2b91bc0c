package io.deltallm.policy.config;

import io.deltallm.codec.provider.ProviderTable.AuthStyle;
import io.deltallm.codec.provider.ProviderTable.Row;
import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.Written.Scalar;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a provider is and which key opens it: what the entry says, else the provider's usual variables, else its row.
final class ProviderAccess {
    /// Addresses are not shown in messages: somebody may have put a password into one.
    private static final String URL_FORM =
            "an http or https URL without user, password and query, as http://localhost:11434/v1";

    private final Interpolation interpolation;

    ProviderAccess(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    /// Where a provider is.
    sealed interface Base {
        record At(URI uri) implements Base {}

        /// Nobody said where.
        ///
        /// @param reason the end of the sentence "it has no address: …"
        record Missing(String reason) implements Base {}

        /// Given, but no address; reported.
        record Wrong() implements Base {}
    }

    /// @param missing the variable that should hold it; null where there is a key, or none is needed
    record Key(@Nullable String value, @Nullable String missing) {
        @Override
        public String toString() {
            return "Key[***]";
        }
    }

    Base base(Row row, Parameters params) {
        Scalar written = written(params);
        if (written != null) {
            Resolved resolved = interpolation.resolve(written.text());
            if (resolved.missing() != null) {
                return new Base.Missing("the variable " + resolved.missing() + " is not set");
            }
            URI uri = uri(row, resolved.text());
            if (uri != null) {
                return new Base.At(uri);
            }
            params.problems().wrongSecret(written, URL_FORM);
            return new Base.Wrong();
        }
        String variable = row.baseVariable();
        String text = variable == null ? null : usual(variable);
        if (text != null) {
            URI uri = uri(row, text);
            if (uri != null) {
                return new Base.At(uri);
            }
            params.problems().error(String.valueOf(variable), "*** (expected: " + URL_FORM + ")");
            return new Base.Wrong();
        }
        URI own = row.baseUri();
        return own != null ? new Base.At(own) : new Base.Missing("each user of " + row.name() + " has one (expected: api_base)");
    }

    private static @Nullable Scalar written(Parameters params) {
        Scalar apiBase = params.raw("api_base");
        return apiBase != null ? apiBase : params.raw("base_url");
    }

    /// The address without slashes at its end. Ollama speaks OpenAI's dialect below `/v1`, which nobody writes.
    private static @Nullable URI uri(Row row, String text) {
        try {
            URI uri = URI.create(text.trim().replaceAll("/+$", ""));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
                return null;
            }
            return uri.getRawPath().isEmpty() && row.id().startsWith("ollama") ? URI.create(uri + "/v1") : uri;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Key key(Row row, Parameters params) {
        Scalar literal = params.raw("api_key");
        if (literal != null) {
            return key(interpolation.resolve(literal.text()));
        }
        Written misplaced = params.entry("api_key");
        if (misplaced != null && !(misplaced instanceof Scalar)) {
            params.problems().wrong(misplaced, "text");
        }
        Scalar variable = params.raw("api_key_env");
        if (variable != null) {
            return key(interpolation.variable(variable.text()));
        }
        boolean foreign = isForeign(row, params);
        // The usual variable holds the key of the usual place: it must not travel to another one unasked.
        String usual = foreign || row.keyVariable().isEmpty() ? null : usual(row.keyVariable());
        if (usual != null) {
            return new Key(usual, null);
        }
        boolean needed = !foreign && !(row.auth() instanceof AuthStyle.Optional);
        return new Key(null, needed ? row.keyVariable() : null);
    }

    private static Key key(Resolved resolved) {
        return new Key(resolved.missing() == null ? resolved.text() : null, resolved.missing());
    }

    /// Whether the entry sends a provider's models somewhere that is not the provider's.
    private boolean isForeign(Row row, Parameters params) {
        Scalar written = written(params);
        URI usual = row.baseUri();
        URI uri = written == null ? null : uri(row, interpolation.resolve(written.text()).text());
        return uri != null
                && usual != null
                && "https".equals(usual.getScheme())
                && !uri.getHost().equalsIgnoreCase(usual.getHost());
    }

    /// A provider's own variable; `DELTALLM_OPENAI_API_KEY` comes before `OPENAI_API_KEY`.
    private @Nullable String usual(String variable) {
        String own = interpolation.valueOf("DELTALLM_" + variable);
        return own != null ? own : interpolation.valueOf(variable);
    }
}
