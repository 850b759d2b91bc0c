package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import java.util.Locale;
import java.util.Set;

/// Writes the top-level fields that the hub has no word for. Confined to one request.
final class ExtrasWriter {
    /// What Responses and OpenAI's older formats mean by the same name.
    private static final Set<String> SAME_MEANING = Set.of(
            "metadata", "service_tier", "store", "safety_identifier", "prompt_cache_key", "prompt_cache_retention",
            "verbosity");
    private static final Set<String> OPENAI_FORMATS =
            Set.of(Operation.RESPONSES.label(), Operation.COMPLETIONS.label());

    /// What a gateway takes by the name that it has at Anthropic and Google.
    private static final Set<String> HANDED_ON = Set.of(
            "context_management", "container", "mcp_servers", "inference_geo", "speed", "safetySettings", "cachedContent",
            "labels", "modelArmorConfig");
    private static final Set<String> OF_GENERATION = Set.of("imageConfig", "speechConfig", "mediaResolution");
    private static final String GENERATION = "generationConfig.";
    private static final String TIER = "service_tier";
    private static final String MODALITIES = GENERATION + "responseModalities";

    private final Target target;

    ExtrasWriter(Target target) {
        this.target = target;
    }

    void write(ChatRequest request, JsonOutput out) {
        request.extras().forEach((name, value) -> {
            if (target.has(Quirk.STRICT_FIELDS)) {
                target.lost(name);
            } else if (carried(request.dialect(), name)) {
                out.anyName(name).value(value);
            } else if (!translated(request.dialect(), name, value, out)) {
                target.lost(name);
            }
        });
    }

    private boolean carried(String dialect, String name) {
        boolean own = dialect.equals(Operation.CHAT_COMPLETIONS.label());
        return own
                || (OPENAI_FORMATS.contains(dialect) && SAME_MEANING.contains(name))
                || (target.takesOwnOf(dialect) && HANDED_ON.contains(name));
    }

    /// What means the same by another name, or in other words.
    private boolean translated(String dialect, String name, RawJson value, JsonOutput out) {
        if (dialect.equals(Operation.MESSAGES.label()) && name.equals(TIER) && value.isString()) {
            out.member(TIER, value.text().equals("standard_only") ? "default" : "auto");
            return true;
        }
        if (name.equals(MODALITIES) && target.makesPictures() && value.isArray()) {
            out.name("modalities").value(RawJson.ofLiteral(value.json().toLowerCase(Locale.ROOT)));
            return true;
        }
        String member = name.startsWith(GENERATION) ? name.substring(GENERATION.length()) : "";
        if (target.takesOwnOf(dialect) && OF_GENERATION.contains(member)) {
            out.anyName(member).value(value);
            return true;
        }
        return false;
    }
}
