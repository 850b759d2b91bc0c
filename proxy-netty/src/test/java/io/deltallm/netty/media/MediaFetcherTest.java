package io.deltallm.netty.media;

import io.deltallm.codec.chat.Media;
import io.deltallm.netty.media.MediaFetcher.Found;
import io.deltallm.netty.media.MediaFetcher.Result;
import io.deltallm.netty.media.MediaFetcher.Unfetched;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import io.deltallm.policy.config.UrlFetchSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class MediaFetcherTest {
    private static final UrlFetchSettings PUBLIC = new UrlFetchSettings(false, List.of());
    private static final UrlFetchSettings ANY = new UrlFetchSettings(true, List.of());
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 1, 2, 3};

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final List<String> resolved = Collections.synchronizedList(new ArrayList<>());
    private final MediaFetcher fetcher = new MediaFetcher(this::resolve);

    @AfterEach
    void close() {
        server.close();
    }

    /// Every name is this machine's, but for those that say otherwise.
    private InetAddress[] resolve(String host) throws UnknownHostException {
        resolved.add(host);
        return switch (host) {
            case "nowhere.test" -> throw new UnknownHostException(host);
            case "mixed.test" -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1")};
            default -> Character.isDigit(host.charAt(0)) || host.indexOf(':') >= 0
                    ? InetAddress.getAllByName(host)
                    : new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        };
    }

    private String url(String path) {
        return "http://pictures.test:" + server.port() + path;
    }

    private Result fetch(UrlFetchSettings settings, String... urls) throws InterruptedException {
        return fetcher.fetch(List.of(urls), settings);
    }

    private static String refusal(Result result) {
        assertThat(result).isInstanceOf(Unfetched.class);
        return ((Unfetched) result).error().message();
    }

    private static Script picture(String type) {
        return Script.reply(200).header("Content-Type", type).whole(PNG);
    }

    @Test
    void fetchesWhatIsThere() throws InterruptedException {
        server.next(picture("image/png; x=y"));

        Result result = fetch(ANY, url("/a.png?size=1"));

        String base64 = Base64.getEncoder().encodeToString(PNG);
        assertThat(((Found) result).media()).containsOnly(java.util.Map.entry(url("/a.png?size=1"), new Media.Inline("image/png", base64)));
        var request = server.takeRequest();
        assertThat(request.target()).isEqualTo("/a.png?size=1");
        assertThat(request.headers().first("Host")).isEqualTo("pictures.test:" + server.port());
        assertThat(request.headers().has("Authorization")).isFalse();
        assertThat(resolved).containsExactly("pictures.test");
    }

    @Test
    void readsEveryFraming() throws InterruptedException {
        server.next(Script.reply(200).header("Content-Type", "image/png").chunked().pieces(PNG, 2).end());
        assertThat(fetch(ANY, url("/"))).isInstanceOf(Found.class);
        server.next(Script.reply(200).header("Content-Type", "image/png").closeDelimited().piece(PNG).endThenClose());
        assertThat(fetch(ANY, url("/"))).isInstanceOf(Found.class);
        server.next(Script.raw("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1\r\n\r\nx"));
        assertThat(fetch(ANY, url("/"))).isInstanceOf(Found.class);
    }

    @Test
    void refusesACutReply() throws InterruptedException {
        server.next(Script.reply(200).header("Content-Type", "image/png").chunked().piece(PNG).cut());

        assertThat(refusal(fetch(ANY, url("/")))).contains("pictures.test cannot be fetched");
    }

    @Test
    void tellsATypeThatNobodySaysByTheFirstBytes() throws InterruptedException {
        server.next(picture("application/octet-stream"));

        Found found = (Found) fetch(ANY, url("/a"));

        assertThat(found.media().values()).extracting(Media.Inline::mediaType).containsExactly("image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "application/xml"})
    void refusesWhatIsNoMedia(String type) throws InterruptedException {
        server.next(picture(type));

        assertThat(refusal(fetch(ANY, url("/")))).contains("pictures.test sends \"" + type + "\"");
    }

    @Test
    void connectsToNoAddressThatIsNotPublic() throws InterruptedException {
        assertThat(refusal(fetch(PUBLIC, url("/")))).isEqualTo("The request has a URL whose host pictures.test is not on the public internet");
        assertThat(refusal(fetch(PUBLIC, "http://mixed.test/"))).contains("is not on the public internet");

        assertThat(server.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://127.0.0.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::7f00:1]/", "https://10.1.2.3/"
    })
    void refusesEverySpellingOfAPrivateAddress(String url) throws InterruptedException {
        assertThat(refusal(fetch(PUBLIC, url))).startsWith("The request has a URL");
    }

    @Test
    void fetchesFromPrivateHostsThatAreAllowed() throws InterruptedException {
        server.next(picture("image/png"));

        assertThat(fetch(new UrlFetchSettings(false, List.of("Pictures.Test")), url("/"))).isInstanceOf(Found.class);
    }

    @ParameterizedTest
    @CsvSource({"file:///etc/passwd", "ftp://h/x", "gopher://h/", "http://", "http:///x", "https://user:secret@host/x", "no url", "jar:http://h!/"})
    void refusesOtherUrls(String url) throws InterruptedException {
        assertThat(refusal(fetch(ANY, url))).startsWith("The request has the URL").doesNotContain("secret");
        assertThat(resolved).isEmpty();
    }

    @Test
    void judgesEachRedirect() throws InterruptedException {
        server.next(Script.reply(302).header("Location", "/b").whole(""));
        server.next(picture("image/png"));
        assertThat(fetch(ANY, url("/a"))).isInstanceOf(Found.class);
        server.takeRequest();
        assertThat(server.takeRequest().target()).isEqualTo("/b");

        server.next(Script.reply(301).header("Location", "http://127.0.0.1:" + server.port() + "/").whole(""));
        assertThat(refusal(fetch(new UrlFetchSettings(false, List.of("pictures.test")), url("/"))))
                .contains("127.0.0.1 is not on the public internet");

        server.next(Script.reply(301).header("Location", "file:///etc/passwd").whole(""));
        assertThat(refusal(fetch(ANY, url("/")))).contains("the URL file://");
    }

    @Test
    void followsThreeRedirects() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            server.next(Script.reply(307).header("Location", "/again").whole(""));
        }

        assertThat(refusal(fetch(ANY, url("/")))).contains("redirects more than 3 times");
    }

    @Test
    void refusesWhatIsTooLarge() throws InterruptedException {
        server.next(Script.raw("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 20971521\r\n\r\n"));

        assertThat(refusal(fetch(ANY, url("/")))).contains("sends more than 20 MiB");
    }

    /// Each is small enough; together they would fill the memory of many requests.
    @Test
    void refusesWhatIsTooLargeTogether() throws InterruptedException {
        byte[] large = new byte[17 << 20];
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            server.next(Script.reply(200).header("Content-Type", "image/png").whole(large));
            urls.add(url("/" + i));
        }

        assertThat(refusal(fetcher.fetch(urls, ANY))).contains("those beside it send more than 64 MiB");
    }

    @Test
    void waitsForNoServerThatNeverEnds() throws InterruptedException {
        server.next(Script.raw("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\nx"));
        MediaFetcher hurried = new MediaFetcher(this::resolve, Duration.ofMillis(200));

        assertThat(refusal(hurried.fetch(List.of(url("/")), ANY))).startsWith("The request has a URL");
    }

    @Test
    void refusesTooMany() throws InterruptedException {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            urls.add(url("/" + i));
        }

        assertThat(refusal(fetcher.fetch(urls, ANY))).contains("21 URLs");
        assertThat(server.requestCount()).isZero();
    }

    @Test
    void saysWhatTheServerAnswers() throws InterruptedException {
        server.next(Script.json(404, "{}"));
        assertThat(refusal(fetch(ANY, url("/")))).contains("pictures.test answers with status 404");

        assertThat(refusal(fetch(ANY, "http://nowhere.test/"))).contains("nowhere.test has no address");
    }
}
