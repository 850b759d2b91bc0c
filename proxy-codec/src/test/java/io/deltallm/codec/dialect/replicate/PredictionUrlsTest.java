package io.deltallm.codec.dialect.replicate;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PredictionUrlsTest {
    private static final URI REPLICATE = URI.create("https://api.replicate.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://stream.replicate.com/v1/files/f-1",
                "https://stream-b.svc.us-central1.c.replicate.net/v1/streams/s?x=1",
                "https://STREAM.Replicate.COM/v1/s",
                "https://api.replicate.com/v1/predictions/p/stream"
            })
    void believesStreamsAtReplicatesHosts(String url) {
        assertThat(PredictionUrls.stream(url, REPLICATE)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://stream.replicate.com/s",
                "https://stream.replicate.com:8443/s",
                "https://user@stream.replicate.com/s",
                "https://replicate.com.example.org/s",
                "https://notreplicate.com/s",
                "https://169.254.169.254/s",
                "https:stream.replicate.com",
                "https://stream.replicate.com",
                "//stream.replicate.com/s",
                "/v1/streams/s",
                "https://stream.replicate.com/a b",
                "file:///etc/passwd",
                ""
            })
    void believesNoOthers(String url) {
        assertThat(PredictionUrls.stream(url, REPLICATE)).isNull();
    }

    /// Who stands between us and Replicate did not name Replicate's hosts; they may be out of reach from here.
    @Test
    void believesOnlyTheBaseUrlsHostBehindAnother() {
        URI proxy = URI.create("http://proxy.internal:8080/replicate");

        assertThat(PredictionUrls.stream("http://proxy.internal:9090/s", proxy)).isNotNull();
        assertThat(PredictionUrls.stream("https://proxy.internal/s", proxy)).isNull();
        assertThat(PredictionUrls.stream("https://stream.replicate.com/s", proxy)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.replicate.com/v1/predictions/p1, /v1/predictions/p1",
        "https://elsewhere.example/v1/predictions/p1?x=1, /v1/predictions/p1",
        "https://api.replicate.com/v1/pré, /v1/pr%C3%A9",
        "/v1/predictions/p1, /v1/predictions/p1",
    })
    void takesOnlyThePathOfOthers(String url, String path) {
        assertThat(PredictionUrls.path(url)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.replicate.com", "mailto:a@b.c", "a b", "v1/predictions"})
    void findsNoPath(String url) {
        assertThat(PredictionUrls.path(url)).isNull();
    }
}
