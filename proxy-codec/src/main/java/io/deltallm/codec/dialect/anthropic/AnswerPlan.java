package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.UpstreamCall;
import org.jspecify.annotations.Nullable;

/// How a model is made to answer in JSON. Immutable.
///
/// @param schema what the answer follows; null where any object will do
/// @param description what the client says of it
record AnswerPlan(Way way, @Nullable RawJson schema, @Nullable String description) {
    private static final AnswerPlan FREE = new AnswerPlan(Way.FREE, null, null);

    enum Way {
        /// No form is asked for.
        FREE,
        /// `output_config.format`.
        FORMAT,
        /// The model has to call [ToolNames#ANSWER].
        TOOL,
        /// It is told to, where it can be forced by nothing.
        INSTRUCTION
    }

    static AnswerPlan of(ChatRequest request, ClaudeModel model, boolean thinking, UpstreamCall call) {
        ResponseFormat format = request.responseFormat();
        return switch (format) {
            case null -> FREE;
            case ResponseFormat.PlainText _ -> FREE;
            case ResponseFormat.JsonObject _ -> unformatted(request, null, null, model, thinking);
            case ResponseFormat.JsonSchema wanted -> schema(request, wanted, model, thinking, call);
        };
    }

    private static AnswerPlan schema(
            ChatRequest request, ResponseFormat.JsonSchema wanted, ClaudeModel model, boolean thinking, UpstreamCall call) {
        if (model.takesFormat()) {
            ClosedSchema closed = ClosedSchema.of(wanted.schema());
            if (!closed.open()) {
                return new AnswerPlan(Way.FORMAT, closed.schema(), wanted.description());
            }
        }
        AnswerPlan plan = unformatted(request, wanted.schema(), wanted.description(), model, thinking);
        if (plan.way == Way.INSTRUCTION && Boolean.TRUE.equals(wanted.strict())) {
            call.lost("response_format");
        }
        return plan;
    }

    private static AnswerPlan unformatted(
            ChatRequest request,
            @Nullable RawJson schema,
            @Nullable String description,
            ClaudeModel model,
            boolean thinking) {
        boolean forced = model.takesForcedTool() && !thinking && !(request.toolChoice() instanceof ToolChoice.Named);
        boolean object = schema == null || (schema.isObject() && JsonWord.is(Block.child(schema, "type"), "object"));
        return new AnswerPlan(forced && object ? Way.TOOL : Way.INSTRUCTION, schema, description);
    }

    /// The words for [Way#INSTRUCTION].
    String instruction() {
        String text = "Answer with one JSON value and nothing else: no explanation, no code fence.";
        return schema == null ? text : text + " It must follow this JSON Schema: " + schema.json();
    }
}
