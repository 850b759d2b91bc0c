package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.ExtraFields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one request of version 1. Confined to it.
final class CohereV1Request {
    private static final Set<String> OWN_FIELDS = Set.of(
            "connectors",
            "documents",
            "search_queries_only",
            "citation_quality",
            "prompt_truncation",
            "conversation_id",
            "safety_mode",
            "force_single_step");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    CohereV1Request(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        out.beginObject().member("model", call.model()).member("stream", request.stream());
        new CohereV1History(request.messages(), call, out).write();
        tools();
        sampling(request.sampling());
        responseFormat(request.responseFormat());
        Reasoning reasoning = request.reasoning();
        if (reasoning != null && reasoning.enabled()) {
            call.lost("reasoning_effort");
        }
        ExtraFields.lost(call, "user", request.user());
        ExtraFields.write(request, OWN_FIELDS, call, out);
        out.endObject();
    }

    private void sampling(Sampling sampling) {
        out.optional("max_tokens", sampling.maxTokens())
                .optional("temperature", sampling.temperature())
                .optional("p", sampling.topP())
                .optional("k", sampling.topK())
                .optional("seed", sampling.seed())
                .optional("frequency_penalty", sampling.frequencyPenalty())
                .optional("presence_penalty", sampling.presencePenalty());
        out.optional("stop_sequences", sampling.stop());
        ExtraFields.lostChoices(call, sampling);
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
                        .member("schema", json.schema())
                        .endObject();
        }
    }

    private void tools() {
        List<Tool> tools = request.toolChoice() instanceof ToolChoice.None ? List.of() : request.tools();
        boolean chosen = request.toolChoice() instanceof ToolChoice.Required
                || request.toolChoice() instanceof ToolChoice.Named
                || request.toolChoice() instanceof ToolChoice.Allowed;
        if (chosen) {
            call.lost("tool_choice");
        }
        if (Boolean.FALSE.equals(request.parallelToolCalls())) {
            call.lost("parallel_tool_calls");
        }
        if (tools.isEmpty()) {
            return;
        }
        out.name("tools").beginArray();
        for (int i = 0; i < tools.size(); i++) {
            switch (tools.get(i)) {
                case Tool.Function function -> new CohereV1Parameters(out).write(function);
                case Tool.Hosted _ -> call.lost("tools[" + i + "]");
            }
        }
        out.endArray();
    }
}
