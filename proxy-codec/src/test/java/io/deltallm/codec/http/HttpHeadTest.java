package io.deltallm.codec.http;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HttpHeadTest {
    private static RequestHead head(String... fields) {
        HeadFeed feed = HeadFeed.ofRequest();
        assertThat(feed.hear("GET /p?q HTTP/1.1\r\nHost: g\r\n" + String.join("\r\n", fields) + "\r\n\r\n").message()).isEmpty();
        return feed.request();
    }

    @Test
    void findsKnownAndOtherFields() {
        RequestHead head = head("Accept: a", "X-Own: 1", "accept: b", "x-own: 2");

        assertThat(head.has(HeaderName.ACCEPT)).isTrue();
        assertThat(head.value(HeaderName.ACCEPT)).isEqualTo("a");
        assertThat(head.value(head.next(HeaderName.ACCEPT, head.find(HeaderName.ACCEPT) + 1))).isEqualTo("b");
        assertThat(head.value(head.find("x-own"))).isEqualTo("1");
        assertThat(head.find("x-ow")).isEqualTo(-1);
        assertThat(head.value(HeaderName.COOKIE)).isNull();
        assertThat(head.name(head.find("x-own"))).isNull();
    }

    @Test
    void tellsWhatAllFieldsOfANameListTogether() {
        RequestHead head = head("X-Own: a, b,,c ", "X-Ow: d", "x-OWN:", "x-own: e", "Via: f");

        assertThat(head.elements("x-own")).containsExactly("a", "b", "c", "e");
        assertThat(head.elements("x-other")).isEmpty();

        head.drop("x-own");
        assertThat(head.elements("x-own")).isEmpty();
    }

    @Test
    void dropsEveryFieldOfAName() {
        RequestHead head = head("Accept: a", "X-Own: 1", "accept: b", "x-OWN: 2", "Via: v");

        head.drop(HeaderName.ACCEPT);
        head.drop("x-own");

        assertThat(head.has(HeaderName.ACCEPT)).isFalse();
        assertThat(head.find(HeaderName.ACCEPT)).isEqualTo(-1);
        assertThat(head.find("accept")).isEqualTo(-1);
        assertThat(head.find("x-own")).isEqualTo(-1);
        assertThat(head.value(HeaderName.VIA)).isEqualTo("v");
        assertThat(head.count()).as("dropped ones stay counted").isEqualTo(6);
    }

    @Test
    void forgetsAKnownFieldThatWasDroppedByItsText() {
        RequestHead head = head("Origin: o", "Origin: p");

        head.drop("origin");

        assertThat(head.has(HeaderName.ORIGIN)).isFalse();
    }

    @Test
    void addsBehindWhatCame() {
        RequestHead head = head("Accept: a");

        head.add(HeaderName.VIA, Ascii.bytes("v"));
        head.add(Ascii.bytes("x-own"), 42);
        head.add(HeaderName.CONTENT_LENGTH, -7);
        head.addCopy(Ascii.bytes("x-copy"), head.find(HeaderName.ACCEPT));

        assertThat(head.value(HeaderName.VIA)).isEqualTo("v");
        assertThat(head.value(head.find("x-own"))).isEqualTo("42");
        assertThat(head.value(HeaderName.CONTENT_LENGTH)).isEqualTo("-7");
        assertThat(head.value(head.find("x-copy"))).isEqualTo("a");
        assertThat(head.path()).isEqualTo("/p");
    }

    @Test
    void replacesAField() {
        RequestHead head = head("Accept: a");

        head.drop(HeaderName.ACCEPT);
        head.add(HeaderName.ACCEPT, Ascii.bytes("b"));

        assertThat(head.value(HeaderName.ACCEPT)).isEqualTo("b");
    }

    @Test
    void growsWithWhatIsAdded() {
        ResponseHead head = new ResponseHead().start(200, 0);

        for (int i = 0; i < 300; i++) {
            head.add(Ascii.bytes("x-" + i), Ascii.bytes("v".repeat(i)));
        }

        assertThat(head.count()).isEqualTo(300);
        for (int i = 0; i < 300; i++) {
            assertThat(head.value(head.find("x-" + i))).isEqualTo("v".repeat(i));
        }
    }

    @Test
    void comparesValuesWhateverTheirCase() {
        RequestHead head = head("Content-Type: Text/Event-Stream; charset=x", "Connection: a , B", "Connection: c");

        assertThat(head.valueStartsWith(HeaderName.CONTENT_TYPE, "text/event-stream")).isTrue();
        assertThat(head.valueStartsWith(HeaderName.CONTENT_TYPE, "text/event-stream; charset=xx")).isFalse();
        assertThat(head.valueStartsWith(HeaderName.VIA, "")).isFalse();
        assertThat(head.lists(HeaderName.CONNECTION, "b")).isTrue();
        assertThat(head.lists(HeaderName.CONNECTION, "c")).isTrue();
        assertThat(head.lists(HeaderName.CONNECTION, "a , b")).isFalse();
        assertThat(head.lists(HeaderName.CONNECTION, "")).isFalse();
    }

    @Test
    void fillsTheSameObjectFromHttp2() {
        RequestHead head = new RequestHead();

        head.startHttp2("POST", "/v1/models?x=" + "y".repeat(5000));
        head.add(Ascii.bytes("content-length"), 5);

        assertThat(head.finishHttp2(false)).isNull();
        assertThat(head.methodIs("POST")).isTrue();
        assertThat(head.path()).isEqualTo("/v1/models");
        assertThat(head.query()).startsWith("x=y");
        assertThat(head.contentLength()).isEqualTo(5);
        assertThat(head.chunked()).isFalse();
    }

    /// Heads with random bytes changed, inserted, removed or doubled: a reader never throws, always decides or asks for
    /// more, and decides the same wherever the pieces end.
    @Test
    void decidesTheSameForEverySplitOfMutatedHeads() {
        Random random = new Random(20_261_121);
        String[] seeds = {
            "POST /v1/chat/completions?a=b HTTP/1.1\r\nHost: gateway:80\r\nContent-Length: 12\r\nAuthorization: Bearer x\r\n\r\n{}",
            "\r\nGET http://h/p HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: close, x\r\nExpect: 100-continue\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\nX-Request-ID: 1\r\n\r\n5\r\nhello\r\n"
        };
        HeadFeed requests = HeadFeed.ofRequest(60, 120);
        HeadFeed responses = HeadFeed.ofResponse(120);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = mutated(seeds[round % seeds.length], random);
            HeadFeed feed = round % seeds.length == 2 ? responses : requests;
            HeadFeed.Heard whole = feed.hear(bytes);
            int cut = random.nextInt(bytes.length + 1);
            assertThat(feed.hear(bytes, cut, cut + random.nextInt(bytes.length + 1 - cut)))
                    .as(() -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(whole);
            assertThat(feed.hearByteByByte(bytes))
                    .as(() -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(whole);
        }
    }

    private static byte[] mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        String favourites = "\r\n :,;\t\0/?*#.01aZ\u007f\u0080\u00ff";
        for (int i = random.nextInt(5); i >= 0; i--) {
            int at = random.nextInt(text.length());
            char c = favourites.charAt(random.nextInt(favourites.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
