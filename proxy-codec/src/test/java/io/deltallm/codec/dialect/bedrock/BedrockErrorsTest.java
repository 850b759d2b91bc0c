package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BedrockErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "403, AccessDeniedException, You don't have access to the model, PROVIDER_FORBIDDEN",
        "403, AccessDeniedException, Authentication failed: Please make sure your API Key is valid., PROVIDER_UNAUTHORIZED",
        "403, ExpiredTokenException:http://internal.amazon.com/coral/, The token is expired, PROVIDER_UNAUTHORIZED",
        "403, UnrecognizedClientException, The token is invalid, PROVIDER_UNAUTHORIZED",
        "403, InvalidSignatureException, no match, PROVIDER_UNAUTHORIZED",
        "404, ResourceNotFoundException, no such thing, PROVIDER_MODEL_NOT_FOUND",
        "400, ValidationException:http://x, The provided model identifier is invalid., PROVIDER_MODEL_NOT_FOUND",
        "400, ValidationException, Input is too long for requested model, CONTEXT_LENGTH_EXCEEDED",
        "400, ValidationException, Input Tokens Exceeded: 5 > 4, CONTEXT_LENGTH_EXCEEDED",
        "400, ValidationException, Malformed input request, PROVIDER_REJECTED",
        "400, ValidationException, Invocation with on-demand throughput isn't supported, PROVIDER_MODEL_NOT_FOUND",
        "400, ServiceQuotaExceededException, no more, PROVIDER_QUOTA_EXHAUSTED",
        "408, ModelTimeoutException, too slow, UPSTREAM_TIMEOUT",
        "424, ModelErrorException, it broke, PROVIDER_FAILED",
        "429, ThrottlingException, Too many requests, PROVIDER_RATE_LIMITED",
        "429, ModelNotReadyException, wait, PROVIDER_OVERLOADED",
        "500, InternalServerException, oh, PROVIDER_FAILED",
        "503, ServiceUnavailableException, Model is getting throttled, PROVIDER_RATE_LIMITED",
        "503, ServiceUnavailableException, Bedrock is unable to process, PROVIDER_OVERLOADED",
        "418, WhateverException, teapot, PROVIDER_REJECTED",
    })
    void knowsTheKinds(int status, String kind, String message, ErrorCode code) {
        GatewayError error = BedrockErrors.read(status, header(kind), Frame.of("{\"message\":\"" + message + "\"}"));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    private static Fields header(String kind) {
        return name -> name.equals("x-amzn-errortype") ? kind : null;
    }

    @Test
    void findsKindAndMessageInTheBody() {
        GatewayError error = BedrockErrors.read(
                400, Fields.NONE, Frame.of("{\"__type\":\"com.amazon.coral#ThrottlingException\",\"Message\":\"slower\"}"));

        assertThat(error.code()).isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
        assertThat(error.message()).isEqualTo("slower");
    }

    @Test
    void takesAModelsErrorByItsOriginalStatus() {
        String body = "{\"message\":\"bad\",\"originalStatusCode\":400,\"resourceName\":\"m\"}";

        assertThat(BedrockErrors.read(424, header("ModelErrorException"), Frame.of(body)).code())
                .isEqualTo(ErrorCode.PROVIDER_REJECTED);
    }

    @Test
    void takesBodiesThatAreNoJson() {
        assertThat(BedrockErrors.read(503, Fields.NONE, Frame.of("<html>")).code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
        assertThat(BedrockErrors.read(502, Fields.NONE, Frame.of("")).message()).isEqualTo("The provider answered with status 502");
        assertThat(BedrockErrors.read(400, Fields.NONE, Frame.of("[1]")).code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
    }

    @Test
    void readsRecordedErrors() {
        List<Recording> errors = Recordings.of(List.of("bedrock")).stream()
                .filter(recording -> recording.status() >= 400)
                .toList();

        assertThat(errors).isNotEmpty();
        for (Recording recording : errors) {
            GatewayError error = BedrockErrors.read(
                    recording.status(),
                    name -> recording.response().path("headers").path(name).asText(null),
                    Frame.of(recording.body()));

            assertThat(recording.body()).as(recording.id()).contains(error.message());
            assertThat(error.code().status() / 100).as(recording.id()).isEqualTo(4);
        }
    }
}
