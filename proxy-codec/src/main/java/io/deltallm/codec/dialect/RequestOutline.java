package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one scan of a request body found: what the gateway decides by, and where in the body the bytes stand that it
/// may have to change. Positions are offsets in the whole body; -1 means absent.
///
/// One per connection, overwritten by the next scan. Written by the scanners of this package only.
public final class RequestOutline {
    private static final int USUAL_FIELDS = 32;
    private static final int USUAL_MODELS = 32;
    private static final int[] NO_MODELS = {};

    /// As the body names it.
    @Nullable String model;
    /// As the path names it; that counts.
    @Nullable String pathModel;
    @Nullable String user;
    int modelStart;
    int modelEnd;
    boolean stream;
    long maxTokens;
    long maxCompletionTokens;
    long maxOutputTokens;
    long bodyBytes;

    /// The value of `stream_options`, and of `include_usage` within it.
    int streamOptionsStart;
    int streamOptionsEnd;
    int includeUsageStart;
    int includeUsageEnd;
    boolean includeUsage;
    boolean streamOptionsEmpty;

    /// After the opening brace of a JSON body; at the first boundary of a multipart one.
    int insertAt;
    boolean empty;
    @Nullable String boundary;

    /// Start and end of each model's name within, in the order of the body.
    private int[] nestedModels = NO_MODELS;
    private int nestedModelCount;

    /// Of a body of Google's.
    final GenerationConfig generation = new GenerationConfig();

    private long[] fields = new long[USUAL_FIELDS];
    private int fieldCount;

    RequestOutline() {
        clear(null, null);
    }

    void clear(@Nullable String multipartBoundary, @Nullable String modelInPath) {
        model = null;
        pathModel = modelInPath;
        user = null;
        modelStart = -1;
        modelEnd = -1;
        stream = false;
        maxTokens = -1;
        maxCompletionTokens = -1;
        maxOutputTokens = -1;
        bodyBytes = 0;
        clearStreamOptions();
        insertAt = -1;
        empty = true;
        boundary = multipartBoundary;
        fieldCount = 0;
        generation.clear();
        nestedModelCount = 0;
        if (nestedModels.length > 2 * USUAL_MODELS) {
            nestedModels = NO_MODELS;
        }
    }

    void clearStreamOptions() {
        streamOptionsStart = -1;
        streamOptionsEnd = -1;
        includeUsageStart = -1;
        includeUsageEnd = -1;
        includeUsage = false;
        streamOptionsEmpty = true;
    }

    void addField(JsonText name) {
        if (fieldCount == fields.length) {
            fields = Arrays.copyOf(fields, fieldCount * 2);
        }
        fields[fieldCount++] = name.hash();
        empty = false;
    }

    void addNestedModel(int start, int end) {
        int at = 2 * nestedModelCount++;
        if (at == nestedModels.length) {
            nestedModels = Arrays.copyOf(nestedModels, Math.max(2 * USUAL_MODELS, 2 * at));
        }
        nestedModels[at] = start;
        nestedModels[at + 1] = end;
    }

    int nestedModelCount() {
        return nestedModelCount;
    }

    int nestedModelStart(int index) {
        return nestedModels[2 * index];
    }

    int nestedModelEnd(int index) {
        return nestedModels[2 * index + 1];
    }

    /// The model as the client named it, in the path or, unescaped, in the body.
    public @Nullable String model() {
        return pathModel == null ? model : pathModel;
    }

    /// The first byte of the model's JSON string, its quote; in a multipart body, of the field's value.
    public int modelStart() {
        return modelStart;
    }

    /// The offset after the model's closing quote; in a multipart body, after the field's value.
    public int modelEnd() {
        return modelEnd;
    }

    /// Whether the client asked for a stream.
    public boolean stream() {
        return stream;
    }

    /// The most tokens the reply may have: `max_completion_tokens`, else `max_output_tokens`, else `max_tokens`.
    public long maxTokens() {
        if (maxCompletionTokens >= 0) {
            return maxCompletionTokens;
        }
        return maxOutputTokens >= 0 ? maxOutputTokens : maxTokens;
    }

    /// Whether the client itself asked for usage in the stream.
    public boolean includeUsage() {
        return includeUsage;
    }

    /// Whether a JSON body has this top-level field. Answered from 64-bit hashes: a body made to collide only keeps
    /// itself from a default it could as well have written.
    public boolean hasField(String name) {
        long wanted = JsonText.hash(name);
        for (int i = 0; i < fieldCount; i++) {
            if (fields[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /// The end user's name, as the client gave it.
    public @Nullable String user() {
        return user;
    }

    public long bodyBytes() {
        return bodyBytes;
    }

    /// Whether the body is `multipart/form-data`.
    public boolean multipart() {
        return boundary != null;
    }
}
