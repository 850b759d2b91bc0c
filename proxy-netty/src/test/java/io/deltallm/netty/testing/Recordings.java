package io.deltallm.netty.testing;

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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Recorded provider traffic, read from the directory `recordings` below the system property `deltallm.shared`. Where
/// that is absent there are no recordings, and tests of them are to be skipped with a notice.
public final class Recordings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Recordings() {}

    public static boolean present() {
        return Files.isDirectory(directory());
    }

    private static Path directory() {
        return Path.of(System.getProperty("deltallm.shared", "absent"), "recordings");
    }

    /// All recordings that pass `filter`, sorted by id.
    public static List<Recording> matching(Predicate<Recording> filter) {
        try (Stream<Path> files = Files.walk(directory(), 2)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(Recordings::read).filter(filter).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            JsonNode request = root.path("request");
            JsonNode response = root.path("response");
            byte[] body = body(response);
            return new Recording(
                    root.path("id").asText(),
                    root.path("provider").asText(),
                    root.path("api").asText(),
                    root.path("stream").asBoolean(),
                    root.path("model").textValue(),
                    strings(root.path("features")),
                    request.path("path").asText().split("\\?")[0],
                    present(request.path("body")),
                    present(request.path("body_multipart")),
                    response.path("status").asInt(),
                    headers(response.path("headers")),
                    body,
                    pieceBytes(response.path("chunk_bytes"), body.length));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static @Nullable JsonNode present(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node;
    }

    private static byte[] body(JsonNode response) {
        return response.has("body_base64")
                ? Base64.getDecoder().decode(response.path("body_base64").asText())
                : response.path("body").asText().getBytes(StandardCharsets.UTF_8);
    }

    private static Headers headers(JsonNode headers) {
        var fields = new ArrayList<Headers.Field>();
        headers.properties().forEach(field -> fields.add(new Headers.Field(field.getKey(), field.getValue().asText())));
        return new Headers(fields);
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(element -> strings.add(element.asText()));
        return List.copyOf(strings);
    }

    private static int[] pieceBytes(JsonNode sizes, int whole) {
        if (sizes.isMissingNode() || sizes.isEmpty()) {
            return new int[] {Math.max(1, whole)};
        }
        var pieces = new int[sizes.size()];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = sizes.get(i).asInt();
        }
        return pieces;
    }
}
