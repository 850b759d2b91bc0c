package io.deltallm.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Recorded traffic of real providers, where the machine has it; a test that asks for it is skipped elsewhere.
public final class Recordings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Recordings() {}

    /// One recorded exchange, as its file has it.
    public record Recording(String id, String provider, String api, boolean stream, JsonNode request, JsonNode response) {

        public int status() {
            return response.path("status").asInt();
        }

        /// The reply's text; empty where it was binary.
        public String body() {
            return response.path("body").asText();
        }

        /// The reply's bytes.
        public byte[] bytes() {
            return response.has("body_base64")
                    ? Base64.getDecoder().decode(response.path("body_base64").asText())
                    : body().getBytes(StandardCharsets.UTF_8);
        }

        /// The sizes in which they came; all at once where the recorder kept none.
        public List<Integer> pieces(int whole) {
            List<Integer> sizes = new ArrayList<>();
            response.path("chunk_bytes").forEach(size -> sizes.add(size.asInt()));
            return sizes.isEmpty() ? List.of(whole) : sizes;
        }

        /// A field of the reply; null where it has none.
        public @Nullable String header(String lowerCaseName) {
            return response.path("headers").path(lowerCaseName).textValue();
        }

        public boolean eventStream() {
            return response.path("headers").path("content-type").asText().startsWith("text/event-stream");
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /// All of these providers.
    public static List<Recording> of(List<String> providers) {
        Path root = Path.of(System.getProperty("deltallm.shared", "absent"), "recordings");
        Assumptions.assumeTrue(Files.isDirectory(root), "no recordings on this machine (system property deltallm.shared)");
        return providers.stream().map(root::resolve).flatMap(Recordings::files).map(Recordings::read).toList();
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(Path file) {
        try {
            JsonNode node = JSON.readTree(file.toFile());
            return new Recording(
                    node.path("id").asText(),
                    node.path("provider").asText(),
                    node.path("api").asText(),
                    node.path("stream").asBoolean(),
                    node.path("request"),
                    node.path("response"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
