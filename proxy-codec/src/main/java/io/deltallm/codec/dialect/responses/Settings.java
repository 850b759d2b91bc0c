package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.json.JsonOutput;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a response repeats of its request. Written up to three times a stream, so that the long members are kept as JSON.
/// Immutable.
final class Settings {
    private static final RawJson NULL = RawJson.ofLiteral("null");
    private static final RawJson NO = RawJson.ofLiteral("false");
    private static final RawJson AUTO_TEXT = RawJson.ofText("auto");
    private static final RawJson DISABLED = RawJson.ofText("disabled");

    private final ChatRequest request;
    private final RawJson instructions;
    private final RawJson tools;
    private final RawJson choice;
    private final RawJson text;

    private Settings(ChatRequest request) {
        this.request = request;
        this.instructions = instructions(request.messages());
        this.tools = tools(request.tools());
        this.choice = choice(request);
        this.text = text(request);
    }

    static Settings of(ChatRequest request) {
        return new Settings(request);
    }

    /// Where the request is not at hand: the defaults.
    static Settings unknown() {
        return new Settings(new ChatRequest(
                Responses.DIALECT,
                "",
                List.of(),
                List.of(),
                null,
                null,
                Sampling.NONE,
                null,
                null,
                false,
                true,
                null,
                Map.of()));
    }

    private static RawJson instructions(List<Message> messages) {
        boolean first = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM;
        return first ? RawJson.ofText(messages.getFirst().text()) : NULL;
    }

    /// As the client defined them: those of one namespace are one definition.
    private static RawJson tools(List<Tool> tools) {
        JsonOutput out = new JsonOutput().beginArray();
        Set<RawJson> written = new HashSet<>();
        for (Tool tool : tools) {
            switch (tool) {
                case Tool.Function function when function.origin() instanceof CallForm form -> {
                    if (written.add(form.definition())) {
                        out.value(form.definition());
                    }
                }
                case Tool.Function function -> SettingForms.tool(function, out);
                case Tool.Hosted(_, RawJson definition) -> out.value(definition);
            }
        }
        return out.endArray().toRaw();
    }

    Map<String, CallForm> forms() {
        return CallForm.of(request.tools());
    }

    private static RawJson choice(ChatRequest request) {
        ToolChoice choice = request.toolChoice();
        if (choice == null) {
            return request.extras().getOrDefault("tool_choice", AUTO_TEXT);
        }
        JsonOutput out = new JsonOutput();
        SettingForms.choice(choice, out);
        return out.toRaw();
    }

    private static RawJson text(ChatRequest request) {
        ResponseFormat format = request.responseFormat();
        JsonOutput out = new JsonOutput();
        SettingForms.text(
                format == null ? new ResponseFormat.PlainText() : format, request.extras().get("verbosity"), out);
        return out.toRaw();
    }

    /// Members of a response, in the middle of its object.
    void write(JsonOutput out) {
        Sampling sampling = request.sampling();
        out.member("background", NO).member("instructions", instructions);
        number("max_output_tokens", sampling.maxTokens(), out);
        extra("max_tool_calls", NULL, out);
        out.member("parallel_tool_calls", !Boolean.FALSE.equals(request.parallelToolCalls()));
        out.member("previous_response_id", NULL);
        extra("prompt_cache_key", NULL, out);
        reasoning(request.reasoning(), out);
        extra("safety_identifier", NULL, out);
        extra("service_tier", NULL, out);
        out.member("store", NO);
        number("temperature", sampling.temperature(), out);
        out.member("text", text).member("tool_choice", choice).member("tools", tools);
        out.member("top_logprobs", sampling.topLogprobs() == null ? 0 : sampling.topLogprobs());
        number("top_p", sampling.topP(), out);
        extra("truncation", DISABLED, out);
        text("user", request.user(), out);
        extra("metadata", RawJson.EMPTY_OBJECT, out);
    }

    private void extra(String name, RawJson otherwise, JsonOutput out) {
        out.member(name, request.extras().getOrDefault(name, otherwise));
    }

    private static void reasoning(@Nullable Reasoning reasoning, JsonOutput out) {
        out.name("reasoning").beginObject();
        text("effort", reasoning == null ? null : reasoning.effortOrFromBudget(), out);
        text("summary", reasoning == null ? null : reasoning.summary(), out);
        out.endObject();
    }

    private static void text(String name, @Nullable String text, JsonOutput out) {
        if (text == null) {
            out.member(name, NULL);
        } else {
            out.member(name, text);
        }
    }

    private static void number(String name, @Nullable Long number, JsonOutput out) {
        if (number == null) {
            out.member(name, NULL);
        } else {
            out.member(name, number.longValue());
        }
    }

    private static void number(String name, @Nullable Double number, JsonOutput out) {
        if (number == null) {
            out.member(name, NULL);
        } else {
            out.member(name, number.doubleValue());
        }
    }
}
