package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names that occur in the wire formats again and again: found by their bytes, so that reading one makes no string. A
/// name that is not here costs a string, nothing else. Immutable.
final class JsonVocabulary {
    private static final String WORDS =
            """
            id object created model choices index message messages delta role content text type name function arguments \
            tool_calls tool_call_id finish_reason logprobs usage prompt_tokens completion_tokens total_tokens stream \
            prompt_tokens_details completion_tokens_details cached_tokens reasoning_tokens audio_tokens service_tier \
            tool_plan citations token special logprob generated_text details event_type is_finished model_id model_version \
            system_fingerprint refusal annotations reasoning_content reasoning reasoning_details thinking_blocks audio \
            extra_content google thought_signature temperature top_p top_k max_tokens max_completion_tokens stop n seed \
            tools tool_choice parallel_tool_calls response_format json_schema schema strict description parameters \
            stream_options include_usage user image_url url detail input_audio data format file file_data file_id filename \
            message_start content_block content_block_start content_block_delta content_block_stop message_delta thinking \
            signature partial_json stop_reason stop_sequence input_tokens output_tokens cache_read_input_tokens \
            cache_creation_input_tokens input source media_type tool_use_id is_error cache_control ttl system error code \
            status param candidates parts functionCall functionResponse args response inlineData mimeType fileData fileUri \
            thought thoughtSignature finishReason usageMetadata promptTokenCount candidatesTokenCount totalTokenCount \
            thoughtsTokenCount cachedContentTokenCount modelVersion responseId safetyRatings promptFeedback blockReason \
            bytes generation prompt_token_count generation_token_count outputText completionReason inputTextTokenCount \
            contentBlockIndex contentBlockDelta toolUse toolUseId reasoningContent stopReason inputTokens outputTokens \
            totalTokens cacheReadInputTokens cacheWriteInputTokens output_index content_index item_id item sequence_number \
            output call_id summary encrypted_content summary_index input_tokens_details output_tokens_details created_at \
            done done_reason response eval_count prompt_eval_count obfuscation p promptTokensDetails candidatesTokensDetails \
            modality tokenCount serviceTier trafficType createTime avgLogprobs finishMessage toolUsePromptTokenCount \
            accepted_prediction_tokens rejected_prediction_tokens text_tokens image_tokens cost cost_details prompt_logprobs \
            prompt_token_ids token_ids kv_transfer_params native_finish_reason provider matched_stop x_groq prompt_cache_hit_tokens \
            prompt_cache_miss_tokens content_filter_results prompt_filter_results content_filter_offsets search_results queue_time \
            prompt_time completion_time total_time cache_write_tokens function_call custom encrypted format_version \
            stop_details container context_management inference_geo cache_creation ephemeral_5m_input_tokens \
            ephemeral_1h_input_tokens server_tool_use web_search_requests thinking_tokens citation cited_text \
            amazon-bedrock-invocationMetrics invocationLatency firstByteLatency inputTokenCount outputTokenCount \
            cacheReadInputTokenCount cacheWriteInputTokenCount metrics latencyMs trace additionalModelResponseFields \
            groundingMetadata citationMetadata logprobsResult urlContextMetadata category probability blocked \
            total_duration load_duration prompt_eval_duration eval_duration remote_model remote_host \
            annotation annotation_index part incomplete_details instructions max_output_tokens previous_response_id \
            response.output_text.delta safety_identifier store truncation background metadata phase\
            """;
    private static final int SLOTS = 1024;

    private static final byte[][] BYTES = new byte[SLOTS][];
    private static final String[] NAMES = new String[SLOTS];

    static {
        for (String word : WORDS.split(" ")) {
            byte[] utf8 = word.getBytes(StandardCharsets.US_ASCII);
            int slot = slot(hash(utf8, 0, utf8.length));
            while (BYTES[slot] != null && !Arrays.equals(BYTES[slot], utf8)) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            BYTES[slot] = utf8;
            NAMES[slot] = word.intern();
        }
    }

    private JsonVocabulary() {}

    /// The name whose plain bytes are [from, to).
    static String name(byte[] bytes, int from, int to) {
        int slot = slot(hash(bytes, from, to));
        while (BYTES[slot] != null) {
            if (Arrays.equals(BYTES[slot], 0, BYTES[slot].length, bytes, from, to)) {
                return NAMES[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        int hash = length * 31 + bytes[from];
        hash = hash * 31 + bytes[to - 1];
        return hash * 31 + bytes[from + (length >> 1)];
    }

    private static int slot(int hash) {
        return (hash * 0x9E3779B9) >>> 22;
    }
}
