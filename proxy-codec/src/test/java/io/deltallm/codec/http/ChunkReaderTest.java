package io.deltallm.codec.http;

import io.deltallm.codec.http.ChunkReader.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkReaderTest {
    private static final String NEXT = "GET / HTTP/1.1\r\n";

    /// @param rest what was left behind the end; nothing for a failure
    private record Walked(Step last, String body, String rest) {}

    private static Walked walk(byte[] bytes, int... pieceEnds) {
        ChunkReader reader = new ChunkReader();
        ByteBuf in = Unpooled.buffer(bytes.length + 1);
        StringBuilder body = new StringBuilder();
        Step last = Step.MORE;
        int from = 0;
        for (int i = 0; i <= pieceEnds.length && last == Step.MORE; i++) {
            int to = i < pieceEnds.length ? pieceEnds[i] : bytes.length;
            in.writeBytes(bytes, from, to - from);
            from = to;
            last = walk(reader, in, body);
        }
        in.writeBytes(bytes, from, bytes.length - from);
        String rest = last == Step.END ? in.toString(StandardCharsets.ISO_8859_1) : "";
        in.release();
        assertThat(reader.problem() != null).isEqualTo(last == Step.FAILED);
        return new Walked(last, body.toString(), rest);
    }

    private static Step walk(ChunkReader reader, ByteBuf in, StringBuilder body) {
        while (true) {
            Step step = reader.next(in);
            if (step != Step.DATA) {
                return step;
            }
            int bytes = reader.available(in);
            body.append(in.readCharSequence(bytes, StandardCharsets.ISO_8859_1));
            reader.taken(bytes);
        }
    }

    private static Walked walkEveryWay(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Walked whole = walk(bytes);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(walk(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        int[] each = new int[bytes.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = i;
        }
        assertThat(walk(bytes, each)).isEqualTo(whole);
        return whole;
    }

    private static String crlf(String text) {
        return text.replace("~", "\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            0~~|
            5~hello~0~~|hello
            5~hello~6~ world~0~~|hello world
            005~hello~000~~|hello
            a~0123456789~0~~|0123456789
            A~0123456789~0~~|0123456789
            5;name=value~hello~0;last~~|hello
            5 ; name = "v;x" ~hello~0~~|hello
            5  ~hello~0~~|hello
            2~~~0~~|~
            5~hello~0~X-Trailer: a~X-Other: b~~|hello
            """)
    void readsBodiesWhereverThePiecesEnd(String text, String body) {
        Walked walked = walkEveryWay(crlf(text) + NEXT);

        assertThat(walked).isEqualTo(new Walked(Step.END, body == null ? "" : crlf(body), NEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "~", "x~", "-1~", "+5~", "0x5~", " 5~", ";~", "5\n", "5\r\r", "5 5~hello~", "5\t5~hello~", "5 x~hello~",
        "5;a\u0000~", "5;a\nb~", "5;a\rb~", "5;\u007f~", "5~helloX~", "5~hello\n", "5~hello\rX", "5~hello~~", "g~", "5g~",
        "1000000000000000~", "0000000000000000~", "ffffffffffffffffffff~", "0~X\n", "0~X: a\rb~", "0~X: \u0000~", "0~\rX", "0~\n", "0~no colon~~",
        "0~: x~~", "0~X : y~~", "0~X: y~ folded~~"
    })
    void failsWhereverThePiecesEnd(String text) {
        assertThat(walkEveryWay(crlf(text)).last()).isEqualTo(Step.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5~", "5~hell", "5~hello", "5~hello~", "5~hello~0~", "5~hello~0~X: y~", "5;x"})
    void waitsForTheRest(String text) {
        assertThat(walkEveryWay(crlf(text)).last()).isEqualTo(Step.MORE);
    }

    @Test
    void holdsItsLimits() {
        assertThat(walk(bytes("1;" + "x".repeat(255) + "\r\na\r\n0\r\n\r\n")).last()).isEqualTo(Step.END);
        assertThat(walk(bytes("1;" + "x".repeat(257) + "\r\na\r\n0\r\n\r\n")).last()).isEqualTo(Step.FAILED);
        assertThat(walk(bytes("1" + " ".repeat(300) + "\r\na\r\n0\r\n\r\n")).last()).isEqualTo(Step.FAILED);
        assertThat(walk(bytes("0\r\n" + "X:" + "y".repeat(8191) + "\r\n\r\n")).last()).isEqualTo(Step.END);
        assertThat(walk(bytes("0\r\n" + "X:" + "y".repeat(8192) + "\r\n\r\n")).last()).isEqualTo(Step.FAILED);
    }

    @Test
    void startsAfresh() {
        ChunkReader reader = new ChunkReader();
        ByteBuf in = Unpooled.copiedBuffer("x", StandardCharsets.ISO_8859_1);
        assertThat(reader.next(in)).isEqualTo(Step.FAILED);

        reader.reset();

        assertThat(reader.problem()).isNull();
        assertThat(reader.next(in.clear().writeBytes(bytes("0\r\n\r\n")))).isEqualTo(Step.END);
        in.release();
    }

    @Test
    void decidesTheSameForEverySplitOfMutatedBodies() {
        Random random = new Random(7);
        String favourites = "\r\n ;\t0159afgX\0";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("5;a=b\r\nhello\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n");
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), favourites.charAt(random.nextInt(favourites.length())));
            }
            byte[] bytes = bytes(text.toString());
            int cut = random.nextInt(bytes.length + 1);
            assertThat(walk(bytes, cut)).as(text::toString).isEqualTo(walk(bytes));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
