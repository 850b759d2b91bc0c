package io.deltallm.codec.dialect.replicate;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.prompt.PromptOnly;
import io.deltallm.codec.dialect.prompt.Transcript;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;

/// Writes one request. Confined to it.
final class ReplicateRequest {
    /// OpenAI's own; any other field may be an input of the model's.
    private static final Set<String> NO_INPUTS = Set.of(
            "metadata", "store", "service_tier", "prediction", "modalities", "audio", "web_search_options",
            "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "verbosity", "functions", "function_call");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    ReplicateRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        Transcript transcript = new Transcript(request, call);
        String instructions = transcript.instructions();
        out.beginObject();
        version();
        out.name("input").beginObject().member("prompt", transcript.withoutInstructions());
        if (!instructions.isEmpty()) {
            out.member("system_prompt", instructions);
        }
        sampling(request.sampling());
        PromptOnly.tellLosses(request, call);
        PromptOnly.tellLostFormat(request, call);
        boolean openAi = request.dialect().equals(Operation.CHAT_COMPLETIONS.label());
        request.extras().forEach((name, value) -> {
            // A model's own inputs travel as fields of OpenAI's chat; what other formats have is none of them.
            if (openAi && !NO_INPUTS.contains(name)) {
                out.anyName(name).value(value);
            } else {
                call.lost(name);
            }
        });
        out.endObject();
        if (request.stream()) {
            out.member("stream", true);
        }
        out.endObject();
    }

    /// Of `owner/name:version`: the path then names no model, so the body has to.
    private void version() {
        int colon = call.model().indexOf(':');
        if (colon > 0) {
            out.member("version", call.model().substring(colon + 1));
        }
    }

    private void sampling(Sampling sampling) {
        out.optional("max_tokens", sampling.maxTokens())
                .optional("temperature", sampling.temperature())
                .optional("top_p", sampling.topP())
                .optional("top_k", sampling.topK())
                .optional("frequency_penalty", sampling.frequencyPenalty())
                .optional("presence_penalty", sampling.presencePenalty())
                .optional("seed", sampling.seed());
        stop(sampling.stop());
    }

    /// A list in one text, parted by commas: a sequence with a comma in it cannot be said.
    private void stop(List<String> stop) {
        if (stop.stream().anyMatch(sequence -> sequence.indexOf(',') >= 0)) {
            call.lost("stop");
        } else if (!stop.isEmpty()) {
            out.member("stop_sequences", String.join(",", stop));
        }
    }
}
