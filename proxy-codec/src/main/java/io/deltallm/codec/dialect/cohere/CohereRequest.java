package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ExtraFields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one request of version 2. Confined to it.
final class CohereRequest {
    private static final int MOST_STOP_SEQUENCES = 5;
    private static final Set<String> OWN_FIELDS =
            Set.of("documents", "citation_options", "safety_mode", "thinking", "strict_tools", "k", "p", "priority");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    CohereRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        out.beginObject().member("model", call.model()).member("stream", request.stream());
        new CohereMessages(call, out).write(request.messages());
        new CohereTools(request, call, out).write();
        sampling(request.sampling());
        responseFormat(request.responseFormat());
        reasoning(request.reasoning());
        ExtraFields.lost(call, "user", request.user());
        ExtraFields.write(request, OWN_FIELDS, call, out);
        out.endObject();
    }

    private void sampling(Sampling sampling) {
        out.optional("max_tokens", sampling.maxTokens())
                .optional("temperature", upToOne(sampling.temperature()))
                .optional("seed", sampling.seed())
                .optional("frequency_penalty", upToOne(sampling.frequencyPenalty()))
                .optional("presence_penalty", upToOne(sampling.presencePenalty()));
        if (!request.extras().containsKey("p")) {
            out.optional("p", sampling.topP());
        }
        if (!request.extras().containsKey("k")) {
            out.optional("k", sampling.topK());
        }
        stop(sampling.stop());
        ExtraFields.lostChoices(call, sampling);
    }

    /// Other formats go to 2, or below 0, where Cohere refuses all beyond its own range.
    private static @Nullable Double upToOne(@Nullable Double value) {
        return value == null ? null : Double.valueOf(Math.clamp(value, 0.0, 1.0));
    }

    private void stop(List<String> stop) {
        if (stop.size() > MOST_STOP_SEQUENCES) {
            call.lost("stop[" + MOST_STOP_SEQUENCES + "]");
        }
        out.optional("stop_sequences", stop.subList(0, Math.min(MOST_STOP_SEQUENCES, stop.size())));
    }

    private void responseFormat(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText _ -> {}
            case ResponseFormat.JsonObject _ ->
                out.name("response_format").beginObject().member("type", "json_object").endObject();
            case ResponseFormat.JsonSchema json ->
                out.name("response_format")
                        .beginObject()
                        .member("type", "json_object")
                        .member("json_schema", json.schema())
                        .endObject();
        }
    }

    private void reasoning(@Nullable Reasoning reasoning) {
        if (reasoning == null || request.extras().containsKey("thinking")) {
            return;
        }
        out.name("thinking").beginObject().member("type", reasoning.enabled() ? "enabled" : "disabled");
        Long budget = reasoning.budgetOrFromEffort();
        if (reasoning.enabled() && budget != null && budget > 0) {
            out.member("token_budget", budget.longValue());
        }
        out.endObject();
    }
}
