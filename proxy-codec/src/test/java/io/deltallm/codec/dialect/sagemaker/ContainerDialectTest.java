package io.deltallm.codec.dialect.sagemaker;

import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.HeardEvents;
import io.deltallm.codec.dialect.openai.ChatCompletions;
import io.deltallm.codec.dialect.tgi.TgiGenerate;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsMessages;
import io.deltallm.codec.frame.Frame;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContainerDialectTest {
    private static final ContainerDialect CHAT = new ContainerDialect(new ChatCompletions());
    private static final ContainerDialect TGI = new ContainerDialect(new TgiGenerate());
    private static final String TOKEN =
            "data:{\"token\":{\"text\":\"Hi\",\"special\":false},\"generated_text\":null,\"details\":null}\n\n";
    private static final String LAST = "data:{\"token\":{\"text\":\"!\",\"special\":false},\"generated_text\":\"Hi!\","
            + "\"details\":{\"finish_reason\":\"length\",\"generated_tokens\":2,\"input_length\":5}}\n\n";

    private static byte[] part(String bytes) {
        return AwsMessages.event("PayloadPart", bytes);
    }

    @Test
    void readsTokensOfTextGenerationInference() {
        HeardEvents heard = HeardEvents.of(
                TGI, true, AwsMessages.concat(part(TOKEN.substring(0, 11)), part(TOKEN.substring(11) + LAST)));

        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Hi!");
        assertThat(heard.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(heard.usage()).isEqualTo(Usage.of(5, 2, 7, 0, 0, false));
    }

    @Test
    void readsChunksOfOpenAi() {
        HeardEvents heard = HeardEvents.of(CHAT, true, AwsMessages.concat(
                part("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"grö"),
                part("ße\"},\"finish_reason\":null}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},"
                        + "\"finish_reason\":\"stop\"}]}\n\ndata: [DO"),
                part("NE]\n\n")));

        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("größe");
        assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void tellsAStreamThatEndsBeforeItsAnswerDid() {
        GatewayError failure = HeardEvents.of(TGI, true, part(TOKEN)).failure();

        assertThat(failure).isNotNull();
    }

    @Test
    void tellsWhatAmazonSaysInBetween() {
        assertThat(failure(AwsMessages.exception(
                        "ModelStreamError", "{\"Message\":\"too slow\",\"ErrorCode\":\"ModelInvocationTimeExceeded\"}")))
                .extracting("code", "message")
                .containsExactly(ErrorCode.UPSTREAM_TIMEOUT, "too slow");
        assertThat(failure(AwsMessages.exception("ModelStreamError", "{\"ErrorCode\":\"StreamBroken\"}")))
                .extracting("code", "message")
                .containsExactly(ErrorCode.UPSTREAM_CLOSED, "The model's container broke off its reply");
        assertThat(failure(AwsMessages.exception("InternalStreamFailure", "{\"Message\":\"try again\"}")))
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_FAILED, "try again");
        assertThat(failure(AwsMessages.exception("InternalStreamFailure", "")))
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_FAILED, "The provider's stream failed: InternalStreamFailure");
        assertThat(failure(AwsMessages.error("InternalFailure", "it broke")))
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_FAILED, "it broke");
    }

    private static GatewayError failure(byte[] message) {
        HeardEvents heard = HeardEvents.of(TGI, true, AwsMessages.concat(part(TOKEN), message));
        assertThat(heard.text()).isEqualTo("Hi");
        return Objects.requireNonNull(heard.failure());
    }

    @Test
    void readsWhatTheContainerAnsweredInAModelError() {
        String tooLong = "{\"ErrorCode\":\"CLIENT_ERROR_FROM_MODEL\",\"LogStreamArn\":\"arn:aws:logs\",\"Message\":\"Received"
                + " client error (422) from primary\",\"OriginalMessage\":\"{\\\"error\\\":\\\"`inputs` tokens +"
                + " `max_new_tokens` must be <= 4096\\\",\\\"error_type\\\":\\\"validation\\\"}\",\"OriginalStatusCode\":422}";

        assertThat(HeardEvents.error(TGI, 424, tooLong))
                .extracting("code", "message")
                .containsExactly(ErrorCode.CONTEXT_LENGTH_EXCEEDED, "`inputs` tokens + `max_new_tokens` must be <= 4096");
    }

    @Test
    void readsAmazonsOwnErrors() {
        assertThat(TGI.readError(
                        400,
                        name -> name.equals("x-amzn-errortype") ? "ValidationError" : null,
                        Frame.of("{\"Message\":\"Endpoint e not found.\"}")))
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_REJECTED, "Endpoint e not found.");
        assertThat(CHAT.readError(
                                403,
                                Fields.NONE,
                                Frame.of("{\"message\":\"The security token included in the request is invalid.\"}"))
                        .code())
                .isEqualTo(ErrorCode.PROVIDER_UNAUTHORIZED);
        assertThat(CHAT.readError(
                                429,
                                name -> name.equals("x-amzn-errortype") ? "ModelNotReadyException" : null,
                                Frame.of("{\"Message\":\"loading\"}"))
                        .code())
                .isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
        assertThat(CHAT.readError(503, Fields.NONE, Frame.of("")).code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
    }
}
