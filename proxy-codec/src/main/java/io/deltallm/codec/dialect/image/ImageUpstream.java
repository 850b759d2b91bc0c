package io.deltallm.codec.dialect.image;

import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonOutput;

/// A format in which providers are asked for pictures. Stateless.
interface ImageUpstream extends ErrorReader {

    /// @param boundary for a form: not in any of its values
    void write(ImageRequest request, UpstreamCall call, String boundary, JsonOutput out);

    /// @param boundary the one that the body was written with
    default String contentType(String boundary) {
        return "application/json";
    }

    ImageReply read(Frame body);

    @Override
    default GatewayError readError(int status, Fields fields, Frame body) {
        return ProviderFailure.read(status, fields, body);
    }

    /// The provider's filter took the picture away.
    static Refused filtered(String why) {
        return new Refused(GatewayError.of(
                ErrorCode.CONTENT_FILTERED, why.isEmpty() ? "The provider's filter withheld the image" : why));
    }
}
