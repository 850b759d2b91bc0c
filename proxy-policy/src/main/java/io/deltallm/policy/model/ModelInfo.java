package io.deltallm.policy.model;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deltallm.codec.provider.Provider;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.spend.ModelFacts;
import io.deltallm.policy.spend.Money;
import io.deltallm.policy.spend.PriceUnit;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `GET /model/info` (of each target) and `GET /model_group/info` (of each public name), as LiteLLM's clients read them.
/// No credential is shown, and addresses only to the master key. Stateless, thread-safe.
public final class ModelInfo {

    /// @param id of the one target to show; null for all that the caller may use
    public Answer targets(Snapshot snapshot, Caller caller, @Nullable String id) {
        // A group's targets stand in its aliases, too: each is shown once, under its own name.
        Map<String, Target> targets = new TreeMap<>();
        for (ModelGroup group : snapshot.groups()) {
            for (Target target : group.targets()) {
                if (caller.models().mayUse(target.group()) && (id == null || id.equals(target.id()))) {
                    targets.put(target.group() + "\n" + target.id(), target);
                }
            }
        }
        if (id != null && targets.isEmpty()) {
            return Answer.unknownModel(id);
        }
        return list(json -> {
            for (Target target : targets.values()) {
                target(json, target, caller);
            }
        });
    }

    /// @param name the one public name to show; null for all that the caller may use
    public Answer groups(Snapshot snapshot, Caller caller, @Nullable String name) {
        List<ModelGroup> groups = ModelCatalog.visible(snapshot, caller).stream()
                .filter(group -> name == null || name.equals(group.name()))
                .toList();
        if (name != null && groups.isEmpty()) {
            return Answer.unknownModel(name);
        }
        return list(json -> {
            for (ModelGroup group : groups) {
                group(json, group);
            }
        });
    }

    private static Answer list(JsonBody.Content items) {
        return new Answer.Given(JsonBody.written(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            items.write(json);
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void target(JsonGenerator json, Target target, Caller caller) throws IOException {
        json.writeStartObject();
        json.writeStringField("model_name", target.group());
        json.writeObjectFieldStart("litellm_params");
        parameters(json, target, caller);
        json.writeEndObject();
        json.writeObjectFieldStart("model_info");
        info(json, target);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void parameters(JsonGenerator json, Target target, Caller caller) throws IOException {
        Provider provider = target.provider();
        json.writeStringField("model", provider.name() + "/" + target.upstreamModel());
        json.writeStringField("custom_llm_provider", provider.name());
        if (caller.kind() == Caller.Kind.MASTER) {
            json.writeStringField("api_base", provider.baseUri().toString());
        }
        json.writeNumberField("weight", target.weight());
        json.writeNumberField("timeout", target.clocks().total().toSeconds());
        json.writeBooleanField("drop_params", target.dropParams());
        for (Map.Entry<String, String> field : new TreeMap<>(target.defaults()).entrySet()) {
            json.writeFieldName(field.getKey());
            json.writeRawValue(field.getValue());
        }
    }

    private static void info(JsonGenerator json, Target target) throws IOException {
        json.writeStringField("id", target.id());
        json.writeBooleanField("db_model", false);
        json.writeStringField("key", target.upstreamModel());
        json.writeStringField("litellm_provider", target.provider().name());
        FactsJson.write(json, target.facts());
        parameters(json, OpenAiParameters.of(target.provider(), target.facts()));
        for (Map.Entry<String, String> extra : new TreeMap<>(target.facts().extras()).entrySet()) {
            json.writeFieldName(extra.getKey());
            json.writeRawValue(extra.getValue());
        }
    }

    private static void group(JsonGenerator json, ModelGroup group) throws IOException {
        ModelFacts facts = GroupFacts.of(group);
        Set<String> providers = new LinkedHashSet<>();
        Set<String> parameters = new LinkedHashSet<>();
        for (Target target : group.targets()) {
            providers.add(target.provider().name());
            parameters.addAll(OpenAiParameters.of(target.provider(), target.facts()));
        }
        json.writeStartObject();
        json.writeStringField("model_group", group.name());
        json.writeArrayFieldStart("providers");
        for (String provider : providers) {
            json.writeString(provider);
        }
        json.writeEndArray();
        FactsJson.limits(json, facts);
        for (PriceUnit unit : List.of(PriceUnit.INPUT, PriceUnit.OUTPUT)) {
            Money rate = facts.price().rate(unit);
            if (rate == null) {
                json.writeNullField(unit.key());
            } else {
                FactsJson.price(json, unit.key(), rate, unit);
            }
        }
        json.writeNullField("tpm");
        json.writeNullField("rpm");
        FactsJson.abilities(json, facts);
        parameters(json, parameters);
        json.writeEndObject();
    }

    private static void parameters(JsonGenerator json, Iterable<String> names) throws IOException {
        json.writeArrayFieldStart("supported_openai_params");
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
