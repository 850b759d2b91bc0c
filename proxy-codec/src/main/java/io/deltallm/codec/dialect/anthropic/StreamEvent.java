package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// The members of one event of a stream, in whichever order they came: views of the frame. Confined to its reader, and
/// reused.
final class StreamEvent {
    /// In the last event of a stream of Bedrock's.
    static final String METRICS = "amazon-bedrock-invocationMetrics";

    /// There too: whether a guardrail of Bedrock's took the answer's place, which the stop reason does not say.
    static final String GUARDRAIL = "amazon-bedrock-guardrailAction";

    static final String INTERVENED = "INTERVENED";

    private final JsonCursor cursor = new JsonCursor();
    private final TokenCounts counts;

    @Nullable RawJson type;
    long index;
    @Nullable RawJson message;
    @Nullable RawJson contentBlock;
    @Nullable RawJson error;
    boolean counted;
    /// Whether it has Bedrock's own counts.
    boolean metered;

    boolean guarded;

    @Nullable RawJson deltaType;
    /// The one text of a delta: of `text`, `partial_json`, `thinking`, `signature` or `content`.
    @Nullable RawJson piece;
    @Nullable RawJson citation;
    @Nullable RawJson stopReason;
    @Nullable RawJson stopSequence;
    @Nullable RawJson stopDetails;

    /// @param counts takes what an event says of usage
    StreamEvent(TokenCounts counts) {
        this.counts = counts;
    }

    StreamEvent read(Frame frame) {
        forget();
        cursor.over(frame.bytes(), frame.start(), frame.end());
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (!cursor.skipNull()) {
                member(name);
            }
        }
        if (type == null && !frame.event().isEmpty()) {
            type = RawJson.ofText(frame.event());
        }
        return this;
    }

    private void forget() {
        type = message = contentBlock = error = null;
        deltaType = piece = citation = stopReason = stopSequence = stopDetails = null;
        index = 0;
        counted = false;
        metered = false;
        guarded = false;
    }

    private void member(String name) {
        switch (name) {
            case "type" -> type = cursor.rawString();
            case "index" -> index = cursor.longValue();
            case "delta" -> delta();
            case "content_block" -> contentBlock = cursor.raw();
            case "message" -> message();
            case "usage" -> usage();
            case "error" -> error = cursor.raw();
            case METRICS -> {
                metered = true;
                counts.readMetrics(cursor);
                counted = true;
            }
            case GUARDRAIL -> guarded = JsonWord.is(cursor.raw(), INTERVENED);
            default -> {}
        }
    }

    private void delta() {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "type" -> deltaType = cursor.rawString();
                case "text", "partial_json", "thinking", "signature" -> piece = cursor.rawStringOrNull();
                case "content" -> piece = cursor.isString() ? cursor.rawString() : null;
                case "citation" -> citation = cursor.raw();
                case "stop_reason" -> stopReason = cursor.rawStringOrNull();
                case "stop_sequence" -> stopSequence = cursor.rawStringOrNull();
                case "stop_details" -> stopDetails = cursor.isNull() ? null : cursor.raw();
                default -> {}
            }
        }
    }

    private void message() {
        if (cursor.isString()) {
            return;
        }
        message = cursor.raw();
    }

    private void usage() {
        counts.read(cursor);
        counted = true;
    }

    boolean is(String word) {
        return JsonWord.is(type, word);
    }

    boolean isDelta(String word) {
        return JsonWord.is(deltaType, word);
    }
}
