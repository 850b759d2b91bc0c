package io.deltallm.codec.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reply says, read off its JSON in the most straightforward way.
final class AnswerWalk {
    String text = "";
    String thoughts = "";
    String id = "";
    String model = "";
    final List<String> calls = new ArrayList<>();
    final List<String> signatures = new ArrayList<>();
    final List<String> pictures = new ArrayList<>();
    @Nullable FinishReason finish;
    @Nullable Usage usage;

    static AnswerWalk of(List<JsonNode> bodies) {
        AnswerWalk walk = new AnswerWalk();
        bodies.forEach(walk::body);
        return walk;
    }

    private void body(JsonNode body) {
        id = id.isEmpty() ? body.path("responseId").asText() : id;
        model = model.isEmpty() ? body.path("modelVersion").asText() : model;
        JsonNode candidate = body.path("candidates").path(0);
        candidate.path("content").path("parts").forEach(this::part);
        finish(candidate.path("finishReason").asText());
        if (body.path("promptFeedback").has("blockReason")) {
            finish = FinishReason.CONTENT_FILTER;
        }
        usage(body.path("usageMetadata"));
    }

    private void part(JsonNode part) {
        if (part.path("thought").asBoolean()) {
            thoughts += part.path("text").asText();
        } else {
            text += part.path("text").asText();
        }
        if (part.has("functionCall")) {
            JsonNode call = part.get("functionCall");
            calls.add(call.path("name").asText() + "#" + call.path("id").asText() + call.path("args"));
        }
        if (part.has("inlineData")) {
            JsonNode data = part.get("inlineData");
            pictures.add(data.path("mimeType").asText() + " " + data.path("data").asText());
        }
        if (part.has("thoughtSignature")) {
            signatures.add(part.get("thoughtSignature").asText());
        }
    }

    private void finish(String reason) {
        switch (reason) {
            case "" -> {}
            case "STOP", "1" -> finish = calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
            case "MAX_TOKENS" -> finish = FinishReason.LENGTH;
            case "SAFETY" -> finish = FinishReason.CONTENT_FILTER;
            default -> throw new AssertionError("no recording had " + reason);
        }
    }

    private void usage(JsonNode stated) {
        if (!stated.has("promptTokenCount") && !stated.has("candidatesTokenCount")) {
            return;
        }
        long prompt = stated.path("promptTokenCount").asLong() + stated.path("toolUsePromptTokenCount").asLong();
        long thought = stated.path("thoughtsTokenCount").asLong();
        long completion = stated.path("candidatesTokenCount").asLong() + thought;
        JsonNode total = stated.path("totalTokenCount");
        usage = new Usage(
                prompt,
                completion,
                total.isNumber() ? total.asLong() : prompt + completion,
                stated.path("cachedContentTokenCount").asLong(),
                0,
                thought,
                audio(stated.path("promptTokensDetails")),
                audio(stated.path("candidatesTokensDetails")),
                false);
    }

    private static long audio(JsonNode details) {
        long audio = 0;
        for (JsonNode detail : details) {
            audio += detail.path("modality").asText().equals("AUDIO") ? detail.path("tokenCount").asLong() : 0;
        }
        return audio;
    }
}
