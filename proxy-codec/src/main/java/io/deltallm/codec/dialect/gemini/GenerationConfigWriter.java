package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `generationConfig`. Confined to one request.
final class GenerationConfigWriter {
    /// Extras with this in front are members of `generationConfig`.
    static final String PREFIX = "generationConfig.";

    private static final String MODALITIES = "modalities";
    /// Members that clients of gateways set by Google's names; OpenRouter's clients by the second of each.
    private static final Set<String> BY_NAME = Set.of(
            "imageConfig", "image_config", "speechConfig", "speech_config", "mediaResolution", "media_resolution");
    private static final int MAX_STOP_SEQUENCES = 5;
    private static final int EMPTY_OBJECT = 2;

    private final ChatRequest request;
    private final GeminiModel model;
    private final LostFields lost;
    private final JsonOutput out;
    private final JsonOutput config = new JsonOutput();

    GenerationConfigWriter(ChatRequest request, GeminiModel model, LostFields lost, JsonOutput out) {
        this.request = request;
        this.model = model;
        this.lost = lost;
        this.out = out;
    }

    /// Whether an extra of the request's dialect is written here.
    static boolean takes(ChatRequest request, String extra) {
        return !isOwn(request) && (extra.equals(MODALITIES) || BY_NAME.contains(extra));
    }

    private static boolean isOwn(ChatRequest request) {
        return request.dialect().equals(Operation.GENERATE_CONTENT.label());
    }

    void write() {
        config.beginObject();
        sampling(request.sampling());
        responseFormat(request.responseFormat());
        new ThinkingConfigWriter(model, lost, config).write(request.reasoning());
        request.extras().forEach(this::extra);
        config.endObject();
        if (config.length() > EMPTY_OBJECT) {
            out.member("generationConfig", config.toRaw());
        }
    }

    private void sampling(Sampling sampling) {
        Double temperature = sampling.temperature();
        Long seed = sampling.seed();
        config.optional("maxOutputTokens", sampling.maxTokens());
        config.optional("temperature", temperature == null ? null : Double.valueOf(Math.clamp(temperature, 0, 2)));
        config.optional("topP", sampling.topP());
        config.optional("topK", sampling.topK());
        config.optional("frequencyPenalty", sampling.frequencyPenalty());
        config.optional("presencePenalty", sampling.presencePenalty());
        config.optional("seed", seed == null ? null : Long.valueOf(seed32(seed)));
        config.optional("candidateCount", sampling.n());
        stop(sampling.stop());
        if (Boolean.TRUE.equals(sampling.logprobs())) {
            config.member("responseLogprobs", true).optional("logprobs", sampling.topLogprobs());
        }
    }

    /// Google's seeds have 32 bits.
    private static long seed32(long seed) {
        return seed == (int) seed ? seed : seed & Integer.MAX_VALUE;
    }

    private void stop(List<String> sequences) {
        int count = Math.min(sequences.size(), MAX_STOP_SEQUENCES);
        lost.tellIf(count < sequences.size(), "stop");
        if (count == 0) {
            return;
        }
        config.name("stopSequences").beginArray();
        sequences.subList(0, count).forEach(config::value);
        config.endArray();
    }

    private void responseFormat(@Nullable ResponseFormat format) {
        if (format == null || format instanceof ResponseFormat.PlainText) {
            return;
        }
        if (hasFunctions() && !model.combinesTools()) {
            lost.tell("response_format");
            return;
        }
        config.member("responseMimeType", "application/json");
        if (format instanceof ResponseFormat.JsonSchema(_, _, var schema, _)) {
            if (model.takesJsonSchema()) {
                config.member("responseJsonSchema", schema);
            } else {
                config.name("responseSchema");
                new ReducedSchema(schema, config).write();
            }
        }
    }

    private boolean hasFunctions() {
        return request.tools().stream().anyMatch(Tool.Function.class::isInstance);
    }

    private void extra(String name, RawJson value) {
        if (isOwn(request) && name.startsWith(PREFIX)) {
            config.anyName(name.substring(PREFIX.length())).value(value);
        } else if (!takes(request, name)) {
            return;
        } else if (!name.equals(MODALITIES)) {
            config.member(CamelCase.of(name), value);
        } else if (value.isArray()) {
            modalities(value);
        }
    }

    /// OpenAI's `["text", "audio"]`.
    private void modalities(RawJson names) {
        if (names.json().replace(" ", "").equals("[\"text\"]")) {
            return;
        }
        JsonCursor cursor = new JsonCursor().over(names);
        config.name("responseModalities").beginArray();
        cursor.array();
        while (cursor.element()) {
            config.value(cursor.anyText().toUpperCase(Locale.ROOT));
        }
        config.endArray();
    }
}
