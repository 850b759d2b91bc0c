package io.deltallm.netty.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One response as it stood on the wire.
///
/// @param head the exact head, in Latin-1
/// @param body the body, chunk framing removed
/// @param raw every byte of the response
/// @param whole false when the peer closed before the end that the framing promised
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record RawResponse(int status, String head, Headers headers, byte[] body, byte[] raw, boolean whole) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public @Nullable String header(String name) {
        return headers.first(name);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text(), e);
        }
    }

    /// `error.<field>` of the body, as text.
    public String error(String field) {
        return json().path("error").path(field).asText();
    }
}
