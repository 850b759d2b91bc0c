package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                .isThrownBy(() -> RemoteMedia.inlined(request, Map.of()))
                .satisfies(needed -> assertThat(needed.urls()).containsExactly("http://h/a", "http://h/b"));
    }

    @Test
    void putsWhatWasFetchedInTheirPlace() {
        Part audio = new Part.Audio(new Media.Remote("http://h/s", "audio/wav"));
        ChatRequest request = request(Part.Text.of("t"), image("http://h/a"), audio);

        ChatRequest inlined = RemoteMedia.inlined(request, Map.of("http://h/a", FETCHED, "http://h/s", FETCHED));

        assertThat(inlined.messages().getLast().parts()).containsExactly(
                Part.Text.of("t"),
                new Part.Image(FETCHED, "low", null),
                new Part.Audio(new Media.Inline("audio/wav", "AAAA")));
    }

    @Test
    void leavesARequestWithoutThemAlone() {
        ChatRequest request = request(Part.Text.of("t"), image("data:image/png;base64,AAAA"));

        assertThat(RemoteMedia.inlined(request, Map.of())).isSameAs(request);
    }
}
