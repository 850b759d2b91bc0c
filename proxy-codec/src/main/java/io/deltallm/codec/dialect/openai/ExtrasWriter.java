package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import java.util.Map;
import java.util.Set;

/// Writes the top-level fields that the hub has no word for. Confined to one request.
final class ExtrasWriter {
    /// What Responses and OpenAI's older formats mean by the same name.
    private static final Set<String> SAME_MEANING = Set.of(
            "metadata", "service_tier", "store", "safety_identifier", "prompt_cache_key", "prompt_cache_retention",
            "verbosity");
    private static final Set<String> OPENAI_FORMATS =
            Set.of(Operation.RESPONSES.label(), Operation.COMPLETIONS.label());

    private final Target target;

    ExtrasWriter(Target target) {
        this.target = target;
    }

    void write(ChatRequest request, JsonOutput out) {
        for (Map.Entry<String, RawJson> extra : request.extras().entrySet()) {
            if (carried(request.dialect(), extra.getKey())) {
                out.anyName(extra.getKey()).value(extra.getValue());
            } else {
                target.lost(extra.getKey());
            }
        }
    }

    private boolean carried(String dialect, String name) {
        if (target.has(Quirk.STRICT_FIELDS)) {
            return false;
        }
        boolean own = dialect.equals(Operation.CHAT_COMPLETIONS.label());
        return own || (OPENAI_FORMATS.contains(dialect) && SAME_MEANING.contains(name));
    }
}
