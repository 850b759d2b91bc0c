package io.deltallm.codec.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorBodyTest {
    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private static String text(ByteBuf body) {
        String text = body.toString(StandardCharsets.UTF_8);
        body.release();
        return text;
    }

    @Test
    void writesTheEnvelopeThatClientsKnow() {
        GatewayError error = GatewayError.of(ErrorCode.MODEL_NOT_FOUND, "model \"x\" is unknown", "model");

        assertThat(text(ErrorBody.write(error, 1_800_000_000L, buffers.alloc())))
                .isEqualTo("{\"error\":{\"message\":\"model \\\"x\\\" is unknown\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"model\",\"code\":\"model_not_found\"},\"timestamp\":1800000000}");
    }

    @Test
    void saysHowLongToWait() {
        GatewayError error = GatewayError.of(ErrorCode.RATE_LIMITED, "slow down").retryAfter(7);

        assertThat(text(ErrorBody.write(error, 1, buffers.alloc())))
                .isEqualTo("{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\",\"param\":null,"
                        + "\"code\":\"rate_limited\",\"retry_after\":7},\"timestamp\":1}");
    }

    @Test
    void escapesWhateverAMessageContains() throws JsonProcessingException {
        String message = "\u0000\u001f\b\f\n\r\t\"\\/ é 😀 \u2028";
        String event = text(ErrorBody.writeEvent(GatewayError.of(ErrorCode.INTERNAL, message), 1, buffers.alloc()));

        assertThat(event).startsWith("data: {").endsWith("}\n\n");
        assertThat(event.strip()).doesNotContain("\n");
        assertThat(new ObjectMapper().readTree(event.substring(6)).at("/error/message").asText()).isEqualTo(message);
    }
}
