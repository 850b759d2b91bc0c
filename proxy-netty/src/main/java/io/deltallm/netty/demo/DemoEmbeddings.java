package io.deltallm.netty.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;

/// Vectors of length one whose direction is drawn from a hash of the text: equal texts are equal, different texts lie
/// nearly at right angles. They carry no meaning.
record DemoEmbeddings(DemoRequest request) {
    static final int MAX_DIMENSIONS = 4096;
    private static final int DEFAULT_DIMENSIONS = 256;

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "list");
        json.writeArrayFieldStart("data");
        for (int i = 0; i < request.inputs().size(); i++) {
            json.writeStartObject();
            json.writeStringField("object", "embedding");
            json.writeNumberField("index", i);
            writeVector(json, vector(request.inputs().get(i)));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("model", request.model());
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", request.promptWords());
        json.writeNumberField("total_tokens", request.promptWords());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeVector(JsonGenerator json, float[] vector) throws IOException {
        if (request.base64()) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            json.writeStringField("embedding", Base64.getEncoder().encodeToString(bytes.array()));
            return;
        }
        json.writeArrayFieldStart("embedding");
        for (float value : vector) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    private float[] vector(String text) {
        var random = new SplittableRandom(seed(text));
        var vector = new float[request.dimensions() > 0 ? request.dimensions() : DEFAULT_DIMENSIONS];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
            squares += (double) vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return vector;
    }

    /// FNV-1a over the UTF-8 bytes; stable across runs and JDKs.
    private static long seed(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
