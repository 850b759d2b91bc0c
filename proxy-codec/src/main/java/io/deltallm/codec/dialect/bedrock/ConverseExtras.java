package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.anthropic.BedrockBetas;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes what Converse has beside messages and tools: its own fields, which clients may send under its own names, and
/// `additionalModelRequestFields`, where each family keeps what is its own.
final class ConverseExtras {
    private static final String ADDITIONAL = "additionalModelRequestFields";
    private static final Set<String> OWN = Set.of(
            "guardrailConfig", "performanceConfig", "requestMetadata", "serviceTier", "promptVariables",
            "additionalModelResponseFieldPaths");
    private static final Set<String> TIERS = Set.of("default", "priority", "flex", "reserved");

    private final ChatRequest request;
    private final BedrockModel model;
    private final UpstreamCall call;
    private final ConverseThinking thinking;

    ConverseExtras(ChatRequest request, BedrockModel model, UpstreamCall call, ConverseThinking thinking) {
        this.request = request;
        this.model = model;
        this.call = call;
        this.thinking = thinking;
    }

    void write(JsonOutput out) {
        request.extras().forEach((name, value) -> {
            if (OWN.contains(name)) {
                out.name(name).value(value);
            } else if (name.equals("service_tier")) {
                serviceTier(value, out);
            } else if (!name.equals(ADDITIONAL) && !isBeta(name)) {
                call.lost(name);
            }
        });
        stopSequencePath(out);
        additional(out);
    }

    private void serviceTier(RawJson value, JsonOutput out) {
        String tier = value.isString() ? value.text() : "";
        if (TIERS.contains(tier) && !request.extras().containsKey("serviceTier")) {
            out.name("serviceTier").beginObject().member("type", tier).endObject();
        } else if (!tier.equals("auto")) {
            call.lost("service_tier");
        }
    }

    private boolean isBeta(String name) {
        return name.equals(BedrockBetas.MEMBER) && model.isClaude();
    }

    /// Claude tells which sequence stopped it, if it is asked.
    private void stopSequencePath(JsonOutput out) {
        boolean asked = request.extras().containsKey("additionalModelResponseFieldPaths");
        if (model.isClaude() && !request.sampling().stop().isEmpty() && !asked) {
            out.name("additionalModelResponseFieldPaths").beginArray().value("/stop_sequence").endArray();
        }
    }

    private void additional(JsonOutput out) {
        JsonOutput fields = new JsonOutput();
        fields.beginObject();
        Map<String, RawJson> clients = clients();
        RawJson betas = model.isClaude() ? betas(clients.remove(BedrockBetas.MEMBER)) : null;
        clients.forEach((name, value) -> fields.anyName(name).value(value));
        if (!clients.containsKey("thinking") && !clients.containsKey("reasoningConfig")) {
            thinking.write(fields);
        }
        topK(clients, fields);
        fields.optional(BedrockBetas.MEMBER, betas);
        fields.endObject();
        if (fields.length() > 2) {
            out.member(ADDITIONAL, fields.toRaw());
        }
    }

    /// @param own named where Converse has them; else those of the body
    private @Nullable RawJson betas(@Nullable RawJson own) {
        RawJson named = own == null ? request.extras().get(BedrockBetas.MEMBER) : own;
        return BedrockBetas.joined(named, BedrockBetas.converse(call.betas()));
    }

    /// What the client itself wants there.
    private Map<String, RawJson> clients() {
        Map<String, RawJson> all = new LinkedHashMap<>();
        RawJson own = request.extras().get(ADDITIONAL);
        if (own == null) {
            return all;
        }
        if (!own.isObject()) {
            throw Refused.request(ADDITIONAL + " is " + own + " (expected: an object)", ADDITIONAL);
        }
        JsonCursor cursor = new JsonCursor().over(own);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            all.put(name, cursor.raw());
        }
        return all;
    }

    private void topK(Map<String, RawJson> clients, JsonOutput fields) {
        Long topK = request.sampling().topK();
        if (topK == null) {
            return;
        }
        String name = topKName();
        if (name == null) {
            call.lost("top_k");
        } else if (!clients.containsKey(name) && name.equals("inferenceConfig")) {
            fields.name(name).beginObject().member("topK", topK.longValue()).endObject();
        } else if (!clients.containsKey(name)) {
            fields.member(name, topK.longValue());
        }
    }

    private @Nullable String topKName() {
        return switch (model.family()) {
            case CLAUDE -> thinking.isByBudget() || model.thinksByItself() ? null : "top_k";
            case NOVA, NOVA_2 -> "inferenceConfig";
            case MISTRAL -> "top_k";
            case COHERE -> "k";
            case TITAN, LLAMA, AI21, DEEPSEEK, GPT_OSS, OTHER -> null;
        };
    }
}
