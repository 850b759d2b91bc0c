package io.deltallm.policy.config;

import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.ProviderTable;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.config.Form.Span;
import io.deltallm.policy.config.Form.Whole;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.config.Written.Sequence;
import io.deltallm.policy.route.Target.Clocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads `model_list`. What cannot be used, for want of a key or of a known provider, is set aside with a warning; what is
/// wrongly written is an error.
final class ModelReader {
    /// The two names of an entry's parameters.
    static final List<String> PARAMS = List.of("litellm_params", "deltallm_params");

    /// The parameters that work.
    static final List<String> KEYS = Stream.concat(
                    Stream.of(
                            "model", "api_key", "api_key_env", "api_base", "base_url", "custom_llm_provider", "organization",
                            "project", "custom_headers", "extra_headers", "headers", "weight", "timeout", "stream_timeout",
                            "ttft_timeout", "stream_idle_timeout"),
                    ModelDefaults.keys().stream())
            .toList();

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./:@+*-]{1,256}");
    private static final Whole WEIGHT = new Whole(1, Integer.MAX_VALUE / 1024);

    private final ProviderChoice choice;
    private final Interpolation interpolation;
    private final Clocks clocks;
    private final Problems problems;
    private final List<ModelSettings> usable = new ArrayList<>();
    private final List<DisabledModel> disabled = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /// @param clocks those of entries without their own
    ModelReader(ProviderTable table, Map<String, String> environment, Clocks clocks, Problems problems) {
        this.interpolation = new Interpolation(environment);
        this.choice = new ProviderChoice(table, interpolation);
        this.clocks = clocks;
        this.problems = problems;
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
                Provider.openAi("demo", demo.baseUri(), new Signer.None(), Map.of(), Provider.StreamUsage.OPTION);
        for (String name : demo.models()) {
            if (names.add(name)) {
                usable.add(new ModelSettings(name, provider, name, 1, clocks, Map.of(), "--demo"));
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
        Object weight = params.value("weight", WEIGHT);
        Clocks own = clocks(params);
        Map<String, String> defaults = ModelDefaults.read(params);
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
            case ProviderChoice.Usable(var provider, var upstreamModel) -> usable.add(new ModelSettings(
                    name.text(), provider, upstreamModel, weight == null ? 1 : Math.toIntExact((Long) weight), own, defaults, path));
            case ProviderChoice.Unusable(var reason) -> disable(name.text(), model, reason, path);
            case ProviderChoice.Wrong() -> {}
        }
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
