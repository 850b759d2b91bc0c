package io.deltallm.codec.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts a [ChatDigest] together from pieces.
final class DigestBuilder {
    static final ObjectMapper JSON = new ObjectMapper();

    final StringBuilder text = new StringBuilder();
    final StringBuilder thinking = new StringBuilder();
    final Map<Object, String> names = new LinkedHashMap<>();
    final Map<Object, StringBuilder> arguments = new LinkedHashMap<>();
    String finish = "";
    long promptTokens;
    long completionTokens;

    void call(Object key, String name) {
        names.putIfAbsent(key, name);
        arguments.putIfAbsent(key, new StringBuilder());
    }

    void arguments(Object key, String piece) {
        arguments.computeIfAbsent(key, _ -> new StringBuilder()).append(piece);
    }

    ChatDigest build() {
        List<ChatDigest.Call> calls = new ArrayList<>();
        names.forEach((key, name) -> calls.add(new ChatDigest.Call(name, tree(String.valueOf(arguments.get(key))))));
        // Some providers say that tools are to be called when there are none, or the other way round.
        boolean ended = finish.equals("stop") || finish.equals("tool_calls");
        String end = !ended ? finish : calls.isEmpty() ? "stop" : "tool_calls";
        return new ChatDigest(text.toString(), thinking.toString(), calls, end, promptTokens, completionTokens);
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json.isBlank() ? "{}" : json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
