package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.dialect.Losses;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.provider.Quirk;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The recordings of hosts that speak OpenAI's chat format.
public final class RecordedChats {
    private static final List<String> PROVIDERS = List.of(
            "openai", "groq", "mistral", "xai", "deepseek", "together", "openrouter", "vllm", "ollama", "cerebras",
            "perplexity", "zai", "huggingface", "gpustack", "llamacpp", "vercel", "databricks", "snowflake", "cloudflare",
            "azure", "gemini", "bedrock");
    private static final Set<String> OTHER_FORMATS = Set.of("ollama.chat", "cohere.chat", "watsonx.chat");

    private RecordedChats() {}

    public static Stream<Recording> all() {
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

    /// The host that a recording's request went to.
    public static UpstreamCall host(Recording recording, String model, Losses losses) {
        return new UpstreamCall(model, provider(recording), quirks(recording.provider()), 4096, losses);
    }

    private static String provider(Recording recording) {
        return recording.provider().equals("vercel") ? "vercel_ai_gateway" : recording.provider();
    }

    private static Set<Quirk> quirks(String provider) {
        return switch (provider) {
            case "mistral" -> Set.of(Quirk.RANDOM_SEED, Quirk.NO_STREAM_OPTIONS, Quirk.CONTENT_LISTS);
            default -> Set.of();
        };
    }
}
