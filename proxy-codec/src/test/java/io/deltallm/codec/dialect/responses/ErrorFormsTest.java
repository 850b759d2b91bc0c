package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Errors to clients and from providers.
class ErrorFormsTest {

    @Test
    void writesOpenAisEnvelope() {
        JsonOutput out = new JsonOutput();
        GatewayError error = GatewayError.of(ErrorCode.RATE_LIMITED, "Too many", "rpm").retryAfter(3);

        Transcript.RESPONSES.writeError(error, "r1", 1_700_000_000, out);

        assertThat(Transcript.json(out.toString())).isEqualTo(Transcript.json(Transcript.quoted(
                "{'error':{'message':'Too many','type':'rate_limit_error','param':'rpm','code':'rate_limited','retry_after':3},"
                        + "'timestamp':1700000000}")));
    }

    @Test
    void writesAnErrorEventWithinAStream() {
        JsonOutput out = new JsonOutput();

        Transcript.RESPONSES.writeErrorEvent(GatewayError.of(ErrorCode.UPSTREAM_CLOSED, "gone"), "r1", 1, out);

        assertThat(out).hasToString("event: error\ndata: " + Transcript.quoted("{'type':'error','code':'upstream_closed',"
                + "'message':'gone','param':null,'sequence_number':0}") + "\n\n");
        OpenAiSchema.check("ResponseErrorEvent", Transcript.data(out.toString()).getFirst());
    }

    private static ErrorCode code(int status, String body) {
        return Transcript.RESPONSES.readError(status, Fields.NONE, Frame.of(Transcript.quoted(body))).code();
    }

    @Test
    void goesByTheCodeBeforeTheStatus() {
        assertThat(code(400, "{'error':{'code':'model_not_found'}}")).isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND);
        assertThat(code(429, "{'error':{'code':'insufficient_quota'}}")).isEqualTo(ErrorCode.PROVIDER_QUOTA_EXHAUSTED);
        assertThat(code(429, "{'error':{'code':'rate_limit_exceeded','type':'tokens'}}"))
                .isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
        assertThat(code(400, "{'error':{'code':'content_policy_violation'}}")).isEqualTo(ErrorCode.CONTENT_FILTERED);
        assertThat(code(400, "{'error':{'code':'invalid_prompt','message':'Your prompt was flagged'}}")).isEqualTo(ErrorCode.CONTENT_FILTERED);
        assertThat(code(400, "{'error':'Incorrect API key provided','code':'x'}")).isEqualTo(ErrorCode.PROVIDER_UNAUTHORIZED);
        assertThat(code(400, "{'error':{'message':'This model\\u0027s maximum context length is 5'}}"))
                .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
    }

    @Test
    void knowsTheWordsOfAllWhoHaveThisFormat() {
        assertThat(code(400, "{'code':'x','error':'This model\\u0027s maximum prompt length is 5'}"))
                .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(code(400, "{'error':{'message':'Your input exceeds the context window of this model.'}}"))
                .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(code(403, "{'code':'x','error':'Content violates usage guidelines.'}")).isEqualTo(ErrorCode.CONTENT_FILTERED);
    }

    @Test
    void tellsNoPageOfAProxy() {
        GatewayError error = Transcript.RESPONSES.readError(502, Fields.NONE, Frame.of("<html>nginx</html>"));

        assertThat(error.message()).isEqualTo("The provider answered with status 502.");
    }

    @Test
    void goesByTheStatusOtherwise() {
        assertThat(code(401, "")).isEqualTo(ErrorCode.PROVIDER_UNAUTHORIZED);
        assertThat(code(403, "{}")).isEqualTo(ErrorCode.PROVIDER_FORBIDDEN);
        assertThat(code(404, "{'detail':'x'}")).isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND);
        assertThat(code(418, "[]")).isEqualTo(ErrorCode.PROVIDER_REJECTED);
        assertThat(code(429, "<html>")).isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
        assertThat(code(500, "{'error':null}")).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(code(503, "{'error':{'code':503}}")).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
    }

    @Test
    void readsHowLongToWait() {
        assertThat(retryAfter("retry-after", "7")).isEqualTo(7);
        assertThat(retryAfter("retry-after-ms", "1200")).isEqualTo(2);
        assertThat(retryAfter("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")).isZero();
    }

    private static long retryAfter(String name, String value) {
        return Transcript.RESPONSES.readError(429, Map.of(name, value)::get, Frame.of("{}")).retryAfterSeconds();
    }

    @Test
    void readsRecordedErrors() {
        List<Recording> errors = Recordings.of(List.of("openai", "deepseek")).stream()
                .filter(recording -> recording.api().endsWith(".responses") && recording.status() >= 400)
                .toList();

        assertThat(errors).hasSizeGreaterThan(5).allSatisfy(recording -> {
            GatewayError error = Transcript.RESPONSES.readError(recording.status(), Fields.NONE, Frame.of(recording.body()));
            var body = Transcript.json(recording.body()).path("error");
            assertThat(error.message()).isEqualTo(body.path("message").asText());
            assertThat(error.param()).isEqualTo(body.path("param").isNull() ? null : body.path("param").asText());
            assertThat(error.code()).isEqualTo(switch (body.path("code").asText()) {
                case "model_not_found" -> ErrorCode.PROVIDER_MODEL_NOT_FOUND;
                case "context_length_exceeded" -> ErrorCode.CONTEXT_LENGTH_EXCEEDED;
                default -> ErrorCode.PROVIDER_REJECTED;
            });
        });
    }
}
