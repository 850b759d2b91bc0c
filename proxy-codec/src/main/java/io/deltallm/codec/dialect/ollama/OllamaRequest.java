package io.deltallm.codec.dialect.ollama;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ExtraFields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one request. Confined to it.
final class OllamaRequest {
    private static final Set<String> OWN_FIELDS = Set.of("keep_alive", "think");
    /// What a client may also say beside the other fields, though it stands in `options`.
    private static final Set<String> OPTIONS = Set.of(
            "num_ctx", "num_keep", "num_batch", "num_gpu", "num_thread", "main_gpu", "use_mmap", "min_p", "typical_p",
            "repeat_last_n", "repeat_penalty", "mirostat", "mirostat_eta", "mirostat_tau", "penalize_newline", "tfs_z");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    OllamaRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        // Stated in any case: without it, Ollama streams.
        out.beginObject().member("model", call.model()).member("stream", request.stream());
        new OllamaMessages(request.messages(), call, out).write();
        new OllamaTools(request, call, out).write();
        responseFormat(request.responseFormat());
        think(request.reasoning());
        options();
        losses();
        request.extras().forEach((name, value) -> {
            if (OWN_FIELDS.contains(name)) {
                out.name(name).value(value);
            } else if (!name.equals("options") && !OPTIONS.contains(name)) {
                call.lost(name);
            }
        });
        out.endObject();
    }

    private void responseFormat(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText _ -> {}
            case ResponseFormat.JsonObject _ -> out.member("format", "json");
            case ResponseFormat.JsonSchema json -> out.member("format", json.schema());
        }
    }

    private void think(@Nullable Reasoning reasoning) {
        if (reasoning == null || request.extras().containsKey("think")) {
            return;
        }
        String effort = reasoning.effort();
        if (!reasoning.enabled() || effort == null) {
            out.member("think", reasoning.enabled());
            return;
        }
        out.member(
                "think",
                switch (effort) {
                    case "minimal", "low" -> "low";
                    case "medium" -> "medium";
                    default -> "high";
                });
    }

    private void options() {
        Sampling sampling = request.sampling();
        out.name("options").beginObject();
        out.optional("num_predict", sampling.maxTokens())
                .optional("temperature", sampling.temperature())
                .optional("top_p", sampling.topP())
                .optional("top_k", sampling.topK())
                .optional("seed", sampling.seed())
                .optional("frequency_penalty", sampling.frequencyPenalty())
                .optional("presence_penalty", sampling.presencePenalty());
        out.optional("stop", sampling.stop());
        request.extras().forEach((name, value) -> {
            if (OPTIONS.contains(name)) {
                out.name(name).value(value);
            }
        });
        ownOptions(request.extras().get("options"));
        out.endObject();
    }

    private void ownOptions(@Nullable RawJson options) {
        if (options == null) {
            return;
        }
        JsonCursor cursor = new JsonCursor().over(options);
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            out.anyName(name).value(cursor.raw());
        }
    }

    private void losses() {
        Sampling sampling = request.sampling();
        ExtraFields.lostChoices(call, sampling);
        ExtraFields.lost(call, "user", request.user());
    }
}
