package io.deltallm.policy.config;

import io.deltallm.policy.config.Form.Decimal;
import io.deltallm.policy.config.Form.Whole;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

    private static final Set<String> UNCHECKED = Set.of(
            "stop", "logit_bias", "logprobs", "user", "response_format", "tools", "tool_choice", "parallel_tool_calls",
            "reasoning_effort", "verbosity", "service_tier", "store", "metadata", "modalities", "prediction", "safety_identifier",
            "prompt_cache_key", "web_search_options", "encoding_format", "voice", "speed", "size", "quality", "style",
            "language", "top_k", "min_p", "repetition_penalty", "instructions", "truncation", "thinking");

    private ModelDefaults() {}

    static List<String> keys() {
        return Stream.of(CHECKED.keySet(), UNCHECKED, Set.of(EXTRA_BODY)).flatMap(Set::stream).toList();
    }

    /// The JSON literals by field.
    static Map<String, String> read(Parameters params) {
        Map<String, String> defaults = new LinkedHashMap<>();
        params.mapping().entries().forEach((key, value) -> {
            if (CHECKED.containsKey(key)) {
                Object checked = params.value(key, CHECKED.get(key));
                if (checked != null) {
                    defaults.put(key, checked.toString());
                }
            } else if (UNCHECKED.contains(key) && !(value instanceof Scalar scalar && scalar.blank())) {
                put(defaults, key, value, params);
            }
        });
        switch (params.entry(EXTRA_BODY)) {
            case null -> {}
            case Mapping extra -> extra.entries().forEach((key, value) -> put(defaults, key, value, params));
            case Written other -> params.problems().wrong(other, "a mapping of request fields");
        }
        return defaults;
    }

    private static void put(Map<String, String> defaults, String key, Written value, Parameters params) {
        String json = new JsonText(params).of(value);
        if (key.equals("model") || key.equals("stream")) {
            params.problems().error(value, "cannot be a default (expected: a field other than model and stream)");
        } else {
            defaults.putIfAbsent(key, json);
        }
    }
}
