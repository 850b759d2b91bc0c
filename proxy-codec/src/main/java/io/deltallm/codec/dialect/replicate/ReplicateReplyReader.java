package io.deltallm.codec.dialect.replicate;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads a prediction that has ended. Confined to one attempt.
final class ReplicateReplyReader implements ReplyReader {

    @Override
    public void read(Frame frame, ChatSink sink) {
        Prediction prediction = Prediction.read(frame);
        switch (prediction.status()) {
            case SUCCEEDED -> succeeded(prediction, sink);
            case RUNNING ->
                failed(ErrorCode.UPSTREAM_TIMEOUT, "The prediction did not end in the time that there was for it", sink);
            case CANCELED -> failed(ErrorCode.PROVIDER_FAILED, "The prediction was canceled", sink);
            case FAILED -> failed(ErrorCode.PROVIDER_FAILED, error(prediction.error()), sink);
            case UNKNOWN -> sink.accept(ProviderFailure.inside(500, frame));
        }
    }

    /// A plain reply is one frame.
    @Override
    public void end(ChatSink sink) {}

    private static void succeeded(Prediction prediction, ChatSink sink) {
        sink.accept(new ChatEvent.Started(prediction.id(), null));
        output(prediction.output(), sink);
        Usage usage = prediction.usage();
        if (usage != null) {
            sink.accept(new ChatEvent.Used(usage));
        }
        sink.accept(new ChatEvent.Stopped(0, FinishReason.STOP, null));
    }

    private static void output(@Nullable RawJson output, ChatSink sink) {
        if (output == null || output.isNull()) {
            return;
        }
        if (output.isString()) {
            text(output, sink);
            return;
        }
        JsonCursor cursor = new JsonCursor().over(output);
        cursor.array();
        while (cursor.element()) {
            text(cursor.rawString(), sink);
        }
    }

    private static void text(RawJson text, ChatSink sink) {
        if (!text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
    }

    private static String error(@Nullable RawJson error) {
        if (error == null || error.isNull()) {
            return "The prediction failed";
        }
        return error.isString() ? error.text() : error.json();
    }

    private static void failed(ErrorCode code, String message, ChatSink sink) {
        sink.accept(new ChatEvent.Failed(GatewayError.of(code, message)));
    }
}
