package io.deltallm.codec.dialect.watsonx;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.ExtraFields;
import io.deltallm.codec.dialect.OpenAiForm;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one request. Confined to it.
final class WatsonxRequest {
    private static final Set<String> OWN_FIELDS = Set.of(
            "project_id",
            "space_id",
            "time_limit",
            "repetition_penalty",
            "length_penalty",
            "guided_choice",
            "guided_regex",
            "guided_grammar",
            "guided_json",
            "chat_template_kwargs",
            "include_reasoning");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    WatsonxRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        if (!request.extras().containsKey("project_id") && !request.extras().containsKey("space_id")) {
            throw Refused.request(
                    "project_id is missing (expected: project_id or space_id, in the model's configuration or the request)",
                    "project_id");
        }
        out.beginObject().member("model_id", call.model());
        new WatsonxMessages(call, out).write(request.messages());
        tools();
        choice();
        sampling(request.sampling());
        responseFormat(request.responseFormat());
        reasoning(request.reasoning());
        ExtraFields.lost(call, "user", request.user());
        ExtraFields.write(request, OWN_FIELDS, call, out);
        out.endObject();
    }

    private void sampling(Sampling sampling) {
        out.optional("max_tokens", sampling.maxTokens())
                .optional("temperature", sampling.temperature())
                .optional("top_p", sampling.topP())
                .optional("n", sampling.n())
                .optional("seed", sampling.seed())
                .optional("frequency_penalty", sampling.frequencyPenalty())
                .optional("presence_penalty", sampling.presencePenalty())
                .optional("logit_bias", sampling.logitBias())
                .optional("logprobs", sampling.logprobs())
                .optional("top_logprobs", sampling.topLogprobs());
        ExtraFields.lost(call, "top_k", sampling.topK());
        out.optional("stop", sampling.stop());
    }

    /// Three efforts are known; not to think is said by none of them.
    private void reasoning(@Nullable Reasoning reasoning) {
        String effort = reasoning == null || !reasoning.enabled() ? null : reasoning.effortOrFromBudget();
        if (effort != null) {
            out.member(
                    "reasoning_effort",
                    switch (effort) {
                        case "minimal", "low" -> "low";
                        case "medium" -> "medium";
                        default -> "high";
                    });
        }
    }

    private void responseFormat(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText _ -> {}
            case ResponseFormat.JsonObject _ ->
                out.name("response_format").beginObject().member("type", "json_object").endObject();
            case ResponseFormat.JsonSchema json -> {
                out.name("response_format").beginObject().member("type", "json_schema").name("json_schema").beginObject();
                out.member("name", json.name()).optional("description", json.description());
                out.member("schema", json.schema()).optional("strict", json.strict()).endObject().endObject();
            }
        }
    }

    private void tools() {
        if (Boolean.FALSE.equals(request.parallelToolCalls())) {
            call.lost("parallel_tool_calls");
        }
        new OpenAiForm(call, out).tools(request.tools(), this::mayCall);
    }

    private boolean mayCall(String name) {
        return !(request.toolChoice() instanceof ToolChoice.Allowed(var names, _)) || names.contains(name);
    }

    private void choice() {
        if (request.tools().isEmpty()) {
            return;
        }
        switch (request.toolChoice()) {
            case null -> {}
            case ToolChoice.Auto _ -> out.member("tool_choice_option", "auto");
            case ToolChoice.None _ -> out.member("tool_choice_option", "none");
            case ToolChoice.Required _ -> out.member("tool_choice_option", "required");
            case ToolChoice.Allowed(_, var required) -> out.member("tool_choice_option", required ? "required" : "auto");
            case ToolChoice.Named(var name) -> {
                out.name("tool_choice").beginObject().member("type", "function");
                out.name("function").beginObject().member("name", name).endObject().endObject();
            }
        }
    }
}
