package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicErrorsTest {

    private static GatewayError read(int status, String body) {
        return new Messages().readError(status, Fields.NONE, Frame.of(body.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, messages: bad, PROVIDER_REJECTED",
        "400, invalid_request_error, prompt is too long: 9 tokens > 8 maximum, CONTEXT_LENGTH_EXCEEDED",
        "400, invalid_request_error, Your credit balance is too low, PROVIDER_QUOTA_EXHAUSTED",
        "400, invalid_request_error, Output blocked by content filtering policy, CONTENT_FILTERED",
        "400, invalid_request_error, You have reached your specified API usage limits., PROVIDER_QUOTA_EXHAUSTED",
        "400, invalid_request_error, This organization has been disabled., PROVIDER_FORBIDDEN",
        "400, invalid_request_error, Your request exceeded model token limit: 8, CONTEXT_LENGTH_EXCEEDED",
        "401, authentication_error, invalid x-api-key, PROVIDER_UNAUTHORIZED",
        "402, billing_error, pay, PROVIDER_QUOTA_EXHAUSTED",
        "403, permission_error, no, PROVIDER_FORBIDDEN",
        "404, not_found_error, model: x, PROVIDER_MODEL_NOT_FOUND",
        "404, not_found_error, File not found, PROVIDER_REJECTED",
        "413, request_too_large, big, PROVIDER_TOO_LARGE",
        "429, rate_limit_error, slow, PROVIDER_RATE_LIMITED",
        "500, api_error, Internal, PROVIDER_FAILED",
        "504, timeout_error, late, UPSTREAM_TIMEOUT",
        "529, overloaded_error, Overloaded, PROVIDER_OVERLOADED",
        "529, other, Overloaded, PROVIDER_OVERLOADED",
        "418, other, odd, PROVIDER_REJECTED",
    })
    void readsWhatKindOfErrorItIs(int status, String type, String message, ErrorCode expected) {
        GatewayError error = read(
                status, "{'type':'error','error':{'type':'" + type + "','message':'" + message + "'},'request_id':'r'}");

        assertThat(error.code()).isEqualTo(expected);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void tellsALimitOfMoneyFromOneOfSpeed() {
        GatewayError error = read(429, "{'type':'error','error':{'type':'rate_limit_error','message':'m','details':"
                + "{'error_code':'enforced_spend_limit_reached'}}}");

        assertThat(error.code()).isEqualTo(ErrorCode.PROVIDER_QUOTA_EXHAUSTED);
    }

    @Test
    void readsHowLongToWait() {
        Fields fields = name -> name.equals("retry-after") ? "17" : null;
        Fields date = name -> name.equals("retry-after") ? "Wed, 21 Oct 2026 07:28:00 GMT" : null;

        assertThat(new Messages().readError(429, fields, Frame.of("")).retryAfterSeconds()).isEqualTo(17);
        assertThat(new Messages().readError(429, date, Frame.of("")).retryAfterSeconds()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>Bad gateway</html>",
                "''",
                "[]",
                "{}",
                "{\"error\":5}",
                "{\"error\":{\"message\":[}",
                "null",
            })
    void readsAnythingAsAnError(String body) {
        GatewayError error = read(502, body);

        assertThat(error.code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(error.message()).isEqualTo("The provider answered with status 502");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | no healthy upstream | PROVIDER_OVERLOADED | no healthy upstream",
                "401 | {\"detail\":\"Who are you?\"} | PROVIDER_UNAUTHORIZED | Who are you?",
                "400 | {\"error\":\"prompt is too long\"} | CONTEXT_LENGTH_EXCEEDED | prompt is too long",
            })
    void tellsTheWordsOfWhoeverAnswersInstead(int status, String body, ErrorCode code, String message) {
        assertThat(read(status, body)).isEqualTo(GatewayError.of(code, message));
    }

    @Test
    void readsTheErrorsOfVertexAndBedrock() {
        GatewayError vertex = read(429, "[{'error':{'code':429,'message':'Quota','status':'RESOURCE_EXHAUSTED'}}]");
        GatewayError bedrock = new Messages()
                .readError(
                        400,
                        name -> name.equals("x-amzn-errortype") ? "ThrottlingException:http://a" : null,
                        Frame.of("{\"message\":\"Too many requests\"}"));

        assertThat(vertex.code()).isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
        assertThat(vertex.message()).isEqualTo("Quota");
        assertThat(bedrock.code()).isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
        assertThat(bedrock.message()).isEqualTo("Too many requests");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, invalid_request_error",
        "UNAUTHORIZED, authentication_error",
        "MODEL_NOT_ALLOWED, permission_error",
        "MODEL_NOT_FOUND, not_found_error",
        "BODY_TOO_LARGE, request_too_large",
        "RATE_LIMITED, rate_limit_error",
        "INTERNAL, api_error",
        "OPERATION_NOT_SUPPORTED, invalid_request_error",
        "UPSTREAM_CLOSED, api_error",
        "PROVIDER_OVERLOADED, overloaded_error",
        "UPSTREAM_TIMEOUT, timeout_error",
    })
    void writesTheEnvelopeThatAnthropicsClientsRead(ErrorCode code, String type) {
        JsonOutput body = new JsonOutput();
        JsonOutput event = new JsonOutput();
        GatewayError error = GatewayError.of(code, "No \"x\"");
        String expected = "{\"type\":\"error\",\"error\":{\"type\":\"" + type
                + "\",\"message\":\"No \\\"x\\\"\"},\"request_id\":\"r1\"}";

        new Messages().writeError(error, "r1", 0, body);
        new Messages().writeErrorEvent(error, "r1", 0, event);

        assertThat(body).hasToString(expected);
        assertThat(event).hasToString("event: error\ndata: " + expected + "\n\n");
    }
}
