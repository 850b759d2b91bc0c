package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.dialect.UpstreamCall;
import java.util.HashSet;
import java.util.Set;

/// Tells of each lost field once a request. Confined to one request.
final class LostFields {
    private final UpstreamCall call;
    private final Set<String> told = new HashSet<>();

    LostFields(UpstreamCall call) {
        this.call = call;
    }

    void tell(String field) {
        if (told.add(field)) {
            call.lost(field);
        }
    }

    void tellIf(boolean lost, String field) {
        if (lost) {
            tell(field);
        }
    }
}
