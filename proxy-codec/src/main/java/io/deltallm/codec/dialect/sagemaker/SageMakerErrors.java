package io.deltallm.codec.dialect.sagemaker;

import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.bedrock.BedrockErrors;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/// What SageMaker's errors mean, in replies of their own and within streams. Amazon's words are the same in all of its
/// services; SageMaker's own are those around what the model's container said. Stateless.
public final class SageMakerErrors {

    private SageMakerErrors() {}

    /// An error reply. A `ModelError` holds the container's own reply, which is what the client has to know.
    ///
    /// @param container who reads the container's errors
    static GatewayError read(ErrorReader container, int status, Fields fields, Frame body) {
        Body told = Body.read(body);
        if (told.originalStatus < 400 || told.originalStatus > 599) {
            return BedrockErrors.read(status, fields, body);
        }
        String original = told.originalMessage;
        return container.readError((int) told.originalStatus, fields, original == null ? body : Frame.of(original));
    }

    /// An exception or error within a stream.
    ///
    /// @param frame as [io.deltallm.codec.frame.AwsEventCutter] tells it
    public static GatewayError inStream(Frame frame) {
        Body told = Body.read(frame);
        String message = told.message;
        return switch (told.errorCode) {
            case "ModelInvocationTimeExceeded" -> GatewayError.of(
                    ErrorCode.UPSTREAM_TIMEOUT,
                    message == null ? "The model did not finish in the time that SageMaker gives it" : message);
            case "StreamBroken" -> GatewayError.of(
                    ErrorCode.UPSTREAM_CLOSED,
                    message == null ? "The model's container broke off its reply" : message);
            default -> BedrockErrors.inStream(frame.event(), frame);
        };
    }

    /// What an error's body says.
    private record Body(String errorCode, @Nullable String message, long originalStatus, @Nullable String originalMessage) {
        private static final Body NOTHING = new Body("", null, 0, null);

        static Body read(Frame frame) {
            try {
                return frame.isEmpty() ? NOTHING : read(new JsonCursor().over(frame.raw()));
            } catch (JsonProblem _) {
                return NOTHING;
            }
        }

        private static Body read(JsonCursor cursor) {
            String errorCode = "";
            String message = null;
            long originalStatus = 0;
            String originalMessage = null;
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "ErrorCode" -> errorCode = cursor.isString() ? cursor.string() : "";
                    case "Message", "message" -> message = cursor.isString() ? cursor.string() : null;
                    case "OriginalStatusCode" -> originalStatus = cursor.kind() == JsonKind.NUMBER ? cursor.longValue() : 0;
                    case "OriginalMessage" -> originalMessage = cursor.isString() ? cursor.string() : null;
                    default -> {}
                }
            }
            return new Body(errorCode, message, originalStatus, originalMessage);
        }
    }
}
