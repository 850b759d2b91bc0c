package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class OpenAiErrorReaderTest {
    private final OpenAiErrorReader reader = new OpenAiErrorReader();

    private GatewayError read(int status, String body) {
        return reader.readError(status, Fields.NONE, Frame.of(body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "401|{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}|PROVIDER_UNAUTHORIZED",
        "400|{\"code\":\"Client specified an invalid argument\",\"error\":\"Incorrect API key provided: xa***ey\"}|PROVIDER_UNAUTHORIZED",
        "401|{\"detail\":\"Invalid API Key\"}|PROVIDER_UNAUTHORIZED",
        "403|{\"error\":{\"message\":\"You are not allowed to sample from this model\"}}|PROVIDER_FORBIDDEN",
        "403|{\"code\":\"x\",\"error\":\"Content violates usage guidelines.\"}|CONTENT_FILTERED",
        "404|{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"does not exist\"}}|PROVIDER_MODEL_NOT_FOUND",
        "400|{\"error\":{\"code\":\"model_decommissioned\",\"message\":\"gone\"}}|PROVIDER_MODEL_NOT_FOUND",
        "400|{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"too long\"}}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"object\":\"error\",\"message\":\"This model's maximum context length is 10 tokens\",\"type\":\"BadRequestError\",\"code\":400}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"error\":{\"code\":\"content_filter\",\"param\":\"prompt\",\"status\":400,\"message\":\"filtered\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}|CONTENT_FILTERED",
        "429|{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"You exceeded your current quota\"}}|PROVIDER_QUOTA_EXHAUSTED",
        "402|{\"error\":{\"message\":\"Insufficient Balance\"}}|PROVIDER_QUOTA_EXHAUSTED",
        "429|{\"error\":{\"code\":\"RateLimitReached\",\"message\":\"slow\"}}|PROVIDER_RATE_LIMITED",
        "422|{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"Extra inputs are not permitted\",\"type\":\"extra_forbidden\"}]}|PROVIDER_REJECTED",
        "400|{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size\",\"type\":\"exceed_context_size_error\"}}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"code\":\"x\",\"error\":\"This model's maximum prompt length is 10 but the request contains 20 tokens.\"}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"error\":{\"code\":\"invalid_prompt\",\"message\":\"Invalid prompt: your prompt was flagged\"}}|CONTENT_FILTERED",
        "403|{\"error\":{\"code\":403,\"message\":\"Your chosen model requires moderation and your input was flagged\"}}|CONTENT_FILTERED",
        "400|{\"error\":{\"code\":\"1301\",\"message\":\"System detected potentially unsafe or sensitive content\"}}|CONTENT_FILTERED",
        "400|{\"result\":null,\"success\":false,\"errors\":[{\"code\":5007,\"message\":\"No such model @cf/x\"}]}|PROVIDER_MODEL_NOT_FOUND",
        "400|{\"error\":{\"code\":\"model_not_supported\",\"message\":\"not supported by any provider\"}}|PROVIDER_MODEL_NOT_FOUND",
        "429|{\"code\":\"x\",\"error\":\"Your team has used all available credits\"}|PROVIDER_QUOTA_EXHAUSTED",
        "400|{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your request exceeded model token limit: 8\"}}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"error\":{\"code\":\"invalid_parameter_error\",\"message\":\"Range of input length should be [1, 8]\"}}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"object\":\"error\",\"message\":\"The input (9 tokens) is longer than the model's context length (8 tokens).\"}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"error\":\"The number of tokens to keep is greater than the context length (8).\"}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"error\":{\"code\":\"1261\",\"message\":\"Prompt exceeds max length\"}}|CONTEXT_LENGTH_EXCEEDED",
        "400|{\"error\":{\"code\":\"data_inspection_failed\",\"message\":\"Input data may contain such\"}}|CONTENT_FILTERED",
        "400|{\"error\":{\"message\":\"Content Exists Risk\",\"code\":\"invalid_request_error\"}}|CONTENT_FILTERED",
        "400|{\"error\":{\"message\":\"Model Not Exist\",\"code\":\"invalid_request_error\"}}|PROVIDER_MODEL_NOT_FOUND",
        "400|{\"detail\":\"Model x is not supported. Supported models are ['y'].\"}|PROVIDER_MODEL_NOT_FOUND",
        "400|[{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\"}}]|PROVIDER_UNAUTHORIZED",
        "400|{\"error\":{\"code\":\"Arrearage\",\"message\":\"Access denied\"}}|PROVIDER_QUOTA_EXHAUSTED",
        "429|{\"error\":{\"code\":\"billing_not_active\",\"message\":\"Your account is not active\"}}|PROVIDER_QUOTA_EXHAUSTED",
        "429|[{\"error\":{\"message\":\"You exceeded your current quota.\\nPlease retry in 36.4s.\"}}]|PROVIDER_RATE_LIMITED",
        "413|{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Request too large on tokens per minute\"}}|PROVIDER_RATE_LIMITED",
        "413|{\"error\":{\"message\":\"too big\"}}|PROVIDER_TOO_LARGE",
        "500|{\"error\":{\"message\":\"oops\",\"type\":\"server_error\"}}|PROVIDER_FAILED",
        "503|{\"error\":{\"message\":\"overloaded\"}}|PROVIDER_OVERLOADED",
        "502|<html>Bad Gateway</html>|UPSTREAM_UNREACHABLE",
        "504|<html>Gateway Timeout</html>|UPSTREAM_TIMEOUT",
    })
    void knowsTheKindOfFailure(int status, String body, ErrorCode code) {
        assertThat(read(status, body).code()).isEqualTo(code);
    }

    @Test
    void keepsTheProvidersWordsAndTheFieldAtFault() {
        GatewayError error = read(400, "{\"error\":{\"message\":\"Invalid 'n'.\",\"param\":\"n\",\"code\":null}}");

        assertThat(error.message()).isEqualTo("Invalid 'n'.");
        assertThat(error.param()).isEqualTo("n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Limit 10, Used 9. Please try again in 1.2s. Visit|2",
        "Please try again in 2m59.56s.|180",
        "Please try again in 86ms.|1",
        "Please retry in 36.46s.|37",
        "Please retry after 20 seconds.|20",
        "Please try again in 1h2m.|3720",
        "Please try again in 5 minutes.|300",
        "Please try again in a while.|0",
        "Please try again in|0",
        "Too many requests.|0",
    })
    void readsHowLongToWaitFromItsWords(String message, long seconds) {
        GatewayError error = read(429, "{\"error\":{\"message\":\"" + message + "\"}}");

        assertThat(error.retryAfterSeconds()).isEqualTo(seconds);
    }

    @Test
    void goesByTheHeaderBeforeTheWords() {
        Frame body = Frame.of("{\"error\":{\"message\":\"Please try again in 20s.\"}}");

        assertThat(reader.readError(429, Map.of("retry-after", "7")::get, body).retryAfterSeconds()).isEqualTo(7);
    }

    @Test
    void measuresADateFromTheReplysOwn() {
        Map<String, String> fields =
                Map.of("retry-after", "Wed, 21 Oct 2026 07:28:30 GMT", "date", "Wed, 21 Oct 2026 07:28:00 GMT");
        Map<String, String> past = Map.of("retry-after", "Wed, 21 Oct 2026 07:27:00 GMT", "date", fields.get("date"));
        Map<String, String> odd = Map.of("retry-after", "soon", "date", fields.get("date"));

        assertThat(reader.readError(429, fields::get, Frame.of("{}")).retryAfterSeconds()).isEqualTo(30);
        assertThat(reader.readError(429, past::get, Frame.of("{}")).retryAfterSeconds()).isZero();
        assertThat(reader.readError(429, odd::get, Frame.of("{}")).retryAfterSeconds()).isZero();
    }

    @Test
    void saysTheStatusWhereTheBodySaysNothing() {
        for (String body : new String[] {"", "  ", "<html>x</html>", "{}", "{\"error\":", "[[[["}) {
            assertThat(read(500, body).message()).isEqualTo("The provider answered with status 500.");
        }
    }

    @Test
    void readsListsPlainTextsAndBrokenJson() {
        assertThat(read(400, "[{\"error\":{\"code\":400,\"message\":\"in a list\"}}]").message()).isEqualTo("in a list");
        assertThat(read(500, "no healthy upstream").message()).isEqualTo("no healthy upstream");
        assertThat(read(422, "{\"detail\":[{\"loc\":[\"body\",0],\"msg\":\"one\"},{\"msg\":\"two\"}]}").message()).isEqualTo("one");
        assertThat(read(500, "{\"error\":{\"message\":\"cut off\",\"ty").message()).isEqualTo("cut off");
    }

    @Test
    void unpacksThePartnersErrorFromARoutersOne() {
        String body = "{\"error\":{\"code\":403,\"message\":\"Provider returned error\",\"metadata\":{\"raw\":"
                + "\"{\\\"code\\\":\\\"denied\\\",\\\"error\\\":\\\"Content violates usage guidelines. Team: "
                + "01234567-89ab-cdef-0123-456789abcdef, Failed check: X\\\"}\"}},\"user_id\":\"user_1\"}";

        GatewayError error = read(403, body);

        assertThat(error.code()).isEqualTo(ErrorCode.CONTENT_FILTERED);
        assertThat(error.message()).isEqualTo("Content violates usage guidelines. Team: 01234567-89ab-cdef-0123-456789abcdef, Failed check: X");
    }

    @Test
    void saysHowLongToWait() {
        assertThat(wait(Map.of("retry-after", "7"))).isEqualTo(7);
        assertThat(wait(Map.of("retry-after", "1", "retry-after-ms", "2500"))).isEqualTo(3);
        assertThat(wait(Map.of("retry-after", "1", "retry-after-ms", "0"))).isEqualTo(1);
        assertThat(wait(Map.of("retry-after", "0.2"))).isEqualTo(1);
        assertThat(wait(Map.of("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"))).isZero();
        assertThat(wait(Map.of("retry-after", "1.2.3"))).isZero();
        assertThat(wait(Map.of())).isZero();
    }

    private long wait(Map<String, String> fields) {
        return reader.readError(429, fields::get, Frame.of("{}")).retryAfterSeconds();
    }

    static Stream<Recording> refused() {
        return RecordedChats.refused();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void readsEveryRecordedError(Recording recording) {
        GatewayError error = read(recording.status(), recording.body());

        assertThat(error.message()).isNotBlank().doesNotStartWith("The provider answered").doesNotContain("{");
        assertThat(error.code()).isNotEqualTo(ErrorCode.PROVIDER_FAILED);
        if (recording.status() == 401 || recording.status() == 429) {
            assertThat(error.code().status()).isEqualTo(recording.status());
        }
    }
}
