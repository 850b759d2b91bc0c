package io.deltallm.codec.dialect.alephalpha;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ExtraFields;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.dialect.prompt.PromptOnly;
import io.deltallm.codec.dialect.prompt.Transcript;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;

/// `/complete`, plain and streamed. Stateless, thread-safe.
public final class AlephAlphaComplete implements UpstreamDialect {
    /// The format demands a limit; this one stands where neither the client nor the model's configuration has one.
    private static final long USUAL_MOST_TOKENS = 1024;

    private static final Set<String> OWN_FIELDS = Set.of(
            "hosting", "best_of", "raw_completion", "minimum_tokens", "repetition_penalties_include_prompt",
            "sequence_penalty", "contextual_control_threshold", "nice");

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        out.beginObject().member("model", call.model());
        out.member("prompt", new Transcript(request, call).whole());
        sampling(request.sampling(), call, out);
        PromptOnly.tellLosses(request, call);
        PromptOnly.tellLostFormat(request, call);
        ExtraFields.write(request, OWN_FIELDS, call, out);
        if (request.stream()) {
            out.member("stream", true);
        }
        out.endObject();
    }

    private static void sampling(Sampling sampling, UpstreamCall call, JsonOutput out) {
        Long most = sampling.maxTokens();
        long usual = call.maxTokens() > 0 ? call.maxTokens() : USUAL_MOST_TOKENS;
        out.member("maximum_tokens", most == null ? usual : most)
                .optional("temperature", sampling.temperature())
                .optional("top_k", sampling.topK())
                .optional("top_p", sampling.topP())
                .optional("frequency_penalty", sampling.frequencyPenalty())
                .optional("presence_penalty", sampling.presencePenalty());
        ExtraFields.lost(call, "seed", sampling.seed());
        out.optional("stop_sequences", sampling.stop());
    }

    @Override
    public FrameCutter streamCutter() {
        return new SseFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return new AlephAlphaReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }
}
