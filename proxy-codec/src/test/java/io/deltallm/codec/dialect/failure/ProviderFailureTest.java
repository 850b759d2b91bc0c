package io.deltallm.codec.dialect.failure;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.frame.Frame;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | {'message':'bad'}                                        | PROVIDER_REJECTED | bad",
                "401 | {'error':{'message':'who?','type':'x'}}                  | PROVIDER_UNAUTHORIZED | who?",
                "498 | {'message':'invalid token'}                              | PROVIDER_UNAUTHORIZED | invalid token",
                "400 | {'error':{'status':'INVALID_ARGUMENT','message':'API key not valid.'}}"
                        + " | PROVIDER_UNAUTHORIZED | API key not valid.",
                "402 | {'title':'Credit','detail':'none left'}                  | PROVIDER_QUOTA_EXHAUSTED | none left",
                "403 | {'message':'no'}                                         | PROVIDER_FORBIDDEN | no",
                "403 | {'name':'content_moderation','errors':['flagged']}       | CONTENT_FILTERED | flagged",
                "404 | {'error':'gone'}                                         | PROVIDER_MODEL_NOT_FOUND | gone",
                "408 | {}                           | UPSTREAM_TIMEOUT | The provider answered with status 408",
                "413 | {'detail':'big'}                                         | PROVIDER_TOO_LARGE | big",
                "422 | {'detail':[{'loc':['body','x'],'msg':'wrong','type':'t'}]} | PROVIDER_REJECTED | wrong",
                "424 | {'error':'broke'}                                        | PROVIDER_FAILED | broke",
                "429 | {'message':'slow down'}                                  | PROVIDER_RATE_LIMITED | slow down",
                "500 | not JSON                                                 | PROVIDER_FAILED | not JSON",
                "502 | <html>Bad gateway</html>     | UPSTREAM_UNREACHABLE | The provider answered with status 502",
                "503 | {'message':'Model is getting throttled'} | PROVIDER_RATE_LIMITED | Model is getting throttled",
                "529 | ``                           | PROVIDER_OVERLOADED | The provider answered with status 529",
                "429 | {'message':'You are using a Trial key, which is limited to 9 API calls / month.'}"
                        + " | PROVIDER_QUOTA_EXHAUSTED | You are using a Trial key, which is limited to 9 API calls / month.",
                "429 | {'message':'limited to 9 API calls / minute.'} | PROVIDER_RATE_LIMITED | limited to 9 API calls / minute.",
                "400 | {'error':{'message':'These words violate Google\u2019s Responsible AI practices.'}}"
                        + " | CONTENT_FILTERED | These words violate Google\u2019s Responsible AI practices.",
                "500 | {'error':                    | PROVIDER_FAILED | The provider answered with status 500",
                "400 | {'error_type':'TOO_MANY_TOKENS','message':'too many'}    | CONTEXT_LENGTH_EXCEEDED | too many",
            })
    void tellsErrorsByStatusAndWords(int status, String body, ErrorCode code, String message) {
        var error = ProviderFailure.read(status, Fields.NONE, Frame.of(body.replace('\'', '"')));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void readsHowLongToWait() {
        assertThat(ProviderFailure.read(429, Map.of("retry-after", "2.5")::get, Frame.of("{}")).retryAfterSeconds()).isEqualTo(3);
        assertThat(ProviderFailure.read(429, _ -> "Wed, 21 Oct 2026 07:28:00 GMT", Frame.of("{}")).retryAfterSeconds())
                .isZero();
    }

    @Test
    void readsHowLongToWaitFromItsWords() {
        Frame body = Frame.of("{\"error\":{\"code\":429,\"message\":\"Please retry in 36.4s.\"}}");

        assertThat(ProviderFailure.read(429, Fields.NONE, body).retryAfterSeconds()).isEqualTo(37);
        assertThat(ProviderFailure.read(400, Fields.NONE, body).retryAfterSeconds()).isZero();
    }

    @Test
    void readsBedrocksKindFromItsHeader() {
        Fields fields = name -> name.equals("x-amzn-errortype") ? "ExpiredTokenException:http://x" : null;

        assertThat(ProviderFailure.read(403, fields, Frame.of("{\"message\":\"expired\"}")).code())
                .isEqualTo(ErrorCode.PROVIDER_UNAUTHORIZED);
    }

    @Test
    void tellsAFailureInsideOfAReply() {
        ChatEvent.Failed failed = ProviderFailure.inside(500, Frame.of("{\"error\":\"it broke\"}"));

        assertThat(failed.error().code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failed.error().message()).isEqualTo("it broke");
    }
}
