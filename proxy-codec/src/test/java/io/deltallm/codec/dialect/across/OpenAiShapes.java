package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Pieces of a chat completion's request, and how a model is named in a path.
final class OpenAiShapes {
    static final ObjectMapper JSON = new ObjectMapper();

    private OpenAiShapes() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    static ObjectNode request(String model, boolean stream) {
        ObjectNode request = object().put("model", model);
        request.putArray("messages");
        if (stream) {
            request.put("stream", true);
        }
        return request;
    }

    static ObjectNode message(ObjectNode request, String role) {
        return request.withArray("messages").addObject().put("role", role);
    }

    static ObjectNode text(String text) {
        return object().put("type", "text").put("text", text);
    }

    static ObjectNode image(String url) {
        ObjectNode part = object().put("type", "image_url");
        part.putObject("image_url").put("url", url);
        return part;
    }

    static ObjectNode video(String url) {
        ObjectNode part = object().put("type", "video_url");
        part.putObject("video_url").put("url", url);
        return part;
    }

    static ObjectNode file(String name, String data) {
        ObjectNode part = object().put("type", "file");
        part.putObject("file").put("filename", name).put("file_data", data);
        return part;
    }

    static ObjectNode call(String id, String name, JsonNode arguments) {
        ObjectNode call = object().put("id", id).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments.toString());
        return call;
    }

    static ObjectNode function(String name, JsonNode description, JsonNode parameters) {
        ObjectNode tool = object().put("type", "function");
        ObjectNode function = tool.putObject("function").put("name", name);
        copy(description, "description", function);
        copy(parameters, "parameters", function);
        return tool;
    }

    static void schema(ObjectNode request, String name, JsonNode schema) {
        ObjectNode format = request.putObject("response_format").put("type", "json_schema");
        format.putObject("json_schema").put("name", name).set("schema", schema);
    }

    /// Says what is said.
    static void copy(JsonNode value, String name, ObjectNode into) {
        if (!value.isMissingNode() && !value.isNull()) {
            into.set(name, value);
        }
    }

    /// Where AWS and Google have it.
    static String modelInPath(Recording recording) {
        String path = recording.request().path("path").asText();
        boolean aws = path.startsWith("/model/");
        int from = aws ? "/model/".length() : path.lastIndexOf("models/") + "models/".length();
        int to = aws ? path.indexOf('/', from) : path.indexOf(':', from);
        return URLDecoder.decode(path.substring(from, to), StandardCharsets.UTF_8);
    }
}
