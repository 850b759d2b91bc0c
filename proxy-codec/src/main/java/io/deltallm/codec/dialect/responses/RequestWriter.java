package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.dialect.EndUser;
import io.deltallm.codec.dialect.OpenAiModel;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a request to a provider: stateless, so that nothing of the conversation is kept there, and thoughts come back
/// encrypted. Confined to it.
final class RequestWriter {
    private static final long FEWEST_TOKENS = 16;
    private static final String CHAT = Operation.CHAT_COMPLETIONS.label();

    /// Fields of this format that other formats, or a model's defaults, may set by the same name and meaning.
    private static final Set<String> SHARED = Set.of(
            "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options", "moderation",
            "truncation", "max_tool_calls");
    /// Likewise, but other companies mean other things by them.
    private static final Set<String> SHARED_WITH_CHAT = Set.of("metadata", "service_tier", "context_management");
    /// Written in places of their own.
    private static final Set<String> PLACED = Set.of("verbosity", "store", "include", "tool_choice");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    RequestWriter(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        out.beginObject().member("model", call.model());
        new InputWriter(request, call, out).write();
        tools();
        sampling();
        text();
        reasoning();
        out.optional("user", EndUser.shortened(request.user()));
        out.member("store", isTrue(request.extras().get("store")));
        include();
        extras();
        if (request.stream()) {
            out.member("stream", true);
        }
        out.endObject();
    }

    private static boolean isTrue(@Nullable RawJson value) {
        return value != null && value.json().equals("true");
    }

    private void tools() {
        boolean any = false;
        for (Tool tool : request.tools()) {
            if (tool instanceof Tool.Hosted(String dialect, _) && !dialect.equals(Responses.DIALECT)) {
                call.lost("tools");
                continue;
            }
            if (!any) {
                out.name("tools").beginArray();
                any = true;
            }
            switch (tool) {
                case Tool.Function function -> SettingForms.tool(function, out);
                case Tool.Hosted(_, RawJson definition) -> out.value(definition);
            }
        }
        if (any) {
            out.endArray();
            choice();
        }
    }

    /// Refused by providers where there are no tools.
    private void choice() {
        RawJson own = request.dialect().equals(Responses.DIALECT) ? request.extras().get("tool_choice") : null;
        if (request.toolChoice() != null) {
            out.name("tool_choice");
            SettingForms.choice(request.toolChoice(), out);
        } else {
            out.optional("tool_choice", own);
        }
        out.optional("parallel_tool_calls", request.parallelToolCalls());
    }

    private void sampling() {
        Sampling sampling = picking();
        Long most = sampling.maxTokens();
        out.optional("max_output_tokens", most == null ? null : Long.valueOf(Math.max(FEWEST_TOKENS, most)));
        out.optional("temperature", sampling.temperature());
        out.optional("top_p", sampling.topP());
        out.optional("top_logprobs", sampling.topLogprobs());
        lost("n", sampling.n() != null && sampling.n() != 1);
        lost("stop", !sampling.stop().isEmpty());
        lost("seed", sampling.seed() != null);
        lost("top_k", sampling.topK() != null);
        lost("logit_bias", sampling.logitBias() != null);
        lost("frequency_penalty", sampling.frequencyPenalty() != null && sampling.frequencyPenalty() != 0);
        lost("presence_penalty", sampling.presencePenalty() != null && sampling.presencePenalty() != 0);
    }

    private Sampling picking() {
        boolean openAi = call.provider().equals("openai") || call.provider().equals("azure");
        boolean thinks = openAi && OpenAiModel.thinks(call.model(), request.reasoning());
        return thinks ? request.sampling().withoutPicking(call::lost) : request.sampling();
    }

    private void lost(String field, boolean set) {
        if (set) {
            call.lost(field);
        }
    }

    private void text() {
        RawJson verbosity = request.extras().get("verbosity");
        if (request.responseFormat() != null || verbosity != null) {
            out.name("text");
            SettingForms.text(request.responseFormat(), verbosity, out);
        }
    }

    private void reasoning() {
        Reasoning reasoning = request.reasoning();
        String effort = reasoning == null ? null : reasoning.effortOrFromBudget();
        String summary = reasoning == null ? null : reasoning.summary();
        boolean shown = summary != null && !summary.equals("none");
        RawJson context = request.extras().get("reasoning.context");
        RawJson mode = request.extras().get("reasoning.mode");
        if (effort != null || shown || context != null || mode != null) {
            out.name("reasoning").beginObject().optional("effort", effort).optional("summary", shown ? summary : null);
            out.optional("context", context).optional("mode", mode).endObject();
        }
    }

    private void include() {
        Set<String> wanted = new LinkedHashSet<>();
        if (mayReason(call.model())) {
            wanted.add(RequestReader.ENCRYPTED);
        }
        if (Boolean.TRUE.equals(request.sampling().logprobs())) {
            wanted.add(RequestReader.LOGPROBS);
        }
        addIncluded(request.extras().get("include"), wanted);
        out.optional("include", wanted);
    }

    /// OpenAI's older models refuse to be asked for thoughts that they do not have.
    private static boolean mayReason(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        return !name.startsWith("gpt-4") && !name.startsWith("gpt-3") && !name.startsWith("chatgpt-");
    }

    private static void addIncluded(@Nullable RawJson include, Set<String> wanted) {
        if (include == null) {
            return;
        }
        try {
            JsonCursor cursor = new JsonCursor().over(include);
            cursor.array();
            while (cursor.element()) {
                wanted.add(cursor.string());
            }
        } catch (JsonProblem problem) {
            throw Refused.request("include " + problem.problem(), "include");
        }
    }

    private void extras() {
        boolean own = request.dialect().equals(Responses.DIALECT);
        for (Map.Entry<String, RawJson> extra : request.extras().entrySet()) {
            String name = extra.getKey();
            if (PLACED.contains(name) || name.equals("reasoning.context") || name.equals("reasoning.mode")) {
                continue;
            }
            if (SHARED.contains(name) || fromChat(name) || (own && !name.startsWith("reasoning."))) {
                out.anyName(name).value(extra.getValue());
            } else {
                call.lost(name);
            }
        }
    }

    private boolean fromChat(String name) {
        return request.dialect().equals(CHAT) && SHARED_WITH_CHAT.contains(name);
    }
}
