package io.deltallm.policy.model;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import org.jspecify.annotations.Nullable;

/// What came of a question about models.
public sealed interface Answer {

    /// @param json the body of a reply with status 200
    record Given(byte[] json) implements Answer {}

    record Refused(GatewayError error) implements Answer {}

    static Answer refused(String message, @Nullable String param) {
        return new Refused(GatewayError.of(ErrorCode.INVALID_REQUEST, message, param));
    }

    static Answer unknownModel(String model) {
        return new Refused(GatewayError.of(
                ErrorCode.MODEL_NOT_FOUND, "The model \"" + model + "\" does not exist here", "model"));
    }
}
