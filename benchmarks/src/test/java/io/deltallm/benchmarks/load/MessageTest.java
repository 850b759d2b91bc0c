package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/// Heads and bodies, cut at each byte.
class MessageTest {
    private final MessageHead head = new MessageHead();
    private final MessageBody body = new MessageBody();
    private final StringBuilder data = new StringBuilder();

    @Test
    void readsABodyOfStatedLengthCutAnywhere() {
        String message = "HTTP/1.1 200 OK\r\ncontent-LENGTH: 5\r\nServer: x\r\n\r\nhello";

        for (int cut = 0; cut <= message.length(); cut++) {
            read(message.substring(0, cut), message.substring(cut));

            assertThat(head.status()).isEqualTo(200);
            assertThat(data).hasToString("hello");
            assertThat(body.done()).isTrue();
        }
    }

    @Test
    void readsChunksCutAnywhere() {
        String message = String.join(
                "\r\n",
                "HTTP/1.1 502 Bad",
                "Transfer-Encoding: chunked",
                "",
                "5",
                "hello",
                "C;name=value",
                " twelve more",
                "0",
                "Trailer: x",
                "",
                "");

        for (int cut = 0; cut <= message.length(); cut++) {
            read(message.substring(0, cut), message.substring(cut));

            assertThat(head.status()).isEqualTo(502);
            assertThat(data).hasToString("hello twelve more");
            assertThat(body.bytes()).isEqualTo(17);
            assertThat(body.done()).isTrue();
        }
    }

    @Test
    void leavesTheNextMessageInTheBuffer() {
        ByteBuf in = Unpooled.copiedBuffer("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiPOST", US_ASCII);
        head.reset();

        head.take(in);
        body.begin(head, MessageBody.Sink.NONE);

        assertThat(body.take(in)).isTrue();
        assertThat(in.toString(US_ASCII)).isEqualTo("POST");
        in.release();
    }

    private void read(String... pieces) {
        data.setLength(0);
        head.reset();
        for (String piece : pieces) {
            ByteBuf in = Unpooled.copiedBuffer(piece, US_ASCII);
            if (!head.complete() && head.take(in)) {
                body.begin(head, (from, start, length) -> data.append(from.toString(start, length, US_ASCII)));
            }
            if (head.complete()) {
                body.take(in);
            }
            in.release();
        }
    }
}
