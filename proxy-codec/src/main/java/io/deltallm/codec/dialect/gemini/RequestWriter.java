package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import java.util.Set;

/// Writes one request to Google. Confined to it.
final class RequestWriter {
    /// What other formats' clients send under names of their own for Google.
    private static final Map<String, String> KNOWN_ELSEWHERE = Map.of(
            "safety_settings", "safetySettings",
            "safetySettings", "safetySettings",
            "cached_content", "cachedContent",
            "cachedContent", "cachedContent",
            "labels", "labels",
            "modelArmorConfig", "modelArmorConfig");

    private static final Set<String> VERTEX_ONLY = Set.of("labels", "modelArmorConfig");

    private final ChatRequest request;
    private final JsonOutput out;
    private final boolean vertex;
    private final GeminiModel model;
    private final LostFields lost;

    RequestWriter(ChatRequest request, UpstreamCall call, boolean vertex, JsonOutput out) {
        this.request = request;
        this.out = out;
        this.vertex = vertex;
        this.model = GeminiModel.of(call.model());
        this.lost = new LostFields(call);
    }

    void write() {
        boolean instructed = model.takesInstructions() && hasTurns();
        out.beginObject();
        if (instructed) {
            writeInstructions();
        }
        new ContentsWriter(request, model, vertex, lost, out).write(!instructed);
        new ToolsWriter(request, model, vertex, lost, out).write();
        new GenerationConfigWriter(request, model, lost, out).write();
        request.extras().forEach(this::writeExtra);
        out.endObject();
        tellLost();
    }

    private boolean hasTurns() {
        for (Message message : request.messages()) {
            if (!isInstruction(message) && !message.parts().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private void writeInstructions() {
        boolean begun = false;
        for (Message message : request.messages()) {
            if (!isInstruction(message)) {
                continue;
            }
            for (Part part : message.parts()) {
                if (part instanceof Part.Text(var text, _) && !text.isEmpty()) {
                    begun = begun || beginInstructions();
                    out.beginObject().member("text", text).endObject();
                } else {
                    lost.tellIf(!(part instanceof Part.Text), "messages.content");
                }
            }
        }
        if (begun) {
            out.endArray().endObject();
        }
    }

    private boolean beginInstructions() {
        out.name("systemInstruction").beginObject().name("parts").beginArray();
        return true;
    }

    private void writeExtra(String name, RawJson value) {
        boolean own = request.dialect().equals(Operation.GENERATE_CONTENT.label());
        boolean member = own && name.indexOf('.') >= 0; // of generationConfig or toolConfig
        boolean written = GenerationConfigWriter.takes(request, name) || ToolsWriter.takes(request, model, name);
        if (value.isNull() || member || written) {
            return;
        }
        String field = own ? name : KNOWN_ELSEWHERE.get(name);
        if (field == null || (!vertex && VERTEX_ONLY.contains(field))) {
            lost.tell(name);
        } else {
            out.anyName(field).value(value);
        }
    }

    private void tellLost() {
        lost.tellIf(request.user() != null, "user");
        lost.tellIf(request.sampling().logitBias() != null, "logit_bias");
        lost.tellIf(Boolean.FALSE.equals(request.parallelToolCalls()), "parallel_tool_calls");
    }
}
