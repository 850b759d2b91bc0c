package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The recordings of hosts that speak OpenAI's chat format.
final class RecordedChats {
    private static final List<String> PROVIDERS = List.of(
            "openai", "groq", "mistral", "xai", "deepseek", "together", "openrouter", "vllm", "ollama", "cerebras",
            "perplexity", "zai", "huggingface", "gpustack", "llamacpp", "vercel", "databricks", "snowflake", "cloudflare",
            "azure", "gemini", "bedrock");
    private static final Set<String> OTHER_FORMATS = Set.of("ollama.chat", "cohere.chat", "watsonx.chat");

    private RecordedChats() {}

    static Stream<Recording> all() {
        return Recordings.of(PROVIDERS).stream()
                .filter(recording -> recording.api().endsWith(".chat") || recording.api().endsWith(".openai-chat"))
                .filter(recording -> !OTHER_FORMATS.contains(recording.api()));
    }

    /// Those that were answered, which the Groq stream that broke off was not.
    static Stream<Recording> answered() {
        return all().filter(recording -> recording.status() == 200)
                .filter(recording -> !recording.body().contains("event: error"));
    }

    static Stream<Recording> refused() {
        return all().filter(recording -> recording.status() >= 400);
    }

    static boolean streamed(Recording recording) {
        return recording.eventStream() || recording.body().startsWith("data:") || recording.body().startsWith(":");
    }
}
