package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.error.GatewayError;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Every pair of dialects: what a client's request becomes at the provider, and what the provider's stream becomes at the
/// client, however it is cut. The transcripts stand under `dialect/pairs`; after a wanted change, run once with
/// `-Ddeltallm.transcripts=write` and read the difference.
class PairTranscriptsTest {
    private static final Path ROOT = Path.of("src/test/resources/dialect");
    private static final boolean WRITE = "write".equals(System.getProperty("deltallm.transcripts"));
    private static final Dialects DIALECTS = new Dialects();
    private static final List<Operation> CLIENTS =
            List.of(Operation.CHAT_COMPLETIONS, Operation.MESSAGES, Operation.RESPONSES, Operation.GENERATE_CONTENT);
    private static final Map<Operation, String> STREAMS = Map.of(
            Operation.CHAT_COMPLETIONS, "chat/completions/thoughts-and-tools/upstream.sse",
            Operation.MESSAGES, "messages/thoughts-and-tools/upstream.sse",
            Operation.RESPONSES, "responses/tools-and-thoughts/upstream-stream.sse",
            Operation.GENERATE_CONTENT, "generateContent/signed-parallel-calls/upstream-stream.sse",
            Operation.COHERE_CHAT, "cohere/v2/chat/stream-with-tools/reply.txt",
            Operation.OLLAMA_CHAT, "ollama/chat/stream-with-thoughts/reply.txt");
    private static final List<Operation> PROVIDERS = List.of(
            Operation.CHAT_COMPLETIONS, Operation.MESSAGES, Operation.RESPONSES, Operation.GENERATE_CONTENT,
            Operation.VERTEX_GENERATE_CONTENT, Operation.VERTEX_MESSAGES, Operation.BEDROCK_MESSAGES, Operation.CONVERSE,
            Operation.COHERE_CHAT, Operation.OLLAMA_CHAT, Operation.WATSONX_CHAT);

    static Stream<Arguments> requests() {
        return pairs(PROVIDERS);
    }

    static Stream<Arguments> streams() {
        return pairs(PROVIDERS.stream().filter(STREAMS::containsKey).toList());
    }

    private static Stream<Arguments> pairs(List<Operation> providers) {
        return CLIENTS.stream().flatMap(client -> providers.stream()
                .filter(provider -> provider != client)
                .map(provider -> Arguments.of(client, provider)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("requests")
    void asksTheProvider(Operation client, Operation provider) throws IOException {
        String asked = call(client, provider).body().toString();

        assertThat(DigestBuilder.tree(asked).toPrettyString() + "\n")
                .isEqualTo(golden(client, provider, "request.json", DigestBuilder.tree(asked).toPrettyString() + "\n"));
    }

    @ParameterizedTest(name = "{1} to {0}")
    @MethodSource("streams")
    void answersTheClient(Operation client, Operation provider) throws IOException {
        byte[] stream = Files.readAllBytes(ROOT.resolve(Objects.requireNonNull(STREAMS.get(provider))));
        String told = told(client, provider, stream, stream.length);

        assertThat(told).isEqualTo(golden(client, provider, "stream.sse", told));
        for (int size : new int[] {1, 7, 64}) {
            assertThat(told(client, provider, stream, size)).as("in pieces of %d", size).isEqualTo(told);
        }
    }

    private static String told(Operation client, Operation provider, byte[] stream, int size) {
        ReplyTranslation reply = call(client, provider).reply(200, ErrorReader.Fields.NONE);
        for (int at = 0; at < stream.length; at += size) {
            reply.feed(Unpooled.wrappedBuffer(stream, at, Math.min(size, stream.length - at)));
        }
        reply.end();
        GatewayError failure = reply.failure();
        assertThat(failure).isNull();
        return reply.output().toString();
    }

    private static TranslatedCall call(Operation client, Operation provider) {
        Translation translation = Objects.requireNonNull(DIALECTS.between(client, provider));
        return translation.begin(
                new Asked(
                        RawJson.ofLiteral(read(ROOT.resolve("pairs/" + name(client) + ".json"))),
                        client == Operation.GENERATE_CONTENT ? new PathCall("m", true) : PathCall.NONE,
                        new ClientCall("0123456789abcdef", "m", true, true, 1_700_000_000L),
                        provider == Operation.WATSONX_CHAT ? Map.of("project_id", "\"p-1\"") : Map.of(),
                        Map.of()),
                new UpstreamCall(model(provider), "p", Set.of(), 4096, _ -> {}));
    }

    private static String model(Operation provider) {
        return switch (provider) {
            case MESSAGES, VERTEX_MESSAGES -> "claude-sonnet-4-5";
            case BEDROCK_MESSAGES, CONVERSE -> "anthropic.claude-sonnet-4-5-20250929-v1:0";
            case GENERATE_CONTENT, VERTEX_GENERATE_CONTENT -> "gemini-2.5-flash";
            default -> "model-1";
        };
    }

    private static String golden(Operation client, Operation provider, String kind, String now) throws IOException {
        Path file = ROOT.resolve("pairs/" + name(client) + "/" + name(provider) + "." + kind);
        if (WRITE) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, now);
        }
        return read(file);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("no transcript " + file, e);
        }
    }

    private static String name(@Nullable Operation operation) {
        return Objects.requireNonNull(operation).label().replace('/', '-');
    }
}
