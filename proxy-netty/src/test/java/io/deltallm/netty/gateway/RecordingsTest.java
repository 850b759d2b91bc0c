package io.deltallm.netty.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.MetricsText;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.RecordedRequest;
import io.deltallm.netty.testing.Recording;
import io.deltallm.netty.testing.Recordings;
import io.deltallm.netty.testing.ReferenceReply;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// What real providers sent, replayed through the gateway: every body arrives as it was sent, save for the usage event
/// that only the gateway had asked for, and the usage in it is counted.
@ExtendWith(LeakGuard.class)
final class RecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PROVIDERS = Set.of(
            "openai", "groq", "mistral", "xai", "deepseek", "together", "openrouter", "vllm", "ollama", "cerebras", "perplexity",
            "zai", "huggingface", "gpustack", "llamacpp", "vercel", "databricks", "snowflake", "cloudflare");
    private static final Map<String, String> PATHS = Map.of(
            "chat", "/chat/completions", "openai-chat", "/chat/completions", "completions", "/completions",
            "embeddings", "/embeddings", "images", "/images/generations", "responses", "/responses",
            "moderations", "/moderations", "audio.speech", "/audio/speech", "audio.transcriptions", "/audio/transcriptions");

    private static final Map<String, Long> EXPECTED_PROMPT = new ConcurrentHashMap<>();
    private static final Map<String, Long> EXPECTED_COMPLETION = new ConcurrentHashMap<>();

    private static ScriptedUpstream upstream;
    private static GatewayFixture gateway;

    static List<Recording> recordings() {
        assumeTrue(Recordings.present(), "no recordings: the system property deltallm.shared names no directory with them");
        // Ollama's native API is another dialect; its OpenAI-compatible one is recorded as openai-chat.
        return Recordings.matching(recording -> PROVIDERS.contains(recording.provider())
                && !recording.api().equals("ollama.chat") && PATHS.containsKey(operation(recording)));
    }

    /// The smaller ones; a write for each byte of a large one would take long and show nothing more.
    static Stream<Recording> smallRecordings() {
        return recordings().stream().filter(recording -> recording.replyBody().length < 6_000);
    }

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().withoutHistory();
        GatewayFixture.Plan plan = GatewayFixture.inFrontOf(upstream);
        for (Recording recording : Recordings.present() ? recordings() : List.<Recording>of()) {
            plan.model(recording.id(), "openai/" + upstreamModel(recording), "http://127.0.0.1:" + upstream.port() + base(recording));
        }
        gateway = plan.start();
    }

    @AfterAll
    static void stop() {
        try {
            assertUsageCounted();
        } finally {
            gateway.close();
            upstream.close();
        }
    }

    /// Once for all replays of a recording: one scrape shows the meters of every target.
    private static void assertUsageCounted() {
        gateway.assertNothingLeft();
        MetricsText metrics = gateway.metrics();
        SoftAssertions.assertSoftly(softly -> EXPECTED_PROMPT.forEach((id, prompt) -> {
            String model = "model=\"" + id + "\"";
            softly.assertThat((long) metrics.sum("deltallm_tokens_total", model, "kind=\"prompt\"")).as(id + " prompt").isEqualTo(prompt);
            softly.assertThat((long) metrics.sum("deltallm_tokens_total", model, "kind=\"completion\"")).as(id + " completion")
                    .isEqualTo(EXPECTED_COMPLETION.get(id));
        }));
    }

    @BeforeEach
    void forgetWhatAFailedTestLeft() {
        upstream.forget();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void arrivesAsItWasSent(Recording recording) throws IOException {
        replay(recording, recording.pieceBytes());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void arrivesWhole(Recording recording) throws IOException {
        replay(recording, Math.max(1, recording.replyBody().length));
    }

    @ParameterizedTest
    @MethodSource("smallRecordings")
    void arrivesByteByByte(Recording recording) throws IOException {
        replay(recording, 1);
    }

    private static void replay(Recording recording, int... pieceBytes) throws IOException {
        upstream.next(script(recording, pieceBytes));
        var request = RecordedRequest.of(recording, path(recording), recording.id());
        RawResponse response;
        try (var client = gateway.connect()) {
            client.send("POST /v1" + request.path() + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + GatewayFixture.MASTER_KEY
                    + "\r\nContent-Type: " + request.contentType() + "\r\nContent-Length: " + request.body().length + "\r\n\r\n");
            response = client.send(request.body()).read();
        }

        assertUpstreamGotIt(recording);
        ReferenceReply reference = ReferenceReply.of(recording.replyBody(), recording.stream());
        assertReply(recording, response, reference);
        if (recording.status() == 200 && reference.hasUsage()) {
            EXPECTED_PROMPT.merge(recording.id(), reference.prompt(), Long::sum);
            EXPECTED_COMPLETION.merge(recording.id(), reference.completion(), Long::sum);
        }
    }

    private static Script script(Recording recording, int... pieceBytes) {
        Script.Reply reply = Script.reply(recording.status());
        recording.replyHeaders().fields().forEach(field -> reply.header(field.name(), field.value()));
        if (recording.stream()) {
            reply.chunked();
        }
        return reply.pieces(recording.replyBody(), pieceBytes).end();
    }

    private static void assertUpstreamGotIt(Recording recording) throws IOException {
        ReceivedRequest received = upstream.takeRequest();
        assertThat(received.target()).isEqualTo(base(recording) + path(recording));
        if (recording.requestBody() != null) {
            assertThat(JSON.readTree(received.bytes()))
                    .isEqualTo(RecordedRequest.expectedUpstream(recording, upstreamModel(recording), asksForUsage(recording)));
        }
    }

    private static void assertReply(Recording recording, RawResponse response, ReferenceReply reference) {
        assertThat(response.status()).isEqualTo(recording.status());
        assertThat(response.whole()).isTrue();
        if (hidesUsage(recording)) {
            assertThat(response.text()).isEqualTo(reference.text());
        } else {
            assertThat(response.body()).isEqualTo(recording.replyBody());
        }
        for (String name : List.of("content-type", "openai-processing-ms", "openai-version", "retry-after", "cf-ray")) {
            assertThat(response.headers().all(name)).as(name).isEqualTo(recording.replyHeaders().all(name));
        }
    }

    private static boolean asksForUsage(Recording recording) {
        return recording.requestBody() != null && recording.requestBody().path("stream").asBoolean()
                && Set.of("/chat/completions", "/completions").contains(path(recording));
    }

    private static boolean hidesUsage(Recording recording) {
        return asksForUsage(recording) && recording.requestBody() != null
                && !recording.requestBody().path("stream_options").path("include_usage").asBoolean();
    }

    private static String operation(Recording recording) {
        return recording.api().substring(recording.api().indexOf('.') + 1);
    }

    private static String path(Recording recording) {
        return recording.path().endsWith("/images/edits") ? "/images/edits" : PATHS.getOrDefault(operation(recording), "");
    }

    private static String base(Recording recording) {
        String path = path(recording);
        return recording.path().endsWith(path) ? recording.path().substring(0, recording.path().length() - path.length()) : "/v1";
    }

    private static String upstreamModel(Recording recording) {
        return recording.model() == null ? "recorded-model" : recording.model();
    }
}
