package io.deltallm.netty.telemetry;

import io.deltallm.codec.dialect.HubFields;
import java.util.HashSet;
import java.util.Set;

/// The values of the `parameter` label: known fields of requests, without indexes. Thread-safe.
final class LostParameters {
    private static final String OTHER = "other";
    private static final Set<String> MORE = Set.of(
            // Within what the hub knows.
            "messages.content", "messages.name", "messages.content.file", "messages.content.image_url",
            "messages.content.input_audio", "messages.content.video_url", "response_format.json_schema", "tools.strict",
            "cache_control", "extra_content", "reasoning_content", "thinking_blocks",
            // OpenAI
            "audio", "background", "conversation", "dimensions", "encoding_format", "function_call", "functions", "include",
            "input", "instructions", "max_tool_calls", "metadata", "modalities", "output_compression", "output_format",
            "prediction", "previous_response_id", "prompt", "prompt_cache_key", "prompt_cache_retention", "quality",
            "reasoning", "safety_identifier", "service_tier", "size", "store", "style", "suffix", "text", "truncation",
            "verbosity", "web_search_options",
            // Anthropic
            "container", "context_management", "mcp_servers", "output_config", "stop_sequences", "system", "thinking",
            // Google
            "cachedContent", "generationConfig", "labels", "safetySettings", "systemInstruction", "toolConfig",
            // Embeddings, rankings and the open servers
            "input_type", "max_chunks_per_doc", "max_tokens_per_doc", "min_p", "rank_fields", "repetition_penalty",
            "return_documents", "title", "top_n", "truncate");
    private static final Set<String> NAMES = names();

    private LostParameters() {}

    private static Set<String> names() {
        Set<String> names = new HashSet<>(HubFields.NAMES);
        names.addAll(MORE);
        return Set.copyOf(names);
    }

    /// `messages[3].content[0].cache_control` counts as the nearest known field around it, `messages.content`.
    static String label(String parameter) {
        String field = withoutIndexes(parameter);
        while (!NAMES.contains(field)) {
            int dot = field.lastIndexOf('.');
            if (dot < 0) {
                return OTHER;
            }
            field = field.substring(0, dot);
        }
        return field;
    }

    private static String withoutIndexes(String parameter) {
        if (parameter.indexOf('[') < 0) {
            return parameter;
        }
        StringBuilder field = new StringBuilder(parameter.length());
        boolean within = false;
        for (int i = 0; i < parameter.length(); i++) {
            char character = parameter.charAt(i);
            if (character == '[') {
                within = true;
            } else if (character == ']') {
                within = false;
            } else if (!within) {
                field.append(character);
            }
        }
        return field.toString();
    }
}
