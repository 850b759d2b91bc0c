package io.deltallm.codec.dialect.replicate;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A prediction as Replicate describes it, whether it has ended or not. Borrows the bytes of `id`, `output` and `error`.
///
/// @param id a JSON string
/// @param getUrl where to ask how it goes on
/// @param streamUrl where its output can be followed; null where the model does not stream
/// @param cancelUrl where a POST ends it
/// @param output what it has made so far: for language models an array of strings, or a string
/// @param error what went wrong, any JSON
/// @param inputTokens -1 where it is not counted
/// @param outputTokens -1 where it is not counted
public record Prediction(
        @Nullable RawJson id,
        Status status,
        @Nullable String getUrl,
        @Nullable String streamUrl,
        @Nullable String cancelUrl,
        @Nullable RawJson output,
        @Nullable RawJson error,
        long inputTokens,
        long outputTokens) {

    /// Where it stands.
    public enum Status {
        /// Starting or processing: to be asked for again.
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED,
        /// The body is no prediction.
        UNKNOWN;

        private static Status of(@Nullable String word) {
            return switch (word) {
                case "starting", "processing", "queued" -> RUNNING;
                case "succeeded", "successful" -> SUCCEEDED;
                case "failed" -> FAILED;
                case "canceled", "aborted" -> CANCELED;
                case null, default -> UNKNOWN;
            };
        }
    }

    /// Below the provider's origin, where to ask how it goes on; null where it does not say.
    public @Nullable String getPath() {
        return PredictionUrls.path(getUrl);
    }

    /// Below the provider's origin, where a POST ends it; null where it does not say.
    public @Nullable String cancelPath() {
        return PredictionUrls.path(cancelUrl);
    }

    /// Where its output can be followed; null where it cannot, or at an address that is none of the provider's.
    ///
    /// @param base the provider's base URL
    public @Nullable URI streamUri(URI base) {
        return PredictionUrls.stream(streamUrl, base);
    }

    public boolean running() {
        return status == Status.RUNNING;
    }

    /// What it used; null where it is not counted, or not yet.
    public @Nullable Usage usage() {
        return inputTokens < 0 || outputTokens < 0
                ? null
                : Usage.of(inputTokens, outputTokens, inputTokens + outputTokens, 0, 0, false);
    }

    /// @throws io.deltallm.codec.json.JsonProblem if the body is no JSON object
    public static Prediction read(Frame body) {
        Reading reading = new Reading(new JsonCursor().over(body.raw()));
        reading.members();
        return reading.prediction();
    }

    private static final class Reading {
        private final JsonCursor cursor;
        private @Nullable RawJson id;
        private @Nullable String status;
        private @Nullable String getUrl;
        private @Nullable String streamUrl;
        private @Nullable String cancelUrl;
        private @Nullable RawJson output;
        private @Nullable RawJson error;
        private long inputTokens = -1;
        private long outputTokens = -1;

        Reading(JsonCursor cursor) {
            this.cursor = cursor;
        }

        void members() {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "id" -> id = cursor.rawStringOrNull();
                    case "status" -> status = cursor.isString() ? cursor.string() : null;
                    case "urls" -> urls();
                    case "output" -> output = cursor.raw();
                    case "error" -> error = cursor.raw();
                    case "metrics" -> metrics();
                    default -> {}
                }
            }
        }

        private void urls() {
            if (cursor.kind() != JsonKind.OBJECT) {
                return;
            }
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "get" -> getUrl = cursor.stringOrNull();
                    case "stream" -> streamUrl = cursor.stringOrNull();
                    case "cancel" -> cancelUrl = cursor.stringOrNull();
                    default -> {}
                }
            }
        }

        private void metrics() {
            if (cursor.kind() != JsonKind.OBJECT) {
                return;
            }
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "input_token_count" -> inputTokens = cursor.count();
                    case "output_token_count" -> outputTokens = cursor.count();
                    default -> {}
                }
            }
        }

        Prediction prediction() {
            return new Prediction(
                    id, Status.of(status), getUrl, streamUrl, cancelUrl, output, error, inputTokens, outputTokens);
        }
    }
}
