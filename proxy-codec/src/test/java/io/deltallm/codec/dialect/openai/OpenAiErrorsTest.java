package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpenAiErrorsTest {
    private final JsonOutput out = new JsonOutput();

    @Test
    void writesTheEnvelopeThatClientsKnow() {
        GatewayError error = GatewayError.of(ErrorCode.MODEL_NOT_FOUND, "model \"x\" is unknown", "model");

        new OpenAiErrors().writeError(error, "r", 1_800_000_000L, out);

        assertThat(out).hasToString("{\"error\":{\"message\":\"model \\\"x\\\" is unknown\",\"type\":\"invalid_request_error\","
                + "\"param\":\"model\",\"code\":\"model_not_found\"},\"timestamp\":1800000000}");
    }

    @Test
    void writesAnEventBehindOthers() {
        out.literal("data: {}\n\n");

        new OpenAiErrors().writeErrorEvent(GatewayError.of(ErrorCode.RATE_LIMITED, "slow").retryAfter(7), "r", 1, out);

        assertThat(out).hasToString("data: {}\n\ndata: {\"error\":{\"message\":\"slow\",\"type\":\"rate_limit_error\","
                + "\"param\":null,\"code\":\"rate_limited\",\"retry_after\":7},\"timestamp\":1}\n\n");
    }
}
