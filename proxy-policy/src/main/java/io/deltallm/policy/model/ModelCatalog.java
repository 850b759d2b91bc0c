package io.deltallm.policy.model;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.spend.Ability;
import io.deltallm.policy.spend.ModelFacts;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// `GET /v1/models` and `GET /v1/models/{id}`: OpenAI's fields, and what is known of each model besides. Stateless,
/// thread-safe.
public final class ModelCatalog {
    private static final String OWNER = "deltallm";

    /// Every public name that the caller may use, sorted.
    public byte[] list(Snapshot snapshot, Caller caller) {
        List<ModelGroup> groups = visible(snapshot, caller);
        return JsonBody.written(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (ModelGroup group : groups) {
                model(json, group, snapshot);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    public Answer one(Snapshot snapshot, Caller caller, String name) {
        ModelGroup group = snapshot.group(name);
        if (group == null || !caller.models().mayUse(name)) {
            return Answer.unknownModel(name);
        }
        return new Answer.Given(JsonBody.written(json -> model(json, group, snapshot)));
    }

    static List<ModelGroup> visible(Snapshot snapshot, Caller caller) {
        return snapshot.groups().stream()
                .filter(group -> caller.models().mayUse(group.name()))
                .toList();
    }

    private static void model(JsonGenerator json, ModelGroup group, Snapshot snapshot) throws IOException {
        ModelFacts facts = GroupFacts.of(group);
        json.writeStartObject();
        json.writeStringField("id", group.name());
        json.writeStringField("object", "model");
        json.writeNumberField("created", snapshot.loadedAt().getEpochSecond());
        json.writeStringField("owned_by", OWNER);
        json.writeStringField("provider_type", group.targets().getFirst().provider().name());
        json.writeStringField("status", "active");
        json.writeBooleanField("enabled", true);
        json.writeBooleanField("forced", false);
        json.writeStringField("mode", facts.mode());
        FactsJson.count(json, "context_window", facts.contextTokens());
        FactsJson.count(json, "max_output_tokens", facts.outputTokens());
        json.writeArrayFieldStart("capabilities");
        for (Ability ability : Ability.values()) {
            if (facts.abilities().contains(ability)) {
                json.writeString(ability.name().toLowerCase(Locale.ROOT));
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
