package io.deltallm.netty.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/// The request of a [Recording] as a client sends it to the gateway, under another model name.
///
/// @param path of the OpenAI operation, without `/v1`
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record RecordedRequest(String path, String contentType, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "-------recorded";

    public static RecordedRequest of(Recording recording, String path, String model) {
        return recording.requestForm() == null
                ? new RecordedRequest(path, "application/json", json(Objects.requireNonNull(recording.requestBody()), model))
                : new RecordedRequest(path, "multipart/form-data; boundary=" + BOUNDARY, form(recording.requestForm(), model));
    }

    /// What the provider must receive for a JSON body: the same tree with its own model name, and usage asked for.
    public static JsonNode expectedUpstream(Recording recording, String upstreamModel, boolean asksForUsage) {
        var tree = (ObjectNode) Objects.requireNonNull(recording.requestBody()).deepCopy();
        tree.put("model", upstreamModel);
        if (asksForUsage) {
            var options = tree.path("stream_options").isObject() ? (ObjectNode) tree.path("stream_options") : tree.putObject("stream_options");
            options.put("include_usage", true);
        }
        return tree;
    }

    private static byte[] json(JsonNode body, String model) {
        try {
            var tree = (ObjectNode) body.deepCopy();
            tree.put("model", model);
            return JSON.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] form(JsonNode parts, String model) {
        var form = new ByteArrayOutputStream();
        for (JsonNode part : parts) {
            String name = part.path("name").asText();
            form.writeBytes(latin1("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\""));
            if (part.has("filename")) {
                form.writeBytes(latin1("; filename=\"" + part.path("filename").asText() + "\"\r\nContent-Type: "
                        + part.path("content_type").asText("application/octet-stream") + "\r\n\r\n"));
                form.writeBytes(file(part));
            } else {
                form.writeBytes(("\r\n\r\n" + (name.equals("model") ? model : part.path("value").asText())).getBytes(StandardCharsets.UTF_8));
            }
            form.writeBytes(latin1("\r\n"));
        }
        form.writeBytes(latin1("--" + BOUNDARY + "--\r\n"));
        return form.toByteArray();
    }

    private static byte[] file(JsonNode part) {
        return part.has("data_base64")
                ? Base64.getDecoder().decode(part.path("data_base64").asText())
                : new byte[part.path("bytes").asInt()];
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
