package io.deltallm.policy.config;

import io.deltallm.codec.provider.ProviderKind;
import io.deltallm.codec.provider.ProviderTable.AuthStyle;
import io.deltallm.codec.provider.ProviderTable.Row;
import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.Written.Scalar;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /// The path of the address that the entry or the provider's usual variable gives; null where neither gives a sound one.
    @Nullable String givenPath(Row row, Parameters params) {
        Scalar written = written(params);
        String variable = row.baseVariable();
        String text = written != null
                ? interpolation.resolve(written.text()).text()
                : variable == null ? null : usual(variable);
        URI uri = text == null ? null : uri(text);
        return uri == null ? null : uri.getRawPath();
    }

    Base base(Row row, ModelKind model, Map<String, String> parts, Parameters params) {
        Scalar written = written(params);
        if (written != null) {
            Resolved resolved = interpolation.resolve(written.text());
            if (resolved.missing() != null) {
                return new Base.Missing("the variable " + resolved.missing() + " is not set");
            }
            URI uri = uri(resolved.text());
            if (uri != null) {
                return new Base.At(below(uri, row, model.kind()));
            }
            params.problems().wrongSecret(written, URL_FORM);
            return new Base.Wrong();
        }
        String variable = row.baseVariable();
        String text = variable == null ? null : usual(variable);
        if (text != null) {
            URI uri = uri(text);
            if (uri != null) {
                return new Base.At(below(uri, row, model.kind()));
            }
            params.problems().error(String.valueOf(variable), "*** (expected: " + URL_FORM + ")");
            return new Base.Wrong();
        }
        return own(row, model, parts);
    }

    private static Base own(Row row, ModelKind model, Map<String, String> parts) {
        String template = host(row, parts);
        List<String> missing = PlaceParts.missing(template, model.kind());
        if (template.isEmpty() || !missing.isEmpty()) {
            String expected = missing.isEmpty() ? "api_base" : missing.getFirst();
            return new Base.Missing(expected.equals("api_base")
                    ? "each user of " + row.name() + " has one (expected: api_base)"
                    : expected + " is missing");
        }
        return new Base.At(URI.create(template));
    }

    /// Google's global places and groups of regions have hosts of another form.
    private static String host(Row row, Map<String, String> parts) {
        String location = parts.getOrDefault("location", "");
        return switch (location) {
            case "global" -> "https://aiplatform.googleapis.com";
            case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com";
            default -> PlaceParts.fill(row.base(), parts);
        };
    }

    private static @Nullable Scalar written(Parameters params) {
        for (String key : List.of("api_base", "base_url", "aws_bedrock_runtime_endpoint")) {
            Scalar written = params.raw(key);
            if (written != null) {
                return written;
            }
        }
        return null;
    }

    /// The address without slashes at its end.
    private static @Nullable URI uri(String text) {
        try {
            URI uri = URI.create(text.trim().replaceAll("/+$", ""));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            boolean sound = http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawUserInfo() == null;
            return sound ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// What the endpoints' paths are below: some users write more of a path than that, some less.
    private static URI below(URI uri, Row row, ProviderKind kind) {
        String text = uri.toString();
        if (uri.getRawPath().isEmpty()) {
            String segment = kind == ProviderKind.GEMINI || kind == ProviderKind.GEMINI_IMAGE
                    ? "/v1beta"
                    : kind == ProviderKind.OPENAI && row.id().equals("ollama") ? "/v1" : "";
            return URI.create(text + segment);
        }
        for (String ending : ModelKind.endings(kind)) {
            if (text.endsWith(ending)) {
                text = text.substring(0, text.length() - ending.length());
            }
        }
        return URI.create(text);
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
        URI uri = written == null ? null : uri(interpolation.resolve(written.text()).text());
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
