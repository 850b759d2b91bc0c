package io.deltallm.policy.config;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Endpoint;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.config.Form.Flag;
import io.deltallm.policy.config.Form.Span;
import io.deltallm.policy.config.Form.Whole;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.config.Written.Sequence;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.route.Target.Clocks;
import io.deltallm.policy.spend.ModelFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads `model_list`. What cannot be used, for want of a key or of a known provider, is set aside with a warning; what is
/// wrongly written is an error.
final class ModelReader {
    /// What the demo provider offers; the rest is translated to it.
    private static final Map<Operation, Endpoint> DEMO = Map.of(
            Operation.CHAT_COMPLETIONS, Endpoint.at("/chat/completions"),
            Operation.COMPLETIONS, Endpoint.at("/completions"),
            Operation.EMBEDDINGS, Endpoint.at("/embeddings"));

    /// The two names of an entry's parameters.
    static final List<String> PARAMS = List.of("litellm_params", "deltallm_params");

    /// Where a cloud's models are, and who asks.
    private static final List<String> CLOUD = List.of(
            "api_version", "azure_ad_token", "tenant_id", "client_id", "client_secret", "vertex_project",
            "vertex_location", "vertex_credentials", "vertex_ai_project", "vertex_ai_location", "vertex_ai_credentials",
            "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_region_name", "aws_profile_name",
            "aws_role_name", "aws_session_name", "aws_bearer_token_bedrock", "aws_bedrock_runtime_endpoint", "region_name",
            "project_id", "space_id", "token");

    /// The parameters that work.
    static final List<String> KEYS = Stream.of(
                    Stream.of(
                            "model", "api_key", "api_key_env", "api_base", "base_url", "custom_llm_provider", "organization",
                            "project", "custom_headers", "extra_headers", "headers", "weight", "timeout", "stream_timeout",
                            "ttft_timeout", "stream_idle_timeout", "drop_params", "base_model"),
                    CLOUD.stream(),
                    PriceReader.keys().stream(),
                    ModelDefaults.keys().stream())
                    .flatMap(keys -> keys)
            .toList();

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./:@+*-]{1,256}");
    private static final Whole WEIGHT = new Whole(1, Integer.MAX_VALUE / 1024);

    private final ProviderChoice choice;
    private final Interpolation interpolation;
    private final FactsReader facts;
    private final Clocks clocks;
    private final boolean dropParams;
    private final Problems problems;
    private final List<ModelSettings> usable = new ArrayList<>();
    private final List<DisabledModel> disabled = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /// @param general what holds for entries that do not say otherwise
    ModelReader(ProviderChoice choice, FactsReader facts, Interpolation interpolation, General general, Problems problems) {
        this.interpolation = interpolation;
        this.choice = choice;
        this.facts = facts;
        this.clocks = general.clocks();
        this.dropParams = general.dropParams();
        this.problems = problems;
    }

    /// @param dropParams whether fields that a provider's format cannot carry are left out
    record General(Clocks clocks, boolean dropParams) {
        static General of(SettingValues values) {
            return new General(UpstreamSettings.of(values).clocks(), values.flag(Setting.DROP_PARAMS));
        }
    }

    List<ModelSettings> usable() {
        return usable;
    }

    List<DisabledModel> disabled() {
        return disabled;
    }

    /// Whether some entry, usable or not, has this public name.
    boolean isNamed(String name) {
        return names.contains(name);
    }

    /// Entries that are no mappings are reported by [KnownKeys].
    void read(Mapping root) {
        if (root.entries().get("model_list") instanceof Sequence list) {
            list.items().forEach(item -> {
                if (item instanceof Mapping entry) {
                    entry(new Parameters(entry, interpolation, problems));
                }
            });
        }
    }

    /// Adds the models of the provider within this process, where the file has none of the name.
    void demo(Overrides.@Nullable Demo demo) {
        if (demo == null) {
            return;
        }
        Provider provider =
                Provider.openAi("demo", demo.baseUri(), new Signer.None(), Map.of(), Provider.StreamUsage.OPTION)
                        .withEndpoints(DEMO);
        for (String name : demo.models()) {
            if (names.add(name)) {
                usable.add(new ModelSettings(
                        name, provider, name, 1, clocks, Map.of(), dropParams, Target.DEFAULT_MAX_TOKENS, ModelFacts.UNKNOWN,
                        "--demo"));
            }
        }
    }

    private void entry(Parameters entry) {
        Scalar name = entry.requiredText("model_name");
        if (name != null && !NAME.matcher(name.text()).matches()) {
            problems.wrong(name, "up to 256 letters, digits and - _ . / : @ +");
            name = null;
        }
        Parameters params = params(entry);
        if (params == null) {
            return;
        }
        Scalar model = params.requiredText("model");
        Draft draft = draft(entry, params);
        if (name == null || model == null) {
            return;
        }
        names.add(name.text());
        String path = entry.mapping().path();
        if (name.text().indexOf('*') >= 0) {
            disable(name.text(), model, "names with * are not implemented yet", path);
            return;
        }
        switch (choice.choose(model, params)) {
            case ProviderChoice.Usable(var provider, var upstreamModel) ->
                usable.add(settings(name.text(), supported(provider, draft.info()), upstreamModel, draft, params, path));
            case ProviderChoice.Unusable(var reason) -> disable(name.text(), model, reason, path);
            case ProviderChoice.Wrong() -> {}
        }
    }

    /// What an entry says of itself, read before anything is decided so that all its mistakes are reported.
    private record Draft(
            int weight, Clocks clocks, boolean dropParams, Map<String, String> defaults, @Nullable Parameters info) {}

    private Draft draft(Parameters entry, Parameters params) {
        Object weight = params.value("weight", WEIGHT);
        Object drop = params.value("drop_params", new Flag());
        Parameters info = entry.entry("model_info") instanceof Mapping mapping
                ? new Parameters(mapping, interpolation, problems)
                : null;
        return new Draft(
                weight == null ? 1 : Math.toIntExact((Long) weight),
                clocks(params),
                drop == null ? dropParams : (Boolean) drop,
                defaults(params),
                info);
    }

    /// What watsonx bills is a field of its requests.
    private static Map<String, String> defaults(Parameters params) {
        Map<String, String> defaults = new LinkedHashMap<>(ModelDefaults.read(params));
        for (String key : List.of("project_id", "space_id")) {
            Scalar value = params.text(key);
            if (value != null) {
                defaults.put(key, JsonText.quote(value.text()));
            }
        }
        return defaults;
    }

    private ModelSettings settings(
            String name, Provider provider, String upstreamModel, Draft draft, Parameters params, String path) {
        ModelFacts known = facts.read(name, provider.name(), upstreamModel, params, draft.info());
        return new ModelSettings(
                name,
                provider,
                upstreamModel,
                draft.weight(),
                draft.clocks(),
                draft.defaults(),
                draft.dropParams(),
                maxTokens(draft.defaults(), known),
                known,
                path);
    }

    private static long maxTokens(Map<String, String> defaults, ModelFacts known) {
        for (String key : List.of("max_tokens", "max_completion_tokens", "max_output_tokens")) {
            String literal = defaults.get(key);
            if (literal != null) {
                return Long.parseLong(literal);
            }
        }
        return known.outputTokens() > 0 ? known.outputTokens() : Target.DEFAULT_MAX_TOKENS;
    }

    /// Without the endpoints that `model_info.supported_endpoints` does not name, where that names any: a server that is
    /// reached as OpenAI is may have fewer.
    private static Provider supported(Provider provider, @Nullable Parameters info) {
        if (info == null || !(info.entry("supported_endpoints") instanceof Sequence list)) {
            return provider;
        }
        Map<Operation, Endpoint> endpoints = new EnumMap<>(Operation.class);
        for (Written item : list.items()) {
            provider.endpoints().forEach((operation, endpoint) -> {
                if (item instanceof Scalar text && operation.hasPath() && text.text().replaceFirst("^/v1", "").equals(operation.path())) {
                    endpoints.put(operation, endpoint);
                }
            });
        }
        return endpoints.isEmpty() ? provider : provider.withEndpoints(endpoints);
    }

    private void disable(String name, Scalar model, String reason, String path) {
        disabled.add(new DisabledModel(name, model.text(), reason, path));
        problems.warn(model, "\"" + name + "\" is disabled: " + reason);
    }

    private @Nullable Parameters params(Parameters entry) {
        Parameters found = null;
        for (String key : PARAMS) {
            if (!(entry.entry(key) instanceof Mapping params)) {
                continue;
            }
            if (found != null) {
                problems.warn(params, "ignored, since " + PARAMS.getFirst() + " is there too");
            } else {
                found = new Parameters(params, interpolation, problems);
            }
        }
        if (found == null && PARAMS.stream().noneMatch(key -> entry.entry(key) instanceof Sequence || entry.has(key))) {
            problems.error(entry.mapping(), "litellm_params is missing (expected: a mapping with at least model)");
        }
        return found;
    }

    private Clocks clocks(Parameters params) {
        Duration total = span(params, "timeout", clocks.total());
        Duration firstByte = span(params, "ttft_timeout", clocks.firstByte());
        Duration silence = span(params, "stream_idle_timeout", span(params, "stream_timeout", clocks.silence()));
        return new Clocks(clocks.connect(), firstByte.compareTo(total) > 0 ? total : firstByte, silence, total);
    }

    private static Duration span(Parameters params, String key, Duration otherwise) {
        Object value = params.value(key, new Span());
        return value == null ? otherwise : (Duration) value;
    }
}
