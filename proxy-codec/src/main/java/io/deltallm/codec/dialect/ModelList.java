package io.deltallm.codec.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The answers of `GET /v1/models` and `GET /v1/models/{id}` in OpenAI's form.
public final class ModelList {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String OWNER = "deltallm";

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private ModelList() {}

    /// @param createdEpochSeconds the same for every model: when the list was made
    public static byte[] list(List<String> ids, long createdEpochSeconds) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (String id : ids) {
                model(json, id, createdEpochSeconds);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    public static byte[] one(String id, long createdEpochSeconds) {
        return write(json -> model(json, id, createdEpochSeconds));
    }

    private static void model(JsonGenerator json, String id, long created) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "model");
        json.writeNumberField("created", created);
        json.writeStringField("owned_by", OWNER);
        json.writeEndObject();
    }

    private static byte[] write(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
