package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `generationConfig`. Confined to one request.
final class GenerationConfigReader {
    private static final String JSON = "application/json";

    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private final List<String> stop = new ArrayList<>();
    private @Nullable Long maxTokens;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Long topK;
    private @Nullable Double frequencyPenalty;
    private @Nullable Double presencePenalty;
    private @Nullable Long seed;
    private @Nullable Long n;
    private @Nullable Boolean logprobs;
    private @Nullable Long topLogprobs;
    private @Nullable Reasoning reasoning;
    private @Nullable RawJson mimeType;
    private @Nullable RawJson schema;

    /// What the hub has no word for, as [GenerationConfigWriter] takes it.
    Map<String, RawJson> extras() {
        return extras;
    }

    Sampling sampling() {
        return new Sampling(
                maxTokens, temperature, topP, topK, frequencyPenalty, presencePenalty, seed, n, stop, logprobs,
                topLogprobs, null);
    }

    @Nullable Reasoning reasoning() {
        return reasoning;
    }

    @Nullable ResponseFormat responseFormat() {
        RawJson form = schema;
        String type = mimeType == null ? "" : mimeType.text();
        if (form != null && (type.isEmpty() || type.equals(JSON))) {
            return new ResponseFormat.JsonSchema("response", null, form, null);
        }
        return type.equals(JSON) ? new ResponseFormat.JsonObject() : null;
    }

    void read(JsonCursor cursor) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (!cursor.skipNull()) {
                member(CamelCase.of(name), cursor);
            }
        }
        RawJson type = mimeType;
        if (type != null && responseFormat() == null && !type.text().equals("text/plain")) {
            extras.put(GenerationConfigWriter.PREFIX + "responseMimeType", type);
            if (schema != null) {
                extras.put(GenerationConfigWriter.PREFIX + "responseJsonSchema", schema);
            }
        }
    }

    private void member(String name, JsonCursor cursor) {
        switch (name) {
            case "maxOutputTokens" -> maxTokens = cursor.longValue();
            case "temperature" -> temperature = cursor.doubleValue();
            case "topP" -> topP = cursor.doubleValue();
            case "topK" -> topK = cursor.longValue();
            case "frequencyPenalty" -> frequencyPenalty = cursor.doubleValue();
            case "presencePenalty" -> presencePenalty = cursor.doubleValue();
            case "seed" -> seed = cursor.longValue();
            case "candidateCount" -> n = cursor.longValue();
            case "responseLogprobs" -> logprobs = cursor.booleanValue();
            case "logprobs" -> topLogprobs = cursor.longValue();
            case "stopSequences" -> stop(cursor);
            case "responseMimeType" -> mimeType = cursor.rawString();
            case "responseSchema" -> schema = JsonSchemaOf.openApi(cursor);
            case "responseJsonSchema", "_responseJsonSchema", "ResponseJsonSchema" -> schema = cursor.raw();
            case "thinkingConfig" -> reasoning = thinking(cursor);
            default -> extra(name, cursor.raw());
        }
    }

    private void stop(JsonCursor cursor) {
        cursor.array();
        while (cursor.element()) {
            stop.add(cursor.string());
        }
    }

    /// Text alone is what every model answers with: nothing that could be lost.
    private void extra(String name, RawJson value) {
        boolean textOnly = name.equals("responseModalities") && value.json().replace(" ", "").equals("[\"TEXT\"]");
        if (!textOnly) {
            extras.put(GenerationConfigWriter.PREFIX + name, value);
        }
    }

    private static Reasoning thinking(JsonCursor cursor) {
        String level = null;
        Long budget = null;
        boolean shown = false;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (CamelCase.of(name)) {
                case "includeThoughts" -> shown = Boolean.TRUE.equals(cursor.booleanOrNull());
                case "thinkingBudget" -> budget = cursor.longOrNull();
                case "thinkingLevel" -> level = cursor.skipNull() ? null : level(cursor.string());
                default -> {}
            }
        }
        return new Reasoning(level, budget, shown ? "auto" : "none");
    }

    private static @Nullable String level(String name) {
        String level = name.toLowerCase(Locale.ROOT);
        return level.equals("thinking_level_unspecified") ? null : level;
    }
}
