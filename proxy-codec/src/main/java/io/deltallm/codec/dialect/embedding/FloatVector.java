package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/// A vector's two forms: an array of numbers, and base64 of 32-bit numbers, the low byte first. Stateless.
final class FloatVector {
    private static final int BYTES = 4;

    private FloatVector() {}

    /// The array without the white space that some providers put into it. Some answer in base64 whatever they were asked
    /// for.
    static void write(RawJson vector, JsonOutput out) {
        if (vector.isString()) {
            out.value(ofBase64(vector.text()));
            return;
        }
        JsonCursor cursor = new JsonCursor().over(vector);
        out.beginArray();
        cursor.array();
        while (cursor.element()) {
            out.value(number(cursor));
        }
        out.endArray();
    }

    private static RawJson number(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.NUMBER) {
            throw cursor.problem("is no number in a vector");
        }
        return cursor.raw();
    }

    /// As it is where the provider has made it so.
    static void writeBase64(RawJson vector, JsonOutput out) {
        if (vector.isString()) {
            out.value(vector);
        } else {
            out.value(toBase64(vector));
        }
    }

    private static String toBase64(RawJson vector) {
        JsonCursor cursor = new JsonCursor().over(vector);
        ByteBuffer bytes = ByteBuffer.allocate(vector.length() * BYTES / 2 + BYTES).order(ByteOrder.LITTLE_ENDIAN);
        cursor.array();
        while (cursor.element()) {
            bytes.putFloat((float) cursor.doubleValue());
        }
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private static RawJson ofBase64(String base64) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IllegalArgumentException e) {
            throw ProviderFailure.malformed("a vector is neither an array nor base64");
        }
        JsonOutput out = new JsonOutput();
        out.beginArray();
        while (bytes.remaining() >= BYTES) {
            out.value(RawJson.ofLiteral(Float.toString(bytes.getFloat())));
        }
        return out.endArray().toRaw();
    }
}
