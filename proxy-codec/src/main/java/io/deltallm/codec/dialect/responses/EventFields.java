package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// An event of a stream: its members, in whatever order they come (Bedrock's type is the last). Views of the frame, valid
/// until the next one. Confined to a reader and reused.
final class EventFields {
    /// For [#outputIndex].
    static final int UNSAID = -1;

    private final JsonCursor cursor = new JsonCursor();
    private String lastType = "";
    private RawJson lastTypeJson = RawJson.EMPTY_STRING;

    String type = "";
    int outputIndex;
    int summaryIndex;
    @Nullable RawJson delta;
    @Nullable RawJson item;
    @Nullable RawJson response;
    @Nullable RawJson error;
    @Nullable RawJson arguments;
    @Nullable RawJson annotation;
    @Nullable RawJson logprobs;
    @Nullable RawJson text;
    @Nullable RawJson refusal;

    void read(Frame frame) {
        clear();
        cursor.over(frame.bytes(), frame.start(), frame.end());
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            member(name);
        }
        if (type.isEmpty()) {
            type = frame.event();
        }
    }

    private void clear() {
        type = "";
        outputIndex = UNSAID;
        summaryIndex = 0;
        delta = null;
        item = null;
        response = null;
        error = null;
        arguments = null;
        annotation = null;
        logprobs = null;
        text = null;
        refusal = null;
    }

    private void member(String name) {
        switch (name) {
            case "type" -> type = type(cursor.rawString());
            case "output_index" -> outputIndex = (int) cursor.longValue();
            case "summary_index" -> summaryIndex = (int) cursor.longValue();
            case "delta" -> delta = cursor.isNull() ? null : cursor.raw();
            case "item" -> item = cursor.raw();
            case "response" -> response = cursor.raw();
            case "error" -> error = cursor.isNull() ? null : cursor.raw();
            case "arguments" -> arguments = cursor.raw();
            case "annotation" -> annotation = cursor.raw();
            case "logprobs" -> logprobs = cursor.raw();
            case "text" -> text = cursor.raw();
            case "refusal" -> refusal = cursor.raw();
            default -> {}
        }
    }

    /// The same type as before is the usual case, and makes no string.
    private String type(RawJson json) {
        if (!json.equals(lastTypeJson)) {
            lastTypeJson = json.copy();
            lastType = json.text();
        }
        return lastType;
    }
}
