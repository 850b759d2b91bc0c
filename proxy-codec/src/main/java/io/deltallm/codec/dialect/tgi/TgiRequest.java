package io.deltallm.codec.dialect.tgi;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ExtraFields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.prompt.PromptOnly;
import io.deltallm.codec.dialect.prompt.Transcript;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one request. Confined to it.
final class TgiRequest {
    private static final Set<String> PARAMETERS = Set.of(
            "repetition_penalty", "typical_p", "truncate", "watermark", "best_of", "do_sample", "grammar", "adapter_id");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    TgiRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        out.beginObject().member("inputs", new Transcript(request, call).whole());
        out.name("parameters").beginObject().member("details", true).member("return_full_text", false);
        sampling(request.sampling());
        grammar(request.responseFormat());
        PromptOnly.tellLosses(request, call);
        ExtraFields.write(request, PARAMETERS, call, out);
        out.endObject().member("stream", request.stream()).endObject();
    }

    private void sampling(Sampling sampling) {
        // The server's own limit is 20 or 100 tokens.
        Long most = sampling.maxTokens();
        if (most != null || call.maxTokens() > 0) {
            out.member("max_new_tokens", most == null ? call.maxTokens() : most);
        }
        temperature(sampling.temperature());
        Double topP = sampling.topP();
        // Both ends are refused; 1 is what happens without it.
        if (topP != null && topP > 0 && topP < 1) {
            out.member("top_p", topP.doubleValue());
        }
        out.optional("top_k", sampling.topK())
                .optional("seed", sampling.seed())
                .optional("frequency_penalty", sampling.frequencyPenalty());
        ExtraFields.lost(call, "presence_penalty", sampling.presencePenalty());
        out.optional("stop", sampling.stop());
    }

    /// 0 is refused: it is said by not sampling at all.
    private void temperature(@Nullable Double temperature) {
        if (temperature == null) {
            return;
        }
        if (temperature > 0) {
            out.member("temperature", temperature.doubleValue());
        }
        if (!request.extras().containsKey("do_sample")) {
            out.member("do_sample", temperature > 0);
        }
    }

    private void grammar(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText _ -> {}
            case ResponseFormat.JsonObject _ -> call.lost("response_format");
            case ResponseFormat.JsonSchema json ->
                out.name("grammar").beginObject().member("type", "json").member("value", json.schema()).endObject();
        }
    }
}
