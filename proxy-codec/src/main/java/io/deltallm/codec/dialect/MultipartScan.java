package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonText;
import io.deltallm.codec.json.Swar;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The scan of a `multipart/form-data` body (RFC 7578; boundaries by RFC 2046, section 5.1.1): finds the fields
/// `model`, `stream` and `user` and lets files pass. Memory is bounded by the limits, whatever the body's size.
///
/// A delimiter is CR LF, two dashes and the boundary. Since CR can only be its first byte, a search that fails part-way
/// can only begin again at the very byte it failed at: no table of prefixes is needed.
///
/// Confined to one connection.
final class MultipartScan {

    /// What the next byte belongs to.
    private enum State {
        /// What comes before the first delimiter; ignored.
        PREAMBLE,
        /// The rest of a delimiter's line.
        DELIMITER_LINE,
        /// The part's headers.
        HEADERS,
        /// The part's content.
        CONTENT,
        /// What follows the closing delimiter; ignored.
        EPILOGUE,
        /// Nothing: the body is refused.
        BROKEN
    }

    private static final int USER_BYTES = 512;
    private static final int STREAM_BYTES = 8;

    private final ScanLimits limits;
    private final RequestOutline outline;
    private final ModelName modelName;
    private final PartHeaders headers;
    private final JsonText value = new JsonText(64);

    private Operation operation = Operation.AUDIO_TRANSCRIPTIONS;
    private State state = State.PREAMBLE;
    private byte[] delimiter = {};
    private int matched;
    private int dashes;
    private boolean afterReturn;
    private boolean keeping;
    private long offset;
    private int valueStart;
    private @Nullable GatewayError error;

    MultipartScan(ScanLimits limits, RequestOutline outline, ModelName modelName) {
        this.limits = limits;
        this.outline = outline;
        this.modelName = modelName;
        this.headers = new PartHeaders(limits.maxPartHeaderBytes());
    }

    void begin(Operation newOperation, String boundary) {
        operation = newOperation;
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        state = State.PREAMBLE;
        // The first delimiter may stand at the very beginning, without a line before it.
        matched = 2;
        keeping = false;
        offset = 0;
        error = null;
    }

    void feed(byte[] bytes, int from, int to) {
        long base = offset - from;
        int at = from;
        while (at < to && state != State.EPILOGUE && state != State.BROKEN) {
            offset = base + at;
            at = switch (state) {
                case PREAMBLE, CONTENT -> content(bytes, at, to, base);
                case DELIMITER_LINE -> delimiterLine(bytes[at], at);
                case HEADERS -> header(bytes[at], at);
                case EPILOGUE, BROKEN -> to;
            };
        }
        offset = base + to;
    }

    private int content(byte[] bytes, int from, int to, long base) {
        int at = from;
        while (at < to) {
            if (matched == 0) {
                int stop = Swar.indexOf(bytes, at, to, '\r');
                keep(bytes, at, stop);
                if (stop == to) {
                    return to;
                }
                at = stop;
            }
            if (bytes[at] != delimiter[matched]) {
                keepMatched();
                continue;
            }
            at++;
            if (++matched == delimiter.length) {
                endContent((int) (base + at) - delimiter.length);
                return at;
            }
        }
        return to;
    }

    private void keep(byte[] bytes, int from, int to) {
        if (keeping) {
            value.append(bytes, from, to);
        }
    }

    private void keepMatched() {
        for (int i = 0; i < matched && keeping; i++) {
            value.append(delimiter[i]);
        }
        matched = 0;
    }

    private void endContent(int end) {
        if (state == State.PREAMBLE) {
            outline.insertAt = end + 2;
        } else if (keeping) {
            take(end);
        }
        keeping = false;
        matched = 0;
        dashes = 0;
        afterReturn = false;
        if (state != State.BROKEN) {
            state = State.DELIMITER_LINE;
        }
    }

    private void take(int end) {
        switch (headers.name()) {
            case "model" -> takeModel(end);
            case "stream" -> outline.stream = value.toString().equalsIgnoreCase("true");
            default -> outline.user = value.cut() ? null : value.toString();
        }
    }

    private void takeModel(int end) {
        GatewayError refused = outline.modelStart >= 0
                ? ModelName.refuse("model is given twice (expected: once)")
                : modelName.judge(value);
        if (refused != null) {
            stop(refused);
            return;
        }
        outline.model = modelName.read(value);
        outline.modelStart = valueStart;
        outline.modelEnd = end;
    }

    private int delimiterLine(byte value, int at) {
        if (value == '-' && !afterReturn && ++dashes == 2) {
            state = State.EPILOGUE;
        } else if (value == '\r' && dashes == 0 && !afterReturn) {
            afterReturn = true;
        } else if (value == '\n' && afterReturn) {
            headers.begin();
            state = State.HEADERS;
        } else if (value != '-' && value != ' ' && value != '\t') {
            stop(refuse("a boundary line of the multipart body has something after the boundary"));
        }
        return at + 1;
    }

    private int header(byte value, int at) {
        switch (headers.accept(value)) {
            case WITHIN -> {}
            case ENDED -> beginContent();
            case TOO_LARGE -> stop(refuse("the headers of a multipart part are larger than "
                    + limits.maxPartHeaderBytes() + " bytes"));
            case MALFORMED -> stop(refuse("a header line of a multipart part does not end with CR LF"));
        }
        return at + 1;
    }

    private void beginContent() {
        state = State.CONTENT;
        valueStart = (int) offset + 1;
        int limit = switch (headers.name()) {
            case "model" -> limits.maxModelLength();
            case "stream" -> STREAM_BYTES;
            case "user" -> USER_BYTES;
            default -> 0;
        };
        keeping = limit > 0;
        if (keeping) {
            value.begin(limit);
        }
    }

    @Nullable GatewayError end() {
        if (error != null) {
            return error;
        }
        if (state != State.EPILOGUE) {
            return refuse("the multipart body ends before its closing boundary");
        }
        if (outline.model() == null && !RequestField.modelIsOptional(operation)) {
            return ModelName.refuse("model is required (expected: the name of a model)");
        }
        return null;
    }

    private void stop(GatewayError refused) {
        error = refused;
        state = State.BROKEN;
    }

    private static GatewayError refuse(String message) {
        return GatewayError.of(ErrorCode.INVALID_REQUEST, message);
    }
}
