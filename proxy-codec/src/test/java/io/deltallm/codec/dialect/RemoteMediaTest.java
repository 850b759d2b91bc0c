package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RemoteMediaTest {
    private static final Media.Inline FETCHED = new Media.Inline("image/png", "AAAA");

    private static ChatRequest request(Part... parts) {
        return new ChatRequest(
                "chat/completions",
                "m",
                List.of(Message.text(Role.SYSTEM, "s"), Message.of(Role.USER, List.of(parts))),
                List.of(),
                null,
                null,
                Sampling.NONE,
                null,
                null,
                false,
                false,
                null,
                Map.of());
    }

    private static Part image(String url) {
        return new Part.Image(Media.ofUrl(url), "low", null);
    }

    @Test
    void asksForEachUrlOnce() {
        Part result = new Part.ToolResult("c", null, List.of(image("http://h/b")), false, null);
        ChatRequest request = request(image("http://h/a"), image("http://h/a"), result, image("data:image/png;base64,AAAA"));

        assertThatExceptionOfType(MediaNeeded.class)
                .isThrownBy(() -> RemoteMedia.inlined(request, _ -> false, Map.of()))
                .satisfies(needed -> assertThat(needed.urls()).containsExactly("http://h/a", "http://h/b"));
    }

    @Test
    void putsWhatWasFetchedInTheirPlace() {
        Part audio = new Part.Audio(new Media.Remote("http://h/s", "audio/wav"));
        ChatRequest request = request(Part.Text.of("t"), image("http://h/a"), audio);

        ChatRequest inlined = RemoteMedia.inlined(request, _ -> false, Map.of("http://h/a", FETCHED, "http://h/s", FETCHED));

        assertThat(inlined.messages().getLast().parts()).containsExactly(
                Part.Text.of("t"),
                new Part.Image(FETCHED, "low", null),
                new Part.Audio(new Media.Inline("audio/wav", "AAAA")));
    }

    @Test
    void leavesARequestWithoutThemAlone() {
        ChatRequest request = request(Part.Text.of("t"), image("data:image/png;base64,AAAA"));

        assertThat(RemoteMedia.inlined(request, _ -> false, Map.of())).isSameAs(request);
    }

    @Test
    void leavesToTheProviderWhatItFetches() {
        ChatRequest request = request(image("http://h/a"), image("s3://b/c.png"));

        ChatRequest inlined =
                RemoteMedia.inlined(request, url -> url.startsWith("s3:"), Map.of("http://h/a", FETCHED));

        assertThat(inlined.messages().getLast().parts())
                .containsExactly(new Part.Image(FETCHED, "low", null), image("s3://b/c.png"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONVERSE, s3://bucket/film.mp4",
        "GENERATE_CONTENT, https://youtu.be/lCdaVNyHtjU",
        "GENERATE_CONTENT, https://generativelanguage.googleapis.com/v1beta/files/abc",
        "VERTEX_GENERATE_CONTENT, gs://bucket/film.mp4"
    })
    void areNotFetchedFromWhereOnlyTheProviderCan(Operation provider, String url) {
        Translation translation =
                Objects.requireNonNull(new Dialects().between(Operation.CHAT_COMPLETIONS, provider));
        RawJson body = RawJson.ofLiteral("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"video_url\",\"video_url\":{\"url\":\"" + url + "\"}}]}]}");
        UpstreamCall upstream = new UpstreamCall("m", "p", Set.of(), 4096, _ -> {});

        ClientCall client = new ClientCall("0123", "m", false, true, 1);

        String written = translation
                .begin(new Asked(body, PathCall.NONE, client, Map.of(), Map.of()), upstream)
                .body()
                .toString();

        assertThat(written).contains(url);
    }

    @Test
    void arePutIntoAnthropicsRequestsForBedrock() {
        Translation translation =
                Objects.requireNonNull(new Dialects().between(Operation.MESSAGES, Operation.BEDROCK_MESSAGES));
        RawJson body = RawJson.ofLiteral("{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://h/a.png\"}}]}]}");
        ClientCall client = new ClientCall("0123", "m", false, true, 1);
        UpstreamCall upstream = new UpstreamCall("anthropic.claude-sonnet-4-5-v1:0", "bedrock", Set.of(), 4096, _ -> {});

        assertThatExceptionOfType(MediaNeeded.class)
                .isThrownBy(() -> translation.begin(new Asked(body, PathCall.NONE, client, Map.of(), Map.of()), upstream))
                .satisfies(needed -> assertThat(needed.urls()).containsExactly("https://h/a.png"));
        assertThat(translation
                        .begin(new Asked(body, PathCall.NONE, client, Map.of(), Map.of("https://h/a.png", FETCHED)), upstream)
                        .body()
                        .toString())
                .contains("\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}");
    }
}
