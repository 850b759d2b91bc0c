package io.deltallm.policy.config;

import io.deltallm.codec.provider.ProviderKind;
import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.Written.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts of addresses and paths that an entry gives, or else the environment: region, location, project, API version.
final class PlaceParts {
    private static final Pattern BRACES = Pattern.compile("\\{([a-z_]+)}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._:-]+");
    private static final String MODEL = "model";

    private final Interpolation interpolation;

    PlaceParts(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    /// Where a part comes from.
    ///
    /// @param keys of the entry
    /// @param variables of the environment, where the entry has none of the keys
    /// @param otherwise empty where there is no usual one
    private record Source(String name, List<String> keys, List<String> variables, String otherwise) {}

    private static List<Source> sources(ProviderKind kind) {
        return switch (kind) {
            case BEDROCK, BEDROCK_INVOKE_ANTHROPIC, BEDROCK_TITAN_TEXT, BEDROCK_LLAMA, BEDROCK_OPENAI, BEDROCK_TITAN_EMBED,
                    BEDROCK_COHERE_EMBED, BEDROCK_NOVA_EMBED, BEDROCK_RERANK, BEDROCK_TITAN_IMAGE, SAGEMAKER, SAGEMAKER_CHAT,
                    OPENAI -> List.of(new Source(
                            "region", List.of("aws_region_name", "region_name"),
                            List.of("AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"), ""));
            case VERTEX_AI, VERTEX_EMBED, VERTEX_IMAGE, VERTEX_ANTHROPIC, VERTEX_MISTRAL, VERTEX_OPENAPI -> List.of(
                    new Source("project", List.of("vertex_project", "vertex_ai_project"),
                            List.of("VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT"), ""),
                    new Source("location", List.of("vertex_location", "vertex_ai_location"),
                            List.of("VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION"), "us-central1"));
            case AZURE -> List.of(version("AZURE_API_VERSION", "2024-10-21"));
            case AZURE_AI -> List.of(version("AZURE_AI_API_VERSION", "2024-05-01-preview"));
            case WATSONX -> List.of(
                    new Source("region", List.of("region_name"), List.of("WATSONX_REGION"), ""),
                    version("WATSONX_API_VERSION", "2024-05-31"));
            default -> List.of();
        };
    }

    private static Source version(String variable, String otherwise) {
        return new Source("api_version", List.of("api_version"), List.of(variable), otherwise);
    }

    /// The parts that are known, by name; null where one is wrongly written, which is reported.
    @Nullable Map<String, String> read(ModelKind model, Parameters params) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (Source source : sources(model.kind())) {
            String value = value(source, params);
            if (value == null) {
                return null;
            }
            if (!value.isEmpty()) {
                parts.put(source.name(), value);
            }
        }
        String project = Signers.googleLogin(params, interpolation).project();
        if (project != null) {
            parts.putIfAbsent("project", project);
        }
        if (model.region() != null) {
            parts.put("region", model.region());
        }
        if (!model.path().isEmpty()) {
            parts.put("path", model.path());
        }
        return parts;
    }

    private @Nullable String value(Source source, Parameters params) {
        for (String key : source.keys()) {
            Scalar written = params.raw(key);
            if (written == null) {
                continue;
            }
            Resolved resolved = interpolation.resolve(written.text());
            if (resolved.missing() != null) {
                return "";
            }
            if (!VALUE.matcher(resolved.text()).matches()) {
                params.problems().wrong(written, "letters, digits and - . _ :");
                return null;
            }
            return resolved.text();
        }
        for (String variable : source.variables()) {
            String value = interpolation.valueOf(variable);
            if (value != null && VALUE.matcher(value).matches()) {
                return value;
            }
        }
        return source.otherwise();
    }

    /// `template` with all parts that are known.
    static String fill(String template, Map<String, String> parts) {
        String filled = template;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            filled = filled.replace("{" + part.getKey() + "}", part.getValue());
        }
        return filled;
    }

    /// The keys that would fill what is left of a template; empty where nothing is.
    static List<String> missing(String template, ProviderKind kind) {
        List<String> keys = new ArrayList<>();
        Matcher matcher = BRACES.matcher(template);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!name.equals(MODEL)) {
                keys.add(sources(kind).stream()
                        .filter(source -> source.name().equals(name))
                        .map(source -> source.keys().getFirst())
                        .findFirst()
                        .orElse("api_base"));
            }
        }
        return keys;
    }
}
