package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one request. Used once.
final class ConverseRequest {
    private static final String ANSWER_IN_JSON = "Answer with one JSON object and nothing else.";

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;
    private final BedrockModel model;
    private final ConverseThinking thinking;
    private final ConverseTools tools;
    private final ConverseSchema schema;

    ConverseRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
        this.model = new BedrockModel(call.model());
        this.thinking = ConverseThinking.of(request, model, call);
        this.schema = ConverseSchema.of(request.responseFormat(), model, thinking);
        this.tools = new ConverseTools(request, model, call, schema.asTool(), thinking);
    }

    void write() {
        out.beginObject();
        messages();
        if (model.takesSystem()) {
            system();
        }
        inferenceConfig();
        tools.write(out);
        schema.writeOutputConfig(out);
        new ConverseExtras(request, model, call, thinking).write(out);
        out.endObject();
        BedrockLosses.tellSampling(request, call);
    }

    private void messages() {
        ConverseTurns turns = new ConverseTurns(model, call);
        if (!model.takesSystem()) {
            turns.addInstructions(instructions());
        }
        turns.addAll(request.messages());
        out.name("messages");
        new ConverseBlocks(model, out).write(turns.all());
    }

    private void system() {
        JsonOutput blocks = new JsonOutput();
        blocks.beginArray();
        for (Message message : request.messages()) {
            if (isInstruction(message)) {
                instructions(message, blocks);
            }
        }
        added().forEach(text -> blocks.beginObject().member("text", text).endObject());
        blocks.endArray();
        if (blocks.length() > 2) {
            out.member("system", blocks.toRaw());
        }
    }

    private void instructions(Message message, JsonOutput blocks) {
        for (Part part : message.parts()) {
            if (part instanceof Part.Text(String text, CacheMark cache) && !text.isBlank()) {
                blocks.beginObject().member("text", text).endObject();
                ConverseBlocks.cachePoint(blocks, cache, model);
            }
        }
    }

    /// All instructions as text, where the model has no place of their own for them.
    private String instructions() {
        StringBuilder all = new StringBuilder();
        for (Message message : request.messages()) {
            if (isInstruction(message) && !message.text().isBlank()) {
                all.append(all.isEmpty() ? "" : "\n\n").append(message.text());
            }
        }
        added().forEach(text -> all.append(all.isEmpty() ? "" : "\n\n").append(text));
        return all.toString();
    }

    static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    /// What has to be said in words since there is no field for it.
    private List<String> added() {
        if (request.responseFormat() instanceof ResponseFormat.JsonObject) {
            return List.of(ANSWER_IN_JSON);
        }
        RawJson inWords = schema.inWords();
        return inWords == null ? List.of() : List.of(ANSWER_IN_JSON + " It follows this JSON schema: " + inWords.json());
    }

    private void inferenceConfig() {
        Sampling sampling = request.sampling();
        Double temperature = thinking.refusesTemperature() ? null : fraction(sampling.temperature());
        Double topP = topP(sampling, temperature);
        out.name("inferenceConfig").beginObject();
        out.optional("maxTokens", sampling.maxTokens()).optional("temperature", temperature).optional("topP", topP);
        List<String> stop = sampling.stop().stream().filter(text -> !text.isBlank()).toList();
        if (stop.size() < sampling.stop().size()) {
            call.lost("stop");
        }
        out.optional("stopSequences", stop);
        out.endObject();
        if (thinking.refusesTemperature() && sampling.temperature() != null && sampling.temperature() != 1.0) {
            call.lost("temperature");
        }
    }

    private @Nullable Double topP(Sampling sampling, @Nullable Double temperature) {
        Double topP = fraction(sampling.topP());
        if (topP == null) {
            return null;
        }
        boolean one = model.takesOneOfTemperatureAndTopP() && temperature != null;
        if (model.thinksByItself() || one) {
            call.lost("top_p");
            return null;
        }
        return thinking.isByBudget() ? Double.valueOf(Math.max(0.95, topP)) : topP;
    }

    /// Converse knows temperatures up to 1 only.
    private static @Nullable Double fraction(@Nullable Double value) {
        return value == null ? null : Double.valueOf(Math.clamp(value, 0, 1));
    }
}
