package io.deltallm.policy.config;

import io.deltallm.policy.config.Form.Decimal;
import io.deltallm.policy.config.Form.Whole;
import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// OpenAI request fields written with a model: they are set where the client's request omits them. Any field works under
/// `extra_body`; those of this table also stand on their own, and are checked where their form is known.
final class ModelDefaults {
    static final String EXTRA_BODY = "extra_body";

    private static final Map<String, Form> CHECKED = Map.ofEntries(
            Map.entry("temperature", new Decimal(0, 2)),
            Map.entry("top_p", new Decimal(0, 1)),
            Map.entry("presence_penalty", new Decimal(-2, 2)),
            Map.entry("frequency_penalty", new Decimal(-2, 2)),
            Map.entry("max_tokens", new Whole(1, Integer.MAX_VALUE)),
            Map.entry("max_completion_tokens", new Whole(1, Integer.MAX_VALUE)),
            Map.entry("max_output_tokens", new Whole(1, Integer.MAX_VALUE)),
            Map.entry("n", new Whole(1, 128)),
            Map.entry("seed", new Whole(Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("top_logprobs", new Whole(0, 20)),
            Map.entry("dimensions", new Whole(1, Integer.MAX_VALUE)));

    private static final List<String> UNCHECKED = List.of(
            "stop", "logit_bias", "logprobs", "user", "response_format", "tools", "tool_choice", "parallel_tool_calls",
            "reasoning_effort", "verbosity", "service_tier", "store", "metadata", "modalities", "prediction", "safety_identifier",
            "prompt_cache_key", "web_search_options", "encoding_format", "voice", "speed", "size", "quality", "style",
            "language", "top_k", "min_p", "repetition_penalty", "instructions", "truncation", "thinking");

    private ModelDefaults() {}

    static List<String> keys() {
        return java.util.stream.Stream.of(CHECKED.keySet(), UNCHECKED, List.of(EXTRA_BODY))
                .flatMap(java.util.Collection::stream)
                .toList();
    }

    /// The JSON literals by field.
    static Map<String, String> read(Mapping params, Interpolation interpolation, Problems problems) {
        JsonText json = new JsonText(interpolation);
        Map<String, String> defaults = new LinkedHashMap<>();
        params.entries().forEach((key, value) -> {
            Form form = CHECKED.get(key);
            if (value instanceof Scalar scalar && scalar.blank()) {
                return;
            }
            if (form != null) {
                checked(form, value, interpolation, problems, defaults, key);
            } else if (UNCHECKED.contains(key)) {
                defaults.put(key, json.of(value));
            }
        });
        switch (params.entries().get(EXTRA_BODY)) {
            case null -> {}
            case Mapping extra -> extra.entries().forEach((key, value) -> defaults.putIfAbsent(key, json.of(value)));
            case Written other -> problems.wrong(other, "a mapping of request fields");
        }
        return defaults;
    }

    private static void checked(
            Form form,
            Written at,
            Interpolation interpolation,
            Problems problems,
            Map<String, String> defaults,
            String key) {
        if (at instanceof Scalar scalar) {
            Resolved resolved = interpolation.resolve(scalar.text());
            Object value = form.read(resolved.text());
            if (value != null) {
                defaults.put(key, value.toString());
                return;
            }
        }
        problems.wrong(at, form.expected());
    }
}
