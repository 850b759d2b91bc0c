package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;

/// What a format takes of a request, told in one way. Stateless.
final class Limits {

    private Limits() {}

    /// Refuses more texts than the provider takes at once.
    static void atMost(EmbeddingRequest request, int most) {
        int count = request.texts().size();
        if (count > most) {
            throw Refused.request(
                    "input has " + count + " texts (expected: " + most + " at most, by this model's provider)", "input");
        }
    }

    /// Writes the extras that the format knows, and tells the others, and `user`, as lost.
    static void extras(EmbeddingRequest request, Set<String> known, UpstreamCall call, JsonOutput out) {
        if (request.user() != null) {
            call.lost("user");
        }
        for (var extra : request.extras().entrySet()) {
            RawJson value = extra.getValue();
            if (known.contains(extra.getKey())) {
                out.anyName(extra.getKey()).value(value);
            } else {
                call.lost(extra.getKey());
            }
        }
    }

    static void lostPurpose(EmbeddingRequest request, UpstreamCall call) {
        if (request.purpose() != null) {
            call.lost("input_type");
        }
    }

    static void texts(String name, EmbeddingRequest request, JsonOutput out) {
        out.name(name).beginArray();
        request.texts().forEach(out::value);
        out.endArray();
    }
}
