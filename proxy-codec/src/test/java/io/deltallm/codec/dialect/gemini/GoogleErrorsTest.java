package io.deltallm.codec.dialect.gemini;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.deltallm.codec.dialect.gemini.Gemini.DIALECT;
import static io.deltallm.codec.dialect.gemini.Gemini.json;
import static io.deltallm.codec.dialect.gemini.Gemini.quoted;
import static org.assertj.core.api.Assertions.assertThat;

class GoogleErrorsTest {

    private static GatewayError read(int status, String body) {
        return DIALECT.readError(status, Fields.NONE, Frame.of(quoted(body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | INVALID_ARGUMENT | Bad field | PROVIDER_REJECTED",
                "400 | INVALID_ARGUMENT | The input token count (9) exceeds the maximum number of tokens allowed (8). | "
                        + "CONTEXT_LENGTH_EXCEEDED",
                "400 | INVALID_ARGUMENT | The input token count is 9 but model only supports up to 8. | CONTEXT_LENGTH_EXCEEDED",
                "429 | RESOURCE_EXHAUSTED | Your prepayment credits are depleted. | PROVIDER_QUOTA_EXHAUSTED",
                "400 | INVALID_ARGUMENT | API key not valid. Please pass a valid API key. | PROVIDER_UNAUTHORIZED",
                "400 | FAILED_PRECONDITION | User location is not supported for the API use. | PROVIDER_FORBIDDEN",
                "401 | UNAUTHENTICATED | x | PROVIDER_UNAUTHORIZED",
                "403 | PERMISSION_DENIED | x | PROVIDER_FORBIDDEN",
                "403 | PERMISSION_DENIED | Your API key was reported as leaked. | PROVIDER_UNAUTHORIZED",
                "404 | NOT_FOUND | x | PROVIDER_MODEL_NOT_FOUND",
                "429 | RESOURCE_EXHAUSTED | x | PROVIDER_RATE_LIMITED",
                "499 | CANCELLED | x | PROVIDER_FAILED",
                "500 | INTERNAL | x | PROVIDER_FAILED",
                "503 | UNAVAILABLE | The model is overloaded. | PROVIDER_OVERLOADED",
                "504 | DEADLINE_EXCEEDED | x | UPSTREAM_TIMEOUT"
            })
    void knowsGooglesErrors(int status, String name, String message, ErrorCode code) {
        String body = "{'error':{'code':" + status + ",'message':'" + message + "','status':'" + name + "'}}";

        assertThat(read(status, body)).isEqualTo(GatewayError.of(code, message));
        assertThat(read(status, "[" + body + "]")).isEqualTo(GatewayError.of(code, message));
        assertThat(GoogleErrors.read(200, Fields.NONE, Frame.of(quoted(body))).code()).isEqualTo(code);
    }

    @Test
    void tellsADailyQuotaFromARateAndHowLongToWait() {
        String body =
                """
                {'error':{'code':429,'message':'m','details':[{'@type':'x/google.rpc.QuotaFailure',
                 'violations':[{'quotaId':'RequestsPerDayPerModel'}]},{'retryDelay':'48.2s'},'odd',{'violations':[]}]}}""";

        GatewayError error = read(429, body);

        assertThat(error.code()).isEqualTo(ErrorCode.PROVIDER_QUOTA_EXHAUSTED);
        assertThat(error.retryAfterSeconds()).isEqualTo(49);
    }

    @Test
    void tellsTheWordsOfWhoeverAnswersInstead() {
        assertThat(read(503, "no healthy upstream"))
                .isEqualTo(GatewayError.of(ErrorCode.PROVIDER_OVERLOADED, "no healthy upstream"));
    }

    @Test
    void takesTheWaitFromTheHeaderWhereTheBodySaysNothing() {
        Map<String, String> fields = Map.of("retry-after", "7");

        GatewayError error = DIALECT.readError(429, fields::get, Frame.of("{}"));

        assertThat(error.retryAfterSeconds()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"<html>", "``", "[]", "{'error':'text'}", "{'error':{'code':", "7"})
    void takesAnythingForAnErrorsBody(String body) {
        GatewayError error = read(502, body);

        assertThat(error.code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(error.message()).isNotBlank();
    }

    @Test
    void knowsTheRecordedErrors() {
        List<Recording> recorded = Recordings.of(List.of("gemini", "vertex")).stream()
                .filter(recording -> recording.status() >= 400 && recording.api().contains("enerateContent"))
                .toList();

        assertThat(recorded).hasSizeGreaterThan(4).allSatisfy(recording -> {
            GatewayError error = DIALECT.readError(recording.status(), Fields.NONE, Frame.of(recording.body()));
            String message = json(recording.body()).path("error").path("message").asText();
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.code()).isEqualTo(expected(recording.status(), message));
            assertThat(error.retryAfterSeconds()).isEqualTo(recording.status() == 429 ? 48 : 0);
        });
    }

    private static ErrorCode expected(int status, String message) {
        if (status == 400) {
            return message.startsWith("API key")
                    ? ErrorCode.PROVIDER_UNAUTHORIZED
                    : message.contains("token count") ? ErrorCode.CONTEXT_LENGTH_EXCEEDED : ErrorCode.PROVIDER_REJECTED;
        }
        return status == 429 ? ErrorCode.PROVIDER_RATE_LIMITED : ErrorCode.PROVIDER_MODEL_NOT_FOUND;
    }

    @Test
    void writesErrorsAsGoogleDoes() {
        JsonOutput out = new JsonOutput();

        DIALECT.writeError(GatewayError.of(ErrorCode.RATE_LIMITED, "Slow \"down\"").retryAfter(3), "id", 0, out);

        assertThat(json(out.toString()))
                .isEqualTo(json(quoted(
                        """
                        {'error':{'code':429,'message':'Slow \\'down\\'','status':'RESOURCE_EXHAUSTED','details':[
                         {'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'3s'}]}}""")));
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST,400,INVALID_ARGUMENT", "UNAUTHORIZED,401,UNAUTHENTICATED", "KEY_BLOCKED,403,PERMISSION_DENIED",
        "MODEL_NOT_FOUND,404,NOT_FOUND", "BODY_TOO_LARGE,413,INVALID_ARGUMENT", "INTERNAL,500,INTERNAL",
        "UPSTREAM_UNREACHABLE,502,UNAVAILABLE", "UPSTREAM_TIMEOUT,504,DEADLINE_EXCEEDED"
    })
    void namesEachStatus(ErrorCode code, int status, String name) {
        JsonOutput out = new JsonOutput();

        DIALECT.writeError(GatewayError.of(code, "m"), "id", 0, out);

        assertThat(out.toString())
                .isEqualTo(quoted("{'error':{'code':" + status + ",'message':'m','status':'" + name + "'}}"));
    }

    @Test
    void endsABegunStreamInItsOwnForm() {
        GatewayError error = GatewayError.of(ErrorCode.INTERNAL, "m");
        JsonOutput events = new JsonOutput();
        JsonOutput array = new JsonOutput();

        DIALECT.writeErrorEvent(error, "id", 0, events);
        GenerateContent.arrayStream().writeErrorEvent(error, "id", 0, array);

        assertThat(events.toString()).startsWith("data: {").endsWith("}\r\n\r\n");
        assertThat(json("[{}" + array)).hasSize(2);
    }
}
