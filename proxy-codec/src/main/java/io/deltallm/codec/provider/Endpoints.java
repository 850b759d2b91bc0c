package io.deltallm.codec.provider;

import io.deltallm.codec.chat.Operation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import static io.deltallm.codec.chat.Operation.ALEPH_ALPHA_COMPLETE;
import static io.deltallm.codec.chat.Operation.AUDIO_SPEECH;
import static io.deltallm.codec.chat.Operation.AUDIO_TRANSCRIPTIONS;
import static io.deltallm.codec.chat.Operation.AUDIO_TRANSLATIONS;
import static io.deltallm.codec.chat.Operation.BATCH_EMBED_CONTENTS;
import static io.deltallm.codec.chat.Operation.BEDROCK_MESSAGES;
import static io.deltallm.codec.chat.Operation.CHAT_COMPLETIONS;
import static io.deltallm.codec.chat.Operation.COHERE_CHAT;
import static io.deltallm.codec.chat.Operation.COHERE_CHAT_V1;
import static io.deltallm.codec.chat.Operation.COHERE_EMBED;
import static io.deltallm.codec.chat.Operation.COHERE_RERANK;
import static io.deltallm.codec.chat.Operation.COMPLETIONS;
import static io.deltallm.codec.chat.Operation.CONVERSE;
import static io.deltallm.codec.chat.Operation.EMBEDDINGS;
import static io.deltallm.codec.chat.Operation.EMBED_CONTENT;
import static io.deltallm.codec.chat.Operation.GEMINI_COUNT_TOKENS;
import static io.deltallm.codec.chat.Operation.GENERATE_CONTENT;
import static io.deltallm.codec.chat.Operation.HF_EMBED;
import static io.deltallm.codec.chat.Operation.IMAGES_EDITS;
import static io.deltallm.codec.chat.Operation.IMAGES_GENERATIONS;
import static io.deltallm.codec.chat.Operation.INVOKE_COHERE_EMBED;
import static io.deltallm.codec.chat.Operation.INVOKE_LLAMA;
import static io.deltallm.codec.chat.Operation.INVOKE_NOVA_EMBED;
import static io.deltallm.codec.chat.Operation.INVOKE_RERANK;
import static io.deltallm.codec.chat.Operation.INVOKE_TITAN_EMBED;
import static io.deltallm.codec.chat.Operation.INVOKE_TITAN_IMAGE;
import static io.deltallm.codec.chat.Operation.INVOKE_TITAN_TEXT;
import static io.deltallm.codec.chat.Operation.JINA_EMBED;
import static io.deltallm.codec.chat.Operation.MESSAGES;
import static io.deltallm.codec.chat.Operation.MESSAGES_COUNT_TOKENS;
import static io.deltallm.codec.chat.Operation.MODERATIONS;
import static io.deltallm.codec.chat.Operation.OLLAMA_CHAT;
import static io.deltallm.codec.chat.Operation.OLLAMA_EMBED;
import static io.deltallm.codec.chat.Operation.REPLICATE_PREDICTION;
import static io.deltallm.codec.chat.Operation.RERANK;
import static io.deltallm.codec.chat.Operation.RESPONSES;
import static io.deltallm.codec.chat.Operation.STABILITY_IMAGE;
import static io.deltallm.codec.chat.Operation.TGI_GENERATE;
import static io.deltallm.codec.chat.Operation.VERTEX_EMBED;
import static io.deltallm.codec.chat.Operation.VERTEX_GENERATE_CONTENT;
import static io.deltallm.codec.chat.Operation.VERTEX_IMAGE;
import static io.deltallm.codec.chat.Operation.VERTEX_MESSAGES;
import static io.deltallm.codec.chat.Operation.VOYAGE_EMBED;
import static io.deltallm.codec.chat.Operation.VOYAGE_RERANK;
import static io.deltallm.codec.chat.Operation.WATSONX_CHAT;
import static io.deltallm.codec.chat.Operation.WATSONX_EMBED;

/// What each kind of place takes, and where: the one table of paths. A path's `{model}` is filled for each request; its
/// other parts in braces ({api_version}, {project}, {location}, {path}) when the configuration is read.
public final class Endpoints {
    private static final String DEPLOYMENT = "/openai/deployments/{model}";
    private static final String VERSION = "?api-version={api_version}";
    private static final String VERTEX = "/v1/projects/{project}/locations/{location}";
    private static final String GOOGLE = VERTEX + "/publishers/google/models/{model}";
    private static final String INVOKE = "/model/{model}/invoke";
    private static final String INVOKE_STREAM = "/model/{model}/invoke-with-response-stream";

    private static final Map<ProviderKind, Map<Operation, Endpoint>> ALL = new EnumMap<>(ProviderKind.class);

    static {
        openAiLike();
        azure();
        google();
        amazon();
        others();
        ALL.replaceAll((_, endpoints) -> Collections.unmodifiableMap(endpoints));
    }

    private Endpoints() {}

    /// The endpoints of a kind, in the order of [Operation].
    public static Map<Operation, Endpoint> of(ProviderKind kind) {
        return ALL.getOrDefault(kind, Map.of());
    }

    /// What OpenAI offers, at OpenAI's paths: what most providers imitate.
    public static Map<Operation, Endpoint> openAi() {
        return of(ProviderKind.OPENAI);
    }

    private static void openAiLike() {
        for (Operation operation : Operation.values()) {
            if (operation.hasPath() && operation.compareTo(RESPONSES) <= 0) {
                put(ProviderKind.OPENAI, operation, operation.path());
                if (operation != MODERATIONS && operation != RERANK) {
                    put(ProviderKind.AZURE_V1, operation, operation.path());
                }
            }
        }
        put(ProviderKind.HUGGINGFACE, CHAT_COMPLETIONS, "/v1/chat/completions");
        put(ProviderKind.HUGGINGFACE, RESPONSES, "/v1/responses");
        put(ProviderKind.HUGGINGFACE, HF_EMBED, "/hf-inference/models/{path}/pipeline/feature-extraction");
        put(ProviderKind.VOYAGE, VOYAGE_EMBED, "/embeddings");
        put(ProviderKind.VOYAGE, VOYAGE_RERANK, "/rerank");
        put(ProviderKind.JINA, JINA_EMBED, "/embeddings");
        put(ProviderKind.JINA, RERANK, "/rerank");
    }

    /// https://learn.microsoft.com/azure/ai-services/openai/reference
    private static void azure() {
        for (Operation operation : new Operation[] {
            CHAT_COMPLETIONS, COMPLETIONS, EMBEDDINGS, IMAGES_GENERATIONS, IMAGES_EDITS, AUDIO_SPEECH, AUDIO_TRANSCRIPTIONS,
            AUDIO_TRANSLATIONS
        }) {
            put(ProviderKind.AZURE, operation, DEPLOYMENT + operation.path() + VERSION);
        }
        // Not below a deployment, and in its newer surface without a version.
        put(ProviderKind.AZURE, RESPONSES, "/openai/v1/responses");
        put(ProviderKind.AZURE_AI, CHAT_COMPLETIONS, "/models/chat/completions" + VERSION);
        put(ProviderKind.AZURE_AI, EMBEDDINGS, "/models/embeddings" + VERSION);
        put(ProviderKind.AZURE_ANTHROPIC, MESSAGES, "/anthropic/v1/messages");
        put(ProviderKind.AZURE_ANTHROPIC, MESSAGES_COUNT_TOKENS, "/anthropic/v1/messages/count_tokens");
        put(ProviderKind.ANTHROPIC, MESSAGES, "/v1/messages");
        put(ProviderKind.ANTHROPIC, MESSAGES_COUNT_TOKENS, "/v1/messages/count_tokens");
    }

    /// https://ai.google.dev/api and https://cloud.google.com/vertex-ai/docs/reference/rest
    private static void google() {
        gemini(ProviderKind.GEMINI, "/models/{model}");
        put(ProviderKind.GEMINI, BATCH_EMBED_CONTENTS, "/models/{model}:batchEmbedContents");
        put(ProviderKind.GEMINI_IMAGE, VERTEX_IMAGE, "/models/{model}:predict");
        gemini(ProviderKind.VERTEX_AI, GOOGLE);
        // Gemini's clients are relayed; others are told what only Vertex wants.
        put(ProviderKind.VERTEX_AI, VERTEX_GENERATE_CONTENT, GOOGLE + ":generateContent", GOOGLE + ":streamGenerateContent?alt=sse");
        put(ProviderKind.VERTEX_EMBED, VERTEX_EMBED, GOOGLE + ":predict");
        put(ProviderKind.VERTEX_IMAGE, VERTEX_IMAGE, GOOGLE + ":predict");
        String anthropic = VERTEX + "/publishers/anthropic/models/";
        put(ProviderKind.VERTEX_ANTHROPIC, VERTEX_MESSAGES, anthropic + "{model}:rawPredict", anthropic + "{model}:streamRawPredict");
        put(ProviderKind.VERTEX_ANTHROPIC, MESSAGES_COUNT_TOKENS, anthropic + "count-tokens:rawPredict");
        String mistral = VERTEX + "/publishers/mistralai/models/{model}";
        put(ProviderKind.VERTEX_MISTRAL, CHAT_COMPLETIONS, mistral + ":rawPredict", mistral + ":streamRawPredict");
        put(ProviderKind.VERTEX_OPENAPI, CHAT_COMPLETIONS, VERTEX + "/endpoints/openapi/chat/completions");
    }

    private static void gemini(ProviderKind kind, String model) {
        // Without alt=sse a stream is one JSON array.
        put(kind, GENERATE_CONTENT, model + ":generateContent", model + ":streamGenerateContent?alt=sse");
        put(kind, GEMINI_COUNT_TOKENS, model + ":countTokens");
        put(kind, EMBED_CONTENT, model + ":embedContent");
    }

    /// https://docs.aws.amazon.com/bedrock/latest/APIReference
    private static void amazon() {
        put(ProviderKind.BEDROCK, CONVERSE, "/model/{model}/converse", "/model/{model}/converse-stream");
        put(ProviderKind.BEDROCK_INVOKE_ANTHROPIC, BEDROCK_MESSAGES, INVOKE, INVOKE_STREAM);
        put(ProviderKind.BEDROCK_TITAN_TEXT, INVOKE_TITAN_TEXT, INVOKE, INVOKE_STREAM);
        put(ProviderKind.BEDROCK_LLAMA, INVOKE_LLAMA, INVOKE, INVOKE_STREAM);
        put(ProviderKind.BEDROCK_OPENAI, CHAT_COMPLETIONS, "/openai/v1/chat/completions");
        put(ProviderKind.BEDROCK_TITAN_EMBED, INVOKE_TITAN_EMBED, INVOKE);
        put(ProviderKind.BEDROCK_COHERE_EMBED, INVOKE_COHERE_EMBED, INVOKE);
        put(ProviderKind.BEDROCK_NOVA_EMBED, INVOKE_NOVA_EMBED, INVOKE);
        put(ProviderKind.BEDROCK_RERANK, INVOKE_RERANK, INVOKE);
        put(ProviderKind.BEDROCK_TITAN_IMAGE, INVOKE_TITAN_IMAGE, INVOKE);
        String endpoint = "/endpoints/{model}/invocations";
        put(ProviderKind.SAGEMAKER, TGI_GENERATE, endpoint, endpoint + "-response-stream");
        put(ProviderKind.SAGEMAKER_CHAT, CHAT_COMPLETIONS, endpoint, endpoint + "-response-stream");
    }

    private static void others() {
        put(ProviderKind.COHERE, COHERE_CHAT, "/v2/chat");
        put(ProviderKind.COHERE, COHERE_EMBED, "/v2/embed");
        put(ProviderKind.COHERE, COHERE_RERANK, "/v2/rerank");
        put(ProviderKind.COHERE_V1, COHERE_CHAT_V1, "/v1/chat");
        put(ProviderKind.OLLAMA_NATIVE, OLLAMA_CHAT, "/api/chat");
        put(ProviderKind.OLLAMA_NATIVE, OLLAMA_EMBED, "/api/embed");
        put(ProviderKind.HUGGINGFACE_TGI, TGI_GENERATE, "/generate", "/generate_stream");
        put(ProviderKind.REPLICATE, REPLICATE_PREDICTION, "/v1/{path}");
        String watsonx = "/ml/v1/text/";
        put(ProviderKind.WATSONX, WATSONX_CHAT, watsonx + "chat?version={api_version}", watsonx + "chat_stream?version={api_version}");
        put(ProviderKind.WATSONX, WATSONX_EMBED, watsonx + "embeddings?version={api_version}");
        put(ProviderKind.STABILITY, STABILITY_IMAGE, "/v2beta/stable-image/generate/{path}");
        put(ProviderKind.ALEPH_ALPHA, ALEPH_ALPHA_COMPLETE, "/complete");
    }

    private static void put(ProviderKind kind, Operation operation, String path) {
        put(kind, operation, path, path);
    }

    private static void put(ProviderKind kind, Operation operation, String path, String streamPath) {
        ALL.computeIfAbsent(kind, _ -> new EnumMap<>(Operation.class)).put(operation, new Endpoint(path, streamPath));
    }
}
