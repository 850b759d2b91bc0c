package io.deltallm.policy.config;

import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.config.Written.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `model_group_alias`: a further name for one group (text, or a mapping with `model`), or for the union of several
/// (a list).
final class AliasReader {
    private final ModelReader models;
    private final Problems problems;
    private final Map<String, List<String>> aliases = new LinkedHashMap<>();

    private AliasReader(ModelReader models, Problems problems) {
        this.models = models;
        this.problems = problems;
    }

    static Map<String, List<String>> read(Mapping root, ModelReader models, Problems problems) {
        AliasReader reader = new AliasReader(models, problems);
        for (String section : List.of("router", "router_settings")) {
            if (root.entries().get(section) instanceof Mapping settings) {
                reader.read(settings.entries().get("model_group_alias"));
            }
        }
        return reader.aliases;
    }

    private void read(@Nullable Written written) {
        switch (written) {
            case null -> {}
            case Scalar scalar when scalar.blank() -> {}
            case Mapping mapping -> mapping.entries().forEach(this::alias);
            case Written other -> problems.wrong(other, "a mapping from alias to model names");
        }
    }

    private void alias(String alias, Written target) {
        if (models.isNamed(alias)) {
            problems.warn(target, "ignored, since model_list has an entry of that name");
            return;
        }
        List<String> members = new ArrayList<>();
        switch (target) {
            case Scalar scalar when !scalar.blank() -> member(scalar, members);
            case Mapping mapping when mapping.entries().get("model") instanceof Scalar scalar -> member(scalar, members);
            case Sequence sequence -> sequence.items().forEach(item -> member(item, members));
            case Written other -> problems.wrong(other, "a model name or a list of them");
        }
        if (!members.isEmpty()) {
            aliases.put(alias, List.copyOf(members));
        }
    }

    private void member(Written written, List<String> members) {
        if (!(written instanceof Scalar scalar) || scalar.blank()) {
            problems.wrong(written, "a model name");
        } else if (models.isNamed(scalar.text())) {
            members.add(scalar.text());
        } else {
            problems.warn(written, "ignored, since model_list has no entry named \"" + scalar.text() + "\"");
        }
    }
}
