package io.deltallm.codec.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Replies without what the dialect says it loses, and without what is spelled in two ways.
final class RepliesCompared {
    /// In the order of package-info's "What is lost".
    private static final List<String> LOST_OF_CANDIDATE = List.of("safetyRatings", "avgLogprobs", "finishMessage");

    private static final List<String> LOST_OF_USAGE = List.of(
            "promptTokensDetails", "candidatesTokensDetails", "cacheTokensDetails", "trafficType", "serviceTier");

    private RepliesCompared() {}

    static JsonNode plain(JsonNode reply) {
        ObjectNode copy = reply.deepCopy();
        copy.remove("createTime"); // Vertex AI only
        candidates(copy);
        usage(copy);
        return copy;
    }

    private static void candidates(ObjectNode reply) {
        if (reply.has("promptFeedback")) { // a refused prompt becomes an answer that was refused
            reply.remove("promptFeedback");
            ObjectNode candidate = reply.putArray("candidates").addObject();
            candidate.putObject("content").put("role", "model").putArray("parts");
            candidate.put("finishReason", "SAFETY").put("index", 0);
        }
        int index = 0;
        for (JsonNode node : reply.path("candidates")) {
            ObjectNode candidate = (ObjectNode) node;
            candidate.remove(LOST_OF_CANDIDATE);
            candidate.put("index", candidate.path("index").asInt(index++));
            if (candidate.path("finishReason").asInt() == 1) { // a client that asked for numbers
                candidate.put("finishReason", "STOP");
            }
            logprobs(candidate);
        }
    }

    private static void logprobs(ObjectNode candidate) {
        for (JsonNode list : candidate.path("logprobsResult")) {
            for (JsonNode token : list) {
                ((ObjectNode) token).remove("tokenId");
                if (token.has("logProbability")) {
                    ((ObjectNode) token).put("logProbability", token.get("logProbability").asDouble());
                }
            }
        }
        if (candidate.has("logprobsResult") && !candidate.path("logprobsResult").has("topCandidates")) {
            ((ObjectNode) candidate.get("logprobsResult"))
                    .putArray("topCandidates")
                    .addAll(candidate.path("logprobsResult").path("chosenCandidates").findParents("token").stream()
                            .map(_ -> Gemini.json("{\"candidates\":[]}"))
                            .toList());
        }
    }

    private static void usage(ObjectNode reply) {
        if (!(reply.get("usageMetadata") instanceof ObjectNode usage)) {
            return;
        }
        usage.remove(LOST_OF_USAGE);
        if (usage.isEmpty()) {
            reply.remove("usageMetadata"); // said nothing but its traffic's type
        } else if (!usage.has("candidatesTokenCount")) {
            usage.put("candidatesTokenCount", 0);
        }
    }
}
