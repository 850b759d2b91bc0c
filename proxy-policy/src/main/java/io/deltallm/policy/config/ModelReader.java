package io.deltallm.policy.config;

import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.config.Form.Span;
import io.deltallm.policy.config.Form.Whole;
import io.deltallm.policy.config.Interpolation.Resolved;
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

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./:@+-]{1,256}");

    private final ProviderChoice choice;
    private final Interpolation interpolation;
    private final Clocks clocks;
    private final Problems problems;
    private final List<ModelSettings> usable = new ArrayList<>();
    private final List<DisabledModel> disabled = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /// @param clocks those of entries without their own
    ModelReader(ProviderRows rows, Map<String, String> environment, Clocks clocks, Problems problems) {
        this.interpolation = new Interpolation(environment);
        this.choice = new ProviderChoice(rows, interpolation, problems);
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

    void read(Mapping root) {
        if (root.entries().get("model_list") instanceof Sequence list) {
            list.items().forEach(item -> {
                if (item instanceof Mapping entry) {
                    readEntry(entry);
                }
            });
        }
    }

    /// Adds the models of the provider within this process, where the file has none of the name.
    void demo(Overrides.@Nullable Demo demo) {
        if (demo == null) {
            return;
        }
        Provider provider = new Provider(
                "demo", demo.baseUri(), new Signer.None(), Map.of(), Provider.StreamUsage.OPTION);
        for (String name : demo.models()) {
            if (names.add(name)) {
                usable.add(new ModelSettings(name, provider, name, 1, clocks, Map.of(), "--demo"));
            }
        }
    }

    private void readEntry(Mapping entry) {
        String name = name(entry);
        Mapping params = params(entry);
        if (params == null) {
            return;
        }
        Scalar model = text(params, "model", true);
        long weight = whole(params);
        Clocks ownClocks = clocks(params);
        Map<String, String> defaults = ModelDefaults.read(params, interpolation, problems);
        if (name == null || model == null) {
            return;
        }
        names.add(name);
        switch (choice.choose(model, params)) {
            case ProviderChoice.Usable(var provider, var upstreamModel) ->
                usable.add(new ModelSettings(
                        name, provider, upstreamModel, (int) weight, ownClocks, defaults, entry.path()));
            case ProviderChoice.Unusable(var reason) -> {
                disabled.add(new DisabledModel(name, model.text(), reason, entry.path()));
                problems.warn(model, "\"" + name + "\" is disabled: " + reason);
            }
            case ProviderChoice.Wrong() -> {}
        }
    }

    private @Nullable String name(Mapping entry) {
        Scalar name = text(entry, "model_name", true);
        if (name == null) {
            return null;
        }
        if (!NAME.matcher(name.text()).matches()) {
            problems.wrong(name, "up to 256 letters, digits and - _ . / : @ +");
            return null;
        }
        return name.text();
    }

    private @Nullable Mapping params(Mapping entry) {
        Mapping found = null;
        for (String key : PARAMS) {
            if (!(entry.entries().get(key) instanceof Mapping params)) {
                continue;
            }
            if (found != null) {
                problems.warn(params, "ignored, since litellm_params says the same");
            } else {
                found = params;
            }
        }
        if (found == null && entry.entries().keySet().stream().noneMatch(PARAMS::contains)) {
            problems.error(entry, "has no litellm_params (expected: litellm_params with at least model)");
        }
        return found;
    }

    private @Nullable Scalar text(Mapping mapping, String key, boolean required) {
        Written written = mapping.entries().get(key);
        if (written instanceof Scalar scalar && !scalar.blank()) {
            Resolved resolved = interpolation.resolve(scalar.text());
            if (resolved.missing() == null) {
                return new Scalar(scalar.path(), scalar.line(), resolved.text(), scalar.type());
            }
            problems.error(scalar, "the variable " + resolved.missing() + " is not set");
            return null;
        }
        if (written != null && !(written instanceof Scalar)) {
            problems.wrong(written, "text");
        } else if (required) {
            problems.error(mapping, key + " is missing");
        }
        return null;
    }

    private long whole(Mapping params) {
        Object value = value(params, "weight", new Whole(1, 1_000_000));
        return value == null ? 1 : (Long) value;
    }

    private Clocks clocks(Mapping params) {
        Duration total = span(params, "timeout", clocks.total());
        Duration firstByte = span(params, "ttft_timeout", clocks.firstByte());
        Duration silence = span(params, "stream_idle_timeout", span(params, "stream_timeout", clocks.silence()));
        return new Clocks(clocks.connect(), firstByte.compareTo(total) > 0 ? total : firstByte, silence, total);
    }

    private Duration span(Mapping params, String key, Duration otherwise) {
        Object value = value(params, key, new Span());
        return value == null ? otherwise : (Duration) value;
    }

    private @Nullable Object value(Mapping params, String key, Form form) {
        Scalar scalar = text(params, key, false);
        Object value = scalar == null ? null : form.read(scalar.text());
        if (scalar != null && value == null) {
            problems.wrong(scalar, form.expected());
        }
        return value;
    }
}
