package io.deltallm.netty.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One recorded exchange with a real provider.
///
/// @param api `<provider>.<operation>`
/// @param path the recorded path, without its query
/// @param requestBody JSON as recorded; null for a form
/// @param requestForm the parts of a form; null for JSON
/// @param pieceBytes sizes in which the reply's body arrived; the whole body where the recorder kept none
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record Recording(
        String id,
        String provider,
        String api,
        boolean stream,
        @Nullable String model,
        List<String> features,
        String path,
        @Nullable JsonNode requestBody,
        @Nullable JsonNode requestForm,
        int status,
        Headers replyHeaders,
        byte[] replyBody,
        int[] pieceBytes) {

    @Override
    public String toString() {
        return id;
    }
}
