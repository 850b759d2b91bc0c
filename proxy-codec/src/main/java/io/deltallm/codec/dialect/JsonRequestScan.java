package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonName;
import io.deltallm.codec.json.JsonText;
import io.deltallm.codec.json.JsonVisitor;
import io.deltallm.codec.json.JsonWalker;
import org.jspecify.annotations.Nullable;

/// The scan of a JSON body: fills the outline and stops at the first thing it refuses. Confined to one connection.
final class JsonRequestScan implements JsonVisitor {
    private static final int TOP = 1;
    private static final int NUMBER_BYTES = 40;
    private static final int USER_BYTES = 512;
    private static final JsonName INCLUDE_USAGE = JsonName.of("include_usage");

    private final ScanLimits limits;
    private final RequestOutline outline;
    private final ModelName modelName;
    private final MessageChecks messages;
    private final NestedModels nested;
    private final JsonWalker walker;

    private Operation operation = Operation.CHAT_COMPLETIONS;
    private RequestField field = RequestField.OTHER;
    private boolean google;
    private boolean inIncludeUsage;
    private boolean sawModel;
    private @Nullable GatewayError error;

    JsonRequestScan(ScanLimits limits, RequestOutline outline, ModelName modelName) {
        this.limits = limits;
        this.outline = outline;
        this.modelName = modelName;
        this.messages = new MessageChecks();
        this.nested = new NestedModels(outline);
        this.walker = new JsonWalker(this, limits.maxDepth(), MessageChecks.MEMBER_DEPTH);
    }

    void begin(Operation newOperation) {
        operation = newOperation;
        google = newOperation.modelInPath();
        field = RequestField.OTHER;
        sawModel = false;
        error = null;
        messages.begin();
        walker.begin();
    }

    void feed(byte[] bytes, int from, int to) {
        int at = walker.feed(bytes, from, to);
        if (at < to) {
            walker.feedTrailing(bytes, at, to);
        }
    }

    @Nullable GatewayError end() {
        String problem = walker.problem();
        if (problem != null) {
            return refuse("the body is not valid JSON at " + problem, null);
        }
        if (error != null) {
            return error;
        }
        if (!walker.done()) {
            String expected = outline.bodyBytes == 0 ? "empty" : "cut off after " + outline.bodyBytes + " bytes";
            return refuse("the body is " + expected + " (expected: a JSON object)", null);
        }
        if (!sawModel && outline.pathModel == null && !RequestField.modelIsOptional(operation)) {
            return ModelName.refuse("model is required (expected: the name of a model)");
        }
        boolean needsMessages = limits.validate() && operation == Operation.CHAT_COMPLETIONS;
        return needsMessages ? messages.end() : null;
    }

    @Override
    public void key(JsonWalker json) {
        if (google) {
            nested.key(json);
            outline.generation.key(json);
        }
        switch (json.depth()) {
            case TOP -> topKey(json);
            case TOP + 1 -> nestedKey(json);
            case MessageChecks.MEMBER_DEPTH -> {
                if (field == RequestField.MESSAGES) {
                    messages.member(json.key());
                }
            }
            default -> {}
        }
    }

    private void topKey(JsonWalker json) {
        outline.addField(json.key());
        field = meaning(json);
        switch (field) {
            case MODEL -> {
                if (sawModel) {
                    stop(json, ModelName.refuse("model is given twice (expected: once)"));
                }
                sawModel = true;
                json.capture(limits.maxModelLength());
            }
            case USER -> json.capture(USER_BYTES);
            case STREAM_OPTIONS -> outline.clearStreamOptions();
            case MAX_TOKENS, MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS, TEMPERATURE, N -> json.capture(NUMBER_BYTES);
            case STREAM, MESSAGES, LOGIT_BIAS, OTHER -> {}
        }
    }

    /// Gemini shares no field but the model's with the other formats.
    private RequestField meaning(JsonWalker json) {
        RequestField found = RequestField.of(json.key());
        return google && found != RequestField.MODEL ? RequestField.OTHER : found;
    }

    private void nestedKey(JsonWalker json) {
        if (field == RequestField.STREAM_OPTIONS) {
            outline.streamOptionsEmpty = false;
            inIncludeUsage = json.key().is(INCLUDE_USAGE);
        } else if (field == RequestField.LOGIT_BIAS) {
            json.capture(NUMBER_BYTES);
        }
    }

    @Override
    public void open(JsonWalker json, boolean object) {
        if (google) {
            outline.generation.open(json, object);
        }
        if (json.depth() == TOP) {
            outline.insertAt = (int) json.tokenEnd();
        } else if (json.depth() == TOP + 1) {
            openField(json, object);
        } else if (checksMessages()) {
            check(json, messages.open(json.depth(), object));
        }
    }

    private void openField(JsonWalker json, boolean object) {
        switch (field) {
            case STREAM_OPTIONS -> {
                outline.streamOptionsStart = (int) json.tokenStart();
                inIncludeUsage = false;
                check(json, object ? null : field.refused("an array"));
            }
            case LOGIT_BIAS -> check(json, object || !limits.validate() ? null : field.refused("an array"));
            case MESSAGES -> {
                if (checksMessages()) {
                    check(json, object ? field.refused("an object") : messages.openArray());
                }
            }
            case MODEL, STREAM -> stop(json, field.refused(object ? "an object" : "an array"));
            case OTHER -> {}
            default -> check(json, limits.validate() ? field.refused(object ? "an object" : "an array") : null);
        }
    }

    @Override
    public void close(JsonWalker json, boolean object) {
        if (json.depth() == TOP + 1 && field == RequestField.STREAM_OPTIONS) {
            outline.streamOptionsEnd = (int) json.tokenEnd();
        } else if (json.depth() == MessageChecks.MEMBER_DEPTH && checksMessages()) {
            check(json, messages.closeElement());
        }
    }

    @Override
    public void scalar(JsonWalker json, Kind kind) {
        if (google) {
            nested.scalar(json, kind);
        }
        if (json.depth() == TOP) {
            topScalar(json, kind);
        } else if (json.depth() == TOP + 1) {
            nestedScalar(json, kind);
        } else if (json.depth() == MessageChecks.MEMBER_DEPTH && checksMessages()) {
            check(json, messages.scalar(kind));
        }
    }

    private boolean checksMessages() {
        return field == RequestField.MESSAGES && limits.validate() && operation == Operation.CHAT_COMPLETIONS;
    }

    private void topScalar(JsonWalker json, Kind kind) {
        switch (field) {
            case MODEL -> model(json, kind);
            case STREAM -> {
                outline.stream = kind == Kind.TRUE;
                check(json, kind == Kind.STRING || kind == Kind.NUMBER ? field.refused(kind) : null);
            }
            case STREAM_OPTIONS -> {
                outline.streamOptionsStart = (int) json.tokenStart();
                outline.streamOptionsEnd = (int) json.tokenEnd();
                check(json, kind == Kind.NULL ? null : field.refused(kind));
            }
            case USER -> outline.user = kind == Kind.STRING && !json.text().cut() ? json.text().toString() : null;
            case OTHER -> {}
            default -> number(json, kind);
        }
    }

    private void model(JsonWalker json, Kind kind) {
        if (kind != Kind.STRING) {
            stop(json, field.refused(kind));
            return;
        }
        outline.modelStart = (int) json.tokenStart();
        outline.modelEnd = (int) json.tokenEnd();
        GatewayError refused = modelName.judge(json.text());
        if (refused == null) {
            outline.model = modelName.read(json.text());
        }
        check(json, refused);
    }

    private void number(JsonWalker json, Kind kind) {
        JsonText text = json.text();
        long count = kind == Kind.NUMBER ? text.asCount() : -1;
        switch (field) {
            case MAX_TOKENS -> outline.maxTokens = count;
            case MAX_COMPLETION_TOKENS -> outline.maxCompletionTokens = count;
            case MAX_OUTPUT_TOKENS -> outline.maxOutputTokens = count;
            default -> {}
        }
        if (limits.validate()) {
            check(json, field.judge(kind, text, checksMessages()));
        }
    }

    private void nestedScalar(JsonWalker json, Kind kind) {
        if (field == RequestField.STREAM_OPTIONS && inIncludeUsage) {
            outline.includeUsage = kind == Kind.TRUE;
            outline.includeUsageStart = (int) json.tokenStart();
            outline.includeUsageEnd = (int) json.tokenEnd();
        } else if (field == RequestField.LOGIT_BIAS && limits.validate()) {
            check(json, RequestField.judgeBias(kind, json.text(), json.key()));
        } else if (checksMessages()) {
            stop(json, messages.notAnObject(kind));
        }
    }

    private void check(JsonWalker json, @Nullable GatewayError refused) {
        if (refused != null) {
            stop(json, refused);
        }
    }

    private void stop(JsonWalker json, GatewayError refused) {
        error = refused;
        json.stop();
    }

    private static GatewayError refuse(String message, @Nullable String param) {
        return GatewayError.of(ErrorCode.INVALID_REQUEST, message, param);
    }
}
