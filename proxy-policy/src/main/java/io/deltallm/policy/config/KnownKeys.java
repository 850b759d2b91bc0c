package io.deltallm.policy.config;

import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.config.Written.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every key of every dialect, as a tree; finds the keys of a file that mean nothing (a typing error, most likely) and
/// those that mean nothing *yet*.
final class KnownKeys {
    private static final KnownKeys ROOT = everything();

    private final Map<String, KnownKeys> children = new TreeMap<>();
    private boolean later;
    private boolean open;

    private KnownKeys() {}

    private static KnownKeys everything() {
        KnownKeys root = new KnownKeys();
        for (Setting setting : Setting.values()) {
            setting.inFile().forEach(spelling -> root.grow(spelling.path()));
        }
        LaterSettings.SECTIONS.forEach(key -> root.grow(key).later = true);
        List.of("general", "general_settings").forEach(section -> root.later(section, LaterSettings.GENERAL));
        List.of("router", "router_settings").forEach(section -> root.later(section, LaterSettings.ROUTER));
        List.of("litellm_settings", "deltallm_settings").forEach(section -> root.later(section, LaterSettings.LITELLM));
        root.later("server", List.of("debug", "reload", "ui_port", "workers"));
        root.later("auth", List.of("api_keys"));
        root.later("database", List.of("echo", "max_overflow", "pool_timeout", "pool_recycle"));
        root.grow("router.model_group_alias").open = true;
        root.grow("router_settings.model_group_alias").open = true;
        PriceReader.SECTIONS.forEach(section -> root.grow(section + "." + PriceReader.FLAT).open = true);
        root.grow("model_list.[].model_name");
        root.grow("model_list.[].model_info").open = true;
        for (String params : ModelReader.PARAMS) {
            ModelReader.KEYS.forEach(key -> root.grow("model_list.[]." + params + "." + key).open = true);
            root.later("model_list.[]." + params, LaterSettings.MODEL);
        }
        return root;
    }

    private void later(String section, List<String> keys) {
        KnownKeys parent = grow(section);
        for (String key : keys) {
            parent.children.computeIfAbsent(key, _ -> {
                KnownKeys child = new KnownKeys();
                child.later = true;
                return child;
            });
        }
    }

    private KnownKeys grow(String path) {
        KnownKeys at = this;
        for (String name : path.split("\\.")) {
            at = at.children.computeIfAbsent(name, _ -> new KnownKeys());
        }
        return at;
    }

    /// Warns of what is unknown, key by key, and of what is not implemented, all in one.
    static void check(Mapping root, Problems problems) {
        Set<String> later = new TreeSet<>();
        ROOT.check(root, problems, later);
        if (!later.isEmpty()) {
            problems.warn("not implemented yet", "ignored: " + String.join(", ", later));
        }
    }

    private void check(Written written, Problems problems, Set<String> laterPaths) {
        if (later) {
            laterPaths.add(written.path().replaceAll("\\[\\d+]", "[]"));
            return;
        }
        KnownKeys item = children.get("[]");
        if (open || (children.isEmpty() && item == null) || (written instanceof Scalar scalar && scalar.blank())) {
            return;
        }
        switch (written) {
            case Mapping mapping when item == null -> mapping.entries()
                    .forEach((key, value) -> checkEntry(mapping, key, value, problems, laterPaths));
            case Sequence sequence when item != null ->
                sequence.items().forEach(value -> item.check(value, problems, laterPaths));
            case Mapping _, Sequence _, Scalar _ ->
                problems.wrong(written, item == null ? "a mapping of settings" : "a list");
        }
    }

    private void checkEntry(
            Mapping parent, String key, Written value, Problems problems, Set<String> laterPaths) {
        KnownKeys child = children.get(key);
        if (child != null) {
            child.check(value, problems, laterPaths);
            return;
        }
        String nearest = NearestName.of(key, children.keySet());
        String hint = nearest == null ? "" : "; did you mean " + nearest + "?";
        problems.add(ConfigProblem.warning(
                parent.path().isEmpty() ? key : parent.path() + "." + key, value.line(), "unknown key, ignored" + hint));
    }
}
