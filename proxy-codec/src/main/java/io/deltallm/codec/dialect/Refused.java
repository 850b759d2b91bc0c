package io.deltallm.codec.dialect;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/// A request or reply that a dialect cannot carry over. Thrown without a stack trace, from deep within a reader or writer
/// to the one place that answers: it tells about the input, not about the code.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient GatewayError error;

    public Refused(GatewayError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /// The client's request is at fault.
    public static Refused request(String message, @Nullable String param) {
        return new Refused(GatewayError.of(ErrorCode.INVALID_REQUEST, message, param));
    }

    public GatewayError error() {
        return error;
    }

    /// The client's body is not what its format has.
    public static Refused body(JsonProblem problem) {
        String where = problem.path();
        return where.isEmpty()
                ? request("The body " + problem.problem(), null)
                : request(where + " " + problem.problem(), where);
    }
}
