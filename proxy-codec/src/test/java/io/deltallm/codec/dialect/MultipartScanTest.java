package io.deltallm.codec.dialect;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class MultipartScanTest {
    private static final String BOUNDARY = "--x-1";
    private static final String FILE = part("Content-Disposition: form-data; name=\"file\"; filename=\"a; name=model; .mp3\"\r\n"
            + "Content-Type: audio/mpeg", "\r\n\r\n--\r\n----x\r\n--model\r\r\n");
    private static final String END = "--" + BOUNDARY + "--\r\n";

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final RequestScanner scanner = new RequestScanner(ScanLimits.DEFAULT, new ByteBlock());

    private static String part(String headers, String content) {
        return "--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n" + content + "\r\n";
    }

    private static String field(String name, String value) {
        return part("content-disposition:form-data; name=\"" + name + "\"", value);
    }

    private @Nullable GatewayError scan(String... pieces) {
        scanner.begin(Operation.AUDIO_TRANSCRIPTIONS, BOUNDARY);
        for (String piece : pieces) {
            ByteBuf buffer = buffers.of(piece);
            scanner.feed(buffer);
            buffer.release();
        }
        return scanner.end();
    }

    @Test
    void findsTheSameWhereverTheBodyIsCut() {
        String body = "preamble\r\n" + FILE + field("stream", "true") + field("model", "whisper-1") + field("user", "u\r\n--") + END;

        for (int split = 0; split <= body.length(); split++) {
            assertThat(scan(body.substring(0, split), body.substring(split))).as("cut at %d", split).isNull();
            RequestOutline outline = scanner.outline();
            assertThat(outline.model()).isEqualTo("whisper-1");
            assertThat(body.substring(outline.modelStart(), outline.modelEnd())).isEqualTo("whisper-1");
            assertThat(outline.stream()).isTrue();
            assertThat(outline.user()).isEqualTo("u\r\n--");
            assertThat(outline.bodyBytes()).isEqualTo(body.length());
            assertThat(outline.insertAt).isEqualTo("preamble\r\n".length());
        }
    }

    @Test
    void refusesTwoModels() {
        GatewayError error = scan(field("model", "a") + field("model", "b") + END);

        assertThat(error).isEqualTo(ModelName.refuse("model is given twice (expected: once)"));
    }

    @Test
    void refusesABadOrAbsentModel() {
        assertThat(scan(field("model", "a b") + END)).isNotNull();
        assertThat(scan(FILE + END)).isEqualTo(ModelName.refuse("model is required (expected: the name of a model)"));
    }

    @Test
    void refusesABodyWithoutItsClosingBoundary() {
        String body = field("model", "m") + END;

        for (int length = 0; length < body.length() - 2; length++) {
            assertThat(scan(body.substring(0, length))).as("first %d bytes", length).isNotNull();
        }
        assertThat(scan(body)).isNull();
    }

    @Test
    void refusesPartHeadersBeyondTheLimit() {
        GatewayError error = scan(part("X-Long: " + "x".repeat(9000), "v") + END);

        assertThat(error).extracting(GatewayError::message).isEqualTo("the headers of a multipart part are larger than 8192 bytes");
    }

    @Test
    void refusesLinesThatEndOtherwiseThanWithCrLf() {
        assertThat(scan(field("model", "m").replace("\r\n", "\n") + END)).isNotNull();
        assertThat(scan("--" + BOUNDARY + "junk\r\n" + END)).isNotNull();
    }
}
