package io.deltallm.codec.dialect;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Operation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The recorded chats of all providers, and the wire format each is in.
public final class RecordedChats {
    private static final List<String> PROVIDERS = List.of(
            "anthropic", "azure", "bedrock", "cerebras", "cloudflare", "cohere", "databricks", "deepseek", "gemini", "gpustack",
            "groq", "huggingface", "llamacpp", "mistral", "ollama", "openai", "openrouter", "perplexity", "replicate", "sagemaker",
            "snowflake", "together", "vercel", "vertex", "vllm", "watsonx", "xai", "zai");

    private RecordedChats() {}

    public static List<Recording> all() {
        return Recordings.of(PROVIDERS).stream()
                .filter(recording -> format(recording) != null)
                .toList();
    }

    /// Null for what is no chat.
    public static @Nullable Operation format(Recording recording) {
        String api = recording.api();
        return switch (api) {
            case "anthropic.messages" -> Operation.MESSAGES;
            case "vertex.anthropic" -> Operation.VERTEX_MESSAGES;
            case "gemini.generateContent", "gemini.streamGenerateContent", "vertex.generateContent",
                    "vertex.streamGenerateContent" -> Operation.GENERATE_CONTENT;
            case "bedrock.converse", "bedrock.converse-stream" -> Operation.CONVERSE;
            case "bedrock.invoke", "bedrock.invoke-stream" -> invoked(recording);
            case "cohere.chat" -> Operation.COHERE_CHAT;
            case "cohere.chat.v1" -> Operation.COHERE_CHAT_V1;
            case "ollama.chat" -> Operation.OLLAMA_CHAT;
            case "huggingface.tgi", "sagemaker.invocations" -> Operation.TGI_GENERATE;
            case "replicate.stream" -> Operation.REPLICATE_PREDICTION;
            case "watsonx.generation" -> Operation.WATSONX_CHAT;
            default -> {
                if (api.endsWith(".chat") || api.endsWith(".openai-chat")) {
                    yield Operation.CHAT_COMPLETIONS;
                }
                yield api.endsWith(".responses") || api.endsWith(".openai-responses") ? Operation.RESPONSES : null;
            }
        };
    }

    /// What InvokeModel takes depends on the model.
    private static @Nullable Operation invoked(Recording recording) {
        String path = recording.request().path("path").asText().toLowerCase(Locale.ROOT);
        if (path.contains("anthropic.")) {
            return Operation.BEDROCK_MESSAGES;
        }
        if (path.contains("titan-text")) {
            return Operation.INVOKE_TITAN_TEXT;
        }
        return path.contains("meta.llama") ? Operation.INVOKE_LLAMA : null;
    }
}
