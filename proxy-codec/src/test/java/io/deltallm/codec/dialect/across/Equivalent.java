package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.chat.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What may be said in two ways to a provider: the one place that declares it, each with its reason.
///
/// @param step brings a request of one of these formats into the shorter of the two ways
record Equivalent(String reason, Set<Operation> formats, Consumer<ObjectNode> step) {
    private static final Set<Operation> NOT_OUR_CLIENTS =
            Set.of(Operation.CONVERSE, Operation.COHERE_CHAT, Operation.COHERE_CHAT_V1, Operation.OLLAMA_CHAT);

    static final List<Equivalent> ALL = List.of(
            new Equivalent(
                    "no tools, instructions, settings: SDKs say so, which is to say nothing",
                    NOT_OUR_CLIENTS,
                    Equivalent::withoutNothings),
            of(Operation.CONVERSE, "a result is a success unless it says otherwise", Equivalent::withoutSuccess),
            of(Operation.CONVERSE, "a model calls tools as it likes unless told otherwise", Equivalent::withoutAuto),
            of(Operation.CONVERSE, "speakers take turns: two turns of one are one", Equivalent::joined),
            of(Operation.CONVERSE, "a schema in a string is that schema", Equivalent::withSchema),
            of(Operation.CONVERSE, "a result in JSON is a text: other formats have nothing else", Equivalent::withTexts),
            of(Operation.COHERE_CHAT, "a list of one text is that text, an empty one beside calls is none", Equivalent::plain),
            of(Operation.COHERE_CHAT_V1, "instructions at the head of the history are the preamble", Equivalent::withPreamble),
            of(Operation.OLLAMA_CHAT, "results follow their calls' order: ids and names repeat it", Equivalent::withoutIds),
            of(Operation.GENERATE_CONTENT, "to allow all functions there are is to allow any", Equivalent::withoutAllowedAll),
            of(Operation.TGI_GENERATE, "the server's defaults need not be said", Equivalent::withoutDefaults));

    private static Equivalent of(Operation format, String reason, Consumer<ObjectNode> step) {
        return new Equivalent(reason, Set.of(format), step);
    }

    void apply(Operation format, ObjectNode request) {
        if (formats.contains(format)) {
            step.accept(request);
        }
    }

    @Override
    public String toString() {
        return reason;
    }

    private static void withoutNothings(ObjectNode request) {
        if (request.get("inferenceConfig") instanceof ObjectNode config && config.path("stopSequences").isEmpty()) {
            config.remove("stopSequences");
        }
        for (String name : List.of("system", "inferenceConfig", "options", "tools", "format", "keep_alive")) {
            JsonNode value = request.path(name);
            boolean empty = value.isContainerNode() && value.isEmpty();
            if (empty || value.isNull() || isEmptyText(value)) {
                request.remove(name);
            }
        }
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.asText().isEmpty();
    }

    private static void withoutSuccess(ObjectNode request) {
        for (JsonNode result : request.findValues("toolResult")) {
            if (result.path("status").asText().equals("success")) {
                ((ObjectNode) result).remove("status");
            }
        }
    }

    private static void withoutAuto(ObjectNode request) {
        if (request.at("/toolConfig/toolChoice").has("auto")) {
            ((ObjectNode) request.path("toolConfig")).remove("toolChoice");
        }
    }

    private static void joined(ObjectNode request) {
        ArrayNode turns = OpenAiShapes.array();
        for (JsonNode turn : request.path("messages")) {
            JsonNode last = turns.path(turns.size() - 1);
            if (last.path("role").equals(turn.path("role"))) {
                ((ArrayNode) last.path("content")).addAll((ArrayNode) turn.path("content"));
            } else {
                turns.add(turn);
            }
        }
        request.set("messages", turns);
    }

    private static void withSchema(ObjectNode request) {
        if (request.at("/outputConfig/textFormat/structure/jsonSchema") instanceof ObjectNode schema) {
            schema.set("schema", OpenAiShapes.parsed(schema.path("schema").asText()));
        }
    }

    private static void withTexts(ObjectNode request) {
        for (JsonNode result : request.findValues("toolResult")) {
            for (JsonNode block : result.path("content")) {
                if (block.has("json")) {
                    ((ObjectNode) block).put("text", ((ObjectNode) block).remove("json").toString());
                }
            }
        }
    }

    private static void plain(ObjectNode request) {
        for (JsonNode message : request.path("messages")) {
            JsonNode content = message.path("content");
            if (content.size() == 1 && content.path(0).has("text")) {
                ((ObjectNode) message).set("content", content.path(0).path("text"));
            }
            if (message.has("tool_calls") && isEmptyText(message.path("content"))) {
                ((ObjectNode) message).remove("content");
            }
        }
    }

    private static void withPreamble(ObjectNode request) {
        JsonNode first = request.path("chat_history").path(0);
        if (first.path("role").asText().equalsIgnoreCase("system")) {
            ((ArrayNode) request.path("chat_history")).remove(0);
            request.set("preamble", first.path("message"));
        }
    }

    private static void withoutIds(ObjectNode request) {
        for (JsonNode message : request.path("messages")) {
            ((ObjectNode) message).remove("tool_name");
            message.path("tool_calls").forEach(call -> ((ObjectNode) call).remove("id"));
        }
    }

    private static void withoutAllowedAll(ObjectNode request) {
        List<String> allowed = new ArrayList<>();
        JsonNode calling = request.at("/toolConfig/functionCallingConfig");
        calling.path("allowedFunctionNames").forEach(name -> allowed.add(name.asText()));
        if (allowed.size() > 1 && request.path("tools").findValuesAsText("name").equals(allowed)) {
            ((ObjectNode) calling).remove("allowedFunctionNames");
        }
    }

    private static void withoutDefaults(ObjectNode request) {
        ObjectNode parameters = (ObjectNode) request.path("parameters");
        List<String> defaults = new ArrayList<>(List.of("decoder_input_details"));
        parameters.properties().forEach(parameter -> {
            JsonNode value = parameter.getValue();
            if (value.isNull() || (value.isArray() && value.isEmpty())) {
                defaults.add(parameter.getKey());
            }
        });
        parameters.remove(defaults);
    }
}
