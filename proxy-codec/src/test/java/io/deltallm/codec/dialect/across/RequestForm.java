package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.RecordedChats;
import io.deltallm.codec.dialect.anthropic.Transcript;
import io.deltallm.codec.dialect.gemini.RequestsCompared;
import java.util.List;
import java.util.Objects;

/// The one spelling in which requests to a provider are compared. Anthropic's and Google's are spelled as where they are
/// compared within their own format.
///
/// @param equivalents in which ways to say the same they may differ
record RequestForm(Recording recording, List<Equivalent> equivalents) {

    /// Where what was recorded and what was written differ.
    List<String> differences(JsonNode written) {
        return Differences.between(of(recording.request().path("body")), of(written));
    }

    private ObjectNode of(JsonNode request) {
        Operation format = Objects.requireNonNull(RecordedChats.format(recording));
        ObjectNode form = switch (format) {
            case MESSAGES, VERTEX_MESSAGES, BEDROCK_MESSAGES -> Transcript.spelledOut(request);
            case GENERATE_CONTENT -> (ObjectNode) RequestsCompared.form(request, recording.provider().equals("vertex"));
            default -> request.deepCopy();
        };
        equivalents.forEach(equivalent -> equivalent.apply(format, form));
        return form;
    }
}
