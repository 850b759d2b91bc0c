package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Streamed chats in front of Replicate, whose events stand at another host than its predictions.
@ExtendWith(LeakGuard.class)
final class ReplicateStreamTest {
    private static final String CHAT = "{\"model\":\"llama\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String CREATE = "POST /v1/models/meta/llama-3/predictions";
    private static final String GET = "GET /v1/predictions/p1";
    private static final String CANCEL = "POST /v1/predictions/p1/cancel";
    private static final String SUCCEEDED = "{\"id\":\"p1\",\"status\":\"succeeded\",\"output\":[\"hel\",\"lo\"],"
            + "\"metrics\":{\"input_token_count\":11,\"output_token_count\":22}}";
    private static final String HEL = "event: output\nid: 1:0\ndata: hel\n\n";
    private static final String LO = "event: output\nid: 1:1\ndata: lo\n\n";
    private static final String DONE = "event: done\nid: 1:2\ndata: {}\n\n";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedUpstream events = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = plan().start();
    }

    private GatewayFixture.Plan plan() {
        return GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .model("llama", "replicate/meta/llama-3", origin(upstream));
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
        events.close();
    }

    private static String origin(ScriptedUpstream server) {
        return server.baseUrl().replace("/v1", "");
    }

    private String running() {
        return running(origin(events) + "/v1/streams/s1?part=2");
    }

    private String running(String stream) {
        String api = origin(upstream) + "/v1/predictions/p1";
        return "{\"id\":\"p1\",\"status\":\"starting\",\"output\":null,\"urls\":{\"get\":\"" + api + "\",\"cancel\":\"" + api
                + "/cancel\",\"stream\":\"" + stream + "\"}}";
    }

    private RawResponse chat() {
        try (RawClient client = gateway.connect()) {
            return client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT).read();
        }
    }

    private static List<String> asked(ScriptedUpstream server) {
        return server.requests().stream()
                .map(request -> request.method() + " " + request.target())
                .toList();
    }

    @Test
    void followsTheEventsAndAsksForWhatWasUsed() {
        upstream.next(Script.json(201, running())).next(Script.json(200, SUCCEEDED));
        events.next(Script.sse(": hi\n\n", HEL, LO, DONE));

        RawResponse response = chat();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(response.text())
                .contains("\"content\":\"hel\"", "\"content\":\"lo\"", "\"finish_reason\":\"stop\"")
                .contains("\"prompt_tokens\":11,\"completion_tokens\":22")
                .endsWith("data: [DONE]\n\n");
        assertThat(asked(upstream)).containsExactly(CREATE, GET);
        assertThat(upstream.requests().getFirst().headers().all("Prefer")).isEmpty();
    }

    /// The address is the permission, and it is another host's: no key goes there.
    @Test
    void showsTheStreamsHostNoKey() {
        upstream.next(Script.json(201, running())).next(Script.json(200, SUCCEEDED));
        events.next(Script.sse(HEL, DONE));

        chat();

        ReceivedRequest request = events.takeRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("GET /v1/streams/s1?part=2");
        assertThat(request.headers().all("Accept")).containsExactly("text/event-stream");
        assertThat(request.headers().all("Host")).containsExactly("127.0.0.1:" + events.port());
        assertThat(request.head()).doesNotContain(GatewayFixture.UPSTREAM_KEY, GatewayFixture.MASTER_KEY);
    }

    @Test
    void passesTheEventsOnAsTheyCome() {
        Gate gate = new Gate();
        upstream.next(Script.json(201, running())).next(Script.json(200, SUCCEEDED));
        events.next(Script.reply(200)
                .header("Content-Type", "text/event-stream")
                .chunked()
                .piece(HEL)
                .gate(gate)
                .piece(LO)
                .piece(DONE)
                .end());

        try (RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT).readHead();
            assertThat(client.readChunksUntil("hel")).doesNotContain("\"lo\"");
            gate.open();
            assertThat(client.readChunksUntil("[DONE]")).contains("\"content\":\"lo\"");
        }
    }

    @Test
    void keepsTheClientWaitingWhileTheModelStarts() {
        Gate gate = new Gate();
        upstream.next(Script.json(201, running())).next(Script.json(200, SUCCEEDED));
        events.next(Script.reply(200)
                .header("Content-Type", "text/event-stream")
                .chunked()
                .gate(gate)
                .piece(HEL)
                .piece(DONE)
                .end());

        try (GatewayFixture restless = plan().set("server.stream_keepalive", "100ms").start();
                RawClient client = restless.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT).readHead();
            assertThat(client.readChunksUntil(": keepalive\n\n")).isEqualTo(": keepalive\n\n");
            gate.open();
            assertThat(client.readChunksUntil("[DONE]")).contains("\"content\":\"hel\"");
        }
    }

    @Test
    void waitsForTheCountsThatAreNotThereYet() {
        upstream.next(Script.json(201, running()))
                .next(Script.json(200, running()))
                .next(Script.json(200, SUCCEEDED));
        events.next(Script.sse(HEL, DONE));

        assertThat(chat().text()).contains("\"completion_tokens\":22").endsWith("data: [DONE]\n\n");
        assertThat(asked(upstream)).containsExactly(CREATE, GET, GET);
    }

    @Test
    void estimatesWhereTheCountsCannotBeHad() {
        upstream.next(Script.json(201, running())).next(Script.json(500, "{\"detail\":\"no\"}"));
        events.next(Script.sse(HEL, LO, DONE));

        assertThat(chat().text()).contains("\"content\":\"lo\"").endsWith("data: [DONE]\n\n");
        assertThat(gateway.metrics().sum("deltallm_tokens_total")).isPositive();
    }

    @Test
    void estimatesWhereTheCountsNeverCome() {
        upstream.next(Script.json(201, running())).otherwise(Script.hangUp());
        events.next(Script.sse(HEL, LO, DONE));

        assertThat(chat().text()).contains("\"content\":\"lo\"").endsWith("data: [DONE]\n\n");
    }

    /// Servers of streams close those that are silent for long, as while a model starts.
    @Test
    void opensTheStreamAgainThatEndedWithoutAWord() {
        upstream.next(Script.json(201, running()))
                .next(Script.json(200, running()))
                .next(Script.json(200, SUCCEEDED));
        events.next(Script.sse(": hi\n\n", ":408: 408 Request Timeout\n\n")).next(Script.sse(HEL, LO, DONE));

        assertThat(chat().text())
                .containsOnlyOnce("\"content\":\"hel\"")
                .containsOnlyOnce("\"role\":\"assistant\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(events.requestCount()).isEqualTo(2);
    }

    @Test
    void asksAgainWhereTheStreamIsRefused() {
        upstream.next(Script.json(201, running()))
                .next(Script.json(200, running()))
                .next(Script.json(200, SUCCEEDED));
        events.next(Script.json(404, "{\"detail\":\"not found\"}"));

        assertThat(chat().text()).contains("hel", "lo").endsWith("data: [DONE]\n\n");
        assertThat(asked(upstream)).containsExactly(CREATE, GET, GET);
        assertThat(events.requestCount()).isEqualTo(1);
    }

    @Test
    void asksAgainWhereTheStreamsHostCannotBeReached() {
        upstream.next(Script.json(201, running("http://127.0.0.1:" + ScriptedUpstream.refusedPort() + "/s")))
                .next(Script.json(200, SUCCEEDED));

        assertThat(chat().text()).contains("hel", "lo").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/s",
                "https://127.0.0.1/s",
                "https://stream.replicate.com/s",
                "http://169.254.169.254/latest",
                "file:///etc/passwd",
                "not an address"
            })
    void followsNothingThatIsNotTheProviders(String stream) {
        upstream.next(Script.json(201, running(stream))).next(Script.json(200, SUCCEEDED));

        assertThat(chat().text()).contains("hel", "lo").endsWith("data: [DONE]\n\n");
        assertThat(asked(upstream)).containsExactly(CREATE, GET);
    }

    @Test
    void showsThatAStreamWasCut() {
        upstream.next(Script.json(201, running())).otherwise(Script.json(200, SUCCEEDED));
        events.next(Script.reply(200)
                .header("Content-Type", "text/event-stream")
                .chunked()
                .piece(HEL)
                .cut());

        try (RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT).readHead();
            assertThat(client.readRest()).contains("hel").contains("\"error\"").doesNotContain("[DONE]");
        }
    }

    @Test
    void showsThatAStreamEndedWithoutItsEnd() {
        upstream.next(Script.json(201, running())).otherwise(Script.json(200, SUCCEEDED));
        events.next(Script.sse(HEL));

        try (RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT).readHead();
            assertThat(client.readRest()).contains("hel").contains("\"error\"").doesNotContain("[DONE]");
        }
    }

    @Test
    void answersAFailureInTheFirstEventByItsStatus() {
        upstream.next(Script.json(201, running())).otherwise(Script.json(200, SUCCEEDED));
        events.next(Script.sse("event: error\ndata: {\"detail\":\"no memory\"}\n\n"));

        RawResponse response = chat();

        assertThat(response.status()).isGreaterThanOrEqualTo(500);
        assertThat(response.error("message")).contains("no memory");
    }

    @Test
    void cancelsWhenTheClientIsGone() {
        upstream.next(Script.json(201, running())).otherwise(Script.json(200, "{\"status\":\"canceled\"}"));
        events.next(Script.reply(200)
                .header("Content-Type", "text/event-stream")
                .chunked()
                .piece(HEL)
                .stall());
        try (RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT).readHead();
            client.readChunksUntil("hel");
        }

        upstream.takeRequest();
        ReceivedRequest cancel = upstream.takeRequest();

        assertThat(cancel.method() + " " + cancel.target()).isEqualTo(CANCEL);
        assertThat(cancel.headers().first("Authorization")).isEqualTo("Bearer " + GatewayFixture.UPSTREAM_KEY);
        gateway.awaitIdle();
        assertThat(gateway.metrics().sum("deltallm_client_disconnects_total")).isEqualTo(1);
    }
}
