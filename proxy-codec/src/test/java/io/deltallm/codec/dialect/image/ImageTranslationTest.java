package io.deltallm.codec.dialect.image;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageTranslationTest {

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final List<String> lost = new ArrayList<>();

    private TranslatedCall begin(Operation to, String model, String body) {
        return Images.all().stream()
                .filter(translation -> translation.to() == to)
                .findFirst()
                .orElseThrow()
                .begin(
                        new Asked(
                                RawJson.ofLiteral(body),
                                PathCall.NONE,
                                new ClientCall("id1", "alias", false, false, 77),
                                Map.of(),
                                Map.of()),
                        new UpstreamCall(model, "p", Set.of(), 0, lost::add));
    }

    private ReplyTranslation answered(Operation to, byte[] body) {
        ReplyTranslation reply = begin(to, "m", "{\"prompt\":\"a cat\"}").reply(200, Fields.NONE);
        ByteBuf buffer = buffers.of(body);
        reply.feed(buffer);
        buffer.release();
        reply.end();
        return reply;
    }

    private ReplyTranslation answered(Operation to, String body) {
        return answered(to, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writesAFormToStability() {
        TranslatedCall call = begin(
                Operation.STABILITY_IMAGE,
                "sd3.5-large",
                "{\"prompt\":\"eine Käse--deltallm-id1\",\"size\":\"1792x1024\",\"output_format\":\"png\",\"n\":2,"
                        + "\"seed\":5,\"response_format\":\"url\",\"user\":\"u\"}");

        String delimiter = "--deltallm-id1-0";
        assertThat(call.contentType()).isEqualTo("multipart/form-data; boundary=deltallm-id1-0");
        assertThat(call.body())
                .hasToString(delimiter + "\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n"
                        + "eine Käse--deltallm-id1\r\n"
                        + delimiter + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nsd3.5-large\r\n"
                        + delimiter + "\r\nContent-Disposition: form-data; name=\"aspect_ratio\"\r\n\r\n16:9\r\n"
                        + delimiter + "\r\nContent-Disposition: form-data; name=\"output_format\"\r\n\r\npng\r\n"
                        + delimiter + "\r\nContent-Disposition: form-data; name=\"seed\"\r\n\r\n5\r\n"
                        + delimiter + "--\r\n");
        assertThat(lost).containsExactly("n", "response_format", "user");
    }

    @Test
    void writesInstancesToImagen() {
        TranslatedCall call = begin(
                Operation.VERTEX_IMAGE,
                "imagen-4",
                "{\"prompt\":\"a cat\",\"size\":\"1024x1536\",\"n\":3,\"negative_prompt\":\"dogs\",\"quality\":\"hd\"}");

        assertThat(call.contentType()).isEqualTo("application/json");
        assertThat(call.body())
                .hasToString("{\"instances\":[{\"prompt\":\"a cat\"}],\"parameters\":{\"sampleCount\":3,"
                        + "\"aspectRatio\":\"3:4\",\"negativePrompt\":\"dogs\"}}");
        assertThat(lost).containsExactly("quality");
    }

    @Test
    void asksGeminiForAnAnswerWithAPicture() {
        TranslatedCall call = begin(
                Operation.GENERATE_CONTENT,
                "gemini-2.5-flash-image",
                "{\"prompt\":\"a cat\",\"size\":\"1024x1536\",\"n\":2,\"image_size\":\"2K\",\"user\":\"u\"}");

        assertThat(call.body())
                .hasToString("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a cat\"}]}],\"generationConfig\":{"
                        + "\"responseModalities\":[\"TEXT\",\"IMAGE\"],"
                        + "\"imageConfig\":{\"imageSize\":\"2K\",\"aspectRatio\":\"2:3\"}}}");
        assertThat(lost).containsExactly("user", "n");
    }

    @Test
    void readsThePictureOfGeminisAnswer() {
        ReplyTranslation reply = answered(
                Operation.GENERATE_CONTENT,
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Here.\"},{\"inlineData\":{\"mimeType\":\"image/png\","
                        + "\"data\":\"aGk=\"}}]},\"finishReason\":\"STOP\"}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":1290,\"totalTokenCount\":1294}}");

        assertThat(reply.output())
                .hasToString("{\"created\":77,\"data\":[{\"b64_json\":\"aGk=\"}],\"usage\":{\"input_tokens\":4,"
                        + "\"output_tokens\":1290,\"total_tokens\":1294,"
                        + "\"input_tokens_details\":{\"text_tokens\":4,\"image_tokens\":0}}}");
        assertThat(reply.usage()).isEqualTo(Usage.of(4, 1290, 1294, 0, 0, false));
    }

    @Test
    void tellsWhyGeminiDrewNothing() {
        ReplyTranslation words = answered(
                Operation.GENERATE_CONTENT,
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"A cat?\"}]},\"finishReason\":\"STOP\"}]}");
        ReplyTranslation withheld = answered(
                Operation.GENERATE_CONTENT, "{\"candidates\":[{\"content\":{},\"finishReason\":\"IMAGE_SAFETY\"}]}");

        assertThat(words.failure())
                .isEqualTo(GatewayError.of(ErrorCode.PROVIDER_REJECTED, "The model answered without an image: A cat?"));
        assertThat(withheld.failure())
                .isEqualTo(GatewayError.of(ErrorCode.CONTENT_FILTERED, "The provider's filter withheld the image"));
    }

    @Test
    void writesATaskToTitan() {
        assertThat(begin(
                                Operation.INVOKE_TITAN_IMAGE,
                                "m",
                                "{\"prompt\":\"a cat\",\"size\":\"512x768\",\"quality\":\"hd\",\"seed\":5}")
                        .body())
                .hasToString("{\"taskType\":\"TEXT_IMAGE\",\"textToImageParams\":{\"text\":\"a cat\"},"
                        + "\"imageGenerationConfig\":{\"numberOfImages\":1,\"width\":512,\"height\":768,"
                        + "\"quality\":\"premium\",\"seed\":5}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "STABILITY_IMAGE    | {'image':'aGk=','finish_reason':'SUCCESS','seed':1}",
                "VERTEX_IMAGE       | {'predictions':[{'mimeType':'image/png','bytesBase64Encoded':'aGk='}]}",
                "INVOKE_TITAN_IMAGE | {'images':['aGk='],'error':null}",
            })
    void readsPicturesOfEveryProvider(Operation to, String body) {
        assertThat(answered(to, body.replace('\'', '"')).output())
                .hasToString("{\"created\":77,\"data\":[{\"b64_json\":\"aGk=\"}]}");
    }

    @Test
    void readsABarePicture() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};

        assertThat(answered(Operation.STABILITY_IMAGE, picture).output())
                .hasToString("{\"created\":77,\"data\":[{\"b64_json\":\""
                        + Base64.getEncoder().encodeToString(picture) + "\"}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "STABILITY_IMAGE    | {'image':'aGk=','finish_reason':'CONTENT_FILTERED'}",
                "VERTEX_IMAGE       | {'predictions':[{'raiFilteredReason':'no'}]}",
                "VERTEX_IMAGE       | {}",
                "INVOKE_TITAN_IMAGE | {'images':[],'error':'no'}",
            })
    void tellsAWithheldPicture(Operation to, String body) {
        ReplyTranslation reply = answered(to, body.replace('\'', '"'));

        assertThat(reply.failure()).extracting("code").isEqualTo(ErrorCode.CONTENT_FILTERED);
        assertThat(reply.output().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                              | prompt is missing or empty (expected: a text)",
                "{'prompt':'a','size':'big'}     | size is \"big\" (expected: auto, or width x height as 1024x1024)",
                "{'prompt':'a','size':'0x5'}     | size is \"0x5\" (expected: auto, or width x height as 1024x1024)",
                "{'prompt':'a','n':11}           | n is 11 (expected: 1 to 10)",
                "{'prompt':5}                    | prompt is 5 (expected: a string)",
            })
    void refusesNonsense(String body, String message) {
        assertThatThrownBy(() -> begin(Operation.VERTEX_IMAGE, "m", body.replace('\'', '"')))
                .isInstanceOf(Refused.class)
                .hasMessage(message);
    }
}
