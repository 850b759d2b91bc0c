package io.deltallm.policy.config;

import io.deltallm.codec.provider.ProviderKind;
import io.deltallm.codec.provider.ProviderTable.Row;
import io.deltallm.codec.provider.Quirk;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a model's name says beyond itself: providers with several formats have one for each family of models.
///
/// @param kind the endpoints that take it
/// @param model its name there
/// @param path what stands in the place of `{path}`; empty where nothing does
/// @param region the place that the name tells, as `bedrock/us-west-2/…`; null where it tells none
record ModelKind(ProviderKind kind, String model, String path, @Nullable String region, Set<Quirk> quirks) {
    private static final Pattern BEDROCK_REGION = Pattern.compile("^([a-z]{2}(?:-gov)?-[a-z]+-\\d)/(.+)");
    private static final Pattern ARN = Pattern.compile("^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):.*");
    /// Where a model runs, and whose it is: `us.anthropic.claude-…`.
    private static final Pattern GEOGRAPHY = Pattern.compile("^(?:us|eu|apac|jp|au|ca|sa|us-gov|global)\\.");
    /// What LiteLLM's users put before a deployment's name to say what it is.
    private static final Pattern AZURE_FAMILY = Pattern.compile("^(?:o_series|gpt5_series|responses)/");

    private static final Set<Quirk> MISTRAL = Set.of(
            Quirk.MAX_TOKENS_ONLY, Quirk.NO_DEVELOPER_ROLE, Quirk.NO_STREAM_OPTIONS, Quirk.STRICT_FIELDS, Quirk.RANDOM_SEED,
            Quirk.NO_USER, Quirk.NO_LOGIT_BIAS, Quirk.NO_LOGPROBS, Quirk.CONTENT_LISTS);

    /// @param prefix what stood before the slash
    /// @param basePath the path of the address that the entry gives; null where it gives none
    static ModelKind of(Row row, String prefix, String model, @Nullable String basePath) {
        String path = basePath == null ? "" : basePath;
        return switch (row.kind()) {
            case AZURE -> azure(AZURE_FAMILY.matcher(model).replaceFirst(""), path);
            case AZURE_AI -> azureAi(model, path);
            case GEMINI -> gemini(model, path);
            case VERTEX_AI -> vertex(model);
            case BEDROCK -> bedrock(model, prefix.equals("bedrock_converse") ? "converse/" : "");
            case SAGEMAKER_CHAT, SAGEMAKER -> new ModelKind(row.kind(), model, "", null, Set.of(Quirk.EVENT_STREAM_FRAMES));
            case COHERE -> cohere(model, path);
            case OLLAMA_NATIVE -> plain(path.endsWith("/v1") ? ProviderKind.OPENAI : row.kind(), model);
            case HUGGINGFACE -> new ModelKind(row.kind(), model, PathText.encoded(model), null, Set.of());
            case REPLICATE -> new ModelKind(row.kind(), model, replicate(model), null, Set.of());
            case STABILITY -> new ModelKind(row.kind(), model, stability(model), null, Set.of());
            case OPENAI -> plain(isNativeOllama(row, path) ? ProviderKind.OLLAMA_NATIVE : row.kind(), model);
            default -> plain(row.kind(), model);
        };
    }

    private static boolean isNativeOllama(Row row, String path) {
        return row.id().equals("ollama") && path.endsWith("/api");
    }

    private static ModelKind plain(ProviderKind kind, String model) {
        return new ModelKind(kind, model, "", null, Set.of());
    }

    private static ModelKind azure(String model, String path) {
        return plain(path.endsWith("/v1") ? ProviderKind.AZURE_V1 : ProviderKind.AZURE, model);
    }

    private static ModelKind azureAi(String model, String path) {
        if (model.toLowerCase(Locale.ROOT).startsWith("claude")) {
            return plain(ProviderKind.AZURE_ANTHROPIC, model);
        }
        if (path.endsWith("/openai/v1")) {
            return plain(ProviderKind.AZURE_V1, model);
        }
        // A serverless deployment has an address of its own, and speaks as OpenAI does below it.
        return plain(path.endsWith("/v1") ? ProviderKind.OPENAI : ProviderKind.AZURE_AI, model);
    }

    private static ModelKind gemini(String model, String path) {
        if (path.endsWith("/openai")) {
            return plain(ProviderKind.OPENAI, model);
        }
        return plain(model.startsWith("imagen") ? ProviderKind.GEMINI_IMAGE : ProviderKind.GEMINI, model);
    }

    private static ModelKind vertex(String model) {
        String name = model.startsWith("gemini/") ? model.substring("gemini/".length()) : model;
        if (name.indexOf('/') > 0) {
            Set<Quirk> open = Set.of(Quirk.NO_DEVELOPER_ROLE, Quirk.MAX_TOKENS_ONLY);
            return new ModelKind(ProviderKind.VERTEX_OPENAPI, name, "", null, open);
        }
        if (name.startsWith("claude")) {
            return plain(ProviderKind.VERTEX_ANTHROPIC, name);
        }
        if (name.startsWith("mistral") || name.startsWith("codestral")) {
            return new ModelKind(ProviderKind.VERTEX_MISTRAL, name, "", null, MISTRAL);
        }
        if (name.startsWith("imagen") || name.startsWith("imagegeneration")) {
            return plain(ProviderKind.VERTEX_IMAGE, name);
        }
        // The second generation of Gemini's embeddings is asked as the Gemini API is.
        boolean vectors = name.contains("embedding") && !name.startsWith("gemini-embedding-2");
        return plain(vectors ? ProviderKind.VERTEX_EMBED : ProviderKind.VERTEX_AI, name);
    }

    /// `converse/…` and `invoke/…` choose the format, `us-west-2/…` the region; both may stand there, or neither.
    private static ModelKind bedrock(String written, String given) {
        String name = written;
        String format = given;
        String region = null;
        for (boolean more = true; more; ) {
            more = false;
            for (String word : List.of("converse/", "invoke/", "openai/")) {
                if (name.startsWith(word)) {
                    format = word;
                    name = name.substring(word.length());
                    more = true;
                }
            }
            Matcher regional = BEDROCK_REGION.matcher(name);
            if (regional.matches()) {
                region = regional.group(1);
                name = regional.group(2);
                more = true;
            }
        }
        Matcher arn = ARN.matcher(name);
        if (arn.matches()) {
            region = arn.group(1);
        }
        ProviderKind kind = format.equals("converse/") ? ProviderKind.BEDROCK : bedrockKind(name, format);
        return new ModelKind(kind, name, "", region, Set.of());
    }

    private static ProviderKind bedrockKind(String name, String format) {
        String plain = GEOGRAPHY.matcher(name).replaceFirst("");
        if (format.equals("openai/")) {
            return ProviderKind.BEDROCK_OPENAI;
        }
        if (plain.startsWith("amazon.titan-embed")) {
            return ProviderKind.BEDROCK_TITAN_EMBED;
        }
        if (plain.startsWith("cohere.embed")) {
            return ProviderKind.BEDROCK_COHERE_EMBED;
        }
        if (plain.startsWith("amazon.nova") && plain.contains("embeddings")) {
            return ProviderKind.BEDROCK_NOVA_EMBED;
        }
        if (plain.startsWith("cohere.rerank") || plain.startsWith("amazon.rerank")) {
            return ProviderKind.BEDROCK_RERANK;
        }
        if (plain.startsWith("amazon.titan-image") || plain.startsWith("amazon.nova-canvas")) {
            return ProviderKind.BEDROCK_TITAN_IMAGE;
        }
        // Converse takes no instructions for Titan.
        if (plain.startsWith("amazon.titan-text") || plain.startsWith("amazon.titan-tg1")) {
            return ProviderKind.BEDROCK_TITAN_TEXT;
        }
        boolean invoke = format.equals("invoke/");
        if (invoke && plain.startsWith("anthropic.")) {
            return ProviderKind.BEDROCK_INVOKE_ANTHROPIC;
        }
        return invoke && plain.startsWith("meta.") ? ProviderKind.BEDROCK_LLAMA : ProviderKind.BEDROCK;
    }

    private static ModelKind cohere(String model, String path) {
        if (path.endsWith("/compatibility/v1")) {
            return new ModelKind(ProviderKind.OPENAI, model, "", null,
                    Set.of(Quirk.NO_DEVELOPER_ROLE, Quirk.NO_STREAM_OPTIONS, Quirk.MAX_TOKENS_ONLY));
        }
        boolean first = path.endsWith("/v1") || path.endsWith("/v1/chat");
        return plain(first ? ProviderKind.COHERE_V1 : ProviderKind.COHERE, model);
    }

    /// `owner/name`, `owner/name:version`, `deployments/owner/name`.
    private static String replicate(String model) {
        if (model.startsWith("deployments/")) {
            return PathText.encoded(model) + "/predictions";
        }
        return model.indexOf(':') > 0 ? "predictions" : "models/" + PathText.encoded(model) + "/predictions";
    }

    private static String stability(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return name.contains("ultra") ? "ultra" : name.contains("core") ? "core" : "sd3";
    }

    /// What users write at the end of an address that the endpoints' paths begin with themselves.
    static List<String> endings(ProviderKind kind) {
        return switch (kind) {
            case AZURE -> List.of("/openai");
            case AZURE_AI -> List.of("/chat/completions", "/models");
            case AZURE_ANTHROPIC -> List.of("/messages", "/v1", "/anthropic", "/models");
            case ANTHROPIC -> List.of("/messages", "/v1");
            case COHERE -> List.of("/chat", "/v2");
            case COHERE_V1 -> List.of("/chat", "/v1");
            case HUGGINGFACE -> List.of("/chat/completions", "/v1");
            case HUGGINGFACE_TGI -> List.of("/generate");
            case OLLAMA_NATIVE -> List.of("/chat", "/api");
            case REPLICATE, VERTEX_AI, VERTEX_EMBED, VERTEX_IMAGE, VERTEX_ANTHROPIC, VERTEX_MISTRAL, VERTEX_OPENAPI ->
                List.of("/v1");
            case STABILITY -> List.of("/v2beta");
            default -> List.of();
        };
    }
}
