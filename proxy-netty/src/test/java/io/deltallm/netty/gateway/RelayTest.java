package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.Headers;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/// What passes through the gateway, and what it changes on the way: the model's name, the credentials, and nothing else.
@ExtendWith(LeakGuard.class)
final class RelayTest {
    /// Has the required fields of every operation.
    private static final String BODY_OF_ANY =
            "{\"model\":\"gpt-4o\",\"input\":\"x\",\"prompt\":\"x\",\"query\":\"x\",\"documents\":[\"x\"],\"voice\":\"alloy\","
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream).start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    @Test
    void changesOnlyTheModelsNameInTheBody() {
        upstream.next(ChatSample.reply());

        chat(ChatSample.REQUEST);

        assertThat(upstream.takeRequest().text()).isEqualTo(ChatSample.REQUEST.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
    }

    @Test
    void returnsTheProvidersBytes() {
        upstream.next(ChatSample.reply());

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.text()).isEqualTo(ChatSample.REPLY);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(ChatSample.REPLY.length()));
    }

    @Test
    void asksForUsageAndHidesItAgain() {
        upstream.next(ChatSample.stream(3));

        RawResponse response = chat(ChatSample.STREAM_REQUEST);

        assertThat(upstream.takeRequest().text().replace(" ", "")).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(response.text()).isEqualTo(ChatSample.streamText(3));
        assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
    }

    @Test
    void leavesUsageWhereTheClientAskedForIt() {
        String request = ChatSample.STREAM_REQUEST.replace("{\"stream\"", "{ \"stream_options\": {\"include_usage\" : true},\"stream\"");
        upstream.next(ChatSample.stream(1));

        RawResponse response = chat(request);

        assertThat(upstream.takeRequest().text()).isEqualTo(request.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
        assertThat(response.text()).isEqualTo(ChatSample.delta("t0") + ChatSample.USAGE_EVENT + ChatSample.DONE);
    }

    @Test
    void relaysEachEventAtOnce() {
        var first = new Gate();
        var second = new Gate();
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).gate(first)
                .piece(ChatSample.delta("b")).gate(second).piece(ChatSample.DONE).end());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST);

            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readChunksUntil("\n\n")).isEqualTo(ChatSample.delta("a"));
            first.open();
            assertThat(client.readChunksUntil("\n\n")).isEqualTo(ChatSample.delta("b"));
            second.open();
            assertThat(client.readChunksUntil("\n\n")).isEqualTo(ChatSample.DONE);
            assertThat(client.readChunk()).isNull();
        }
    }

    @Test
    void relaysTheHeadBeforeTheFirstEvent() {
        var gate = new Gate();
        upstream.next(ChatSample.openStream().gate(gate).piece(ChatSample.DONE).end());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST);

            assertThat(client.readHead().status()).isEqualTo(200);
            gate.open();
            assertThat(client.readChunk()).isEqualTo(ChatSample.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void hidesUsageHoweverTheStreamIsCut(int size) {
        String stream = ChatSample.streamText(4).replace(ChatSample.DONE, ChatSample.USAGE_EVENT + ChatSample.DONE);
        upstream.next(ChatSample.openStream().pieces(stream.getBytes(UTF_8), size).end());

        assertThat(chat(ChatSample.STREAM_REQUEST).text()).isEqualTo(ChatSample.streamText(4));
    }

    @Test
    void tellsTheProviderNothingOfTheHop() {
        upstream.next(ChatSample.reply());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST,
                    "Connection: keep-alive, X-Hop\r\n", "X-Hop: 1\r\n", "Keep-Alive: timeout=5\r\n", "TE: trailers\r\n",
                    "Upgrade: h2c\r\n", "Proxy-Connection: keep-alive\r\n", "OpenAI-Beta: assistants=v2\r\n", "X-Custom: kept\r\n").read();
        }

        Headers headers = upstream.takeRequest().headers();
        for (String hop : List.of("X-Hop", "Keep-Alive", "TE", "Upgrade", "Proxy-Connection")) {
            assertThat(headers.has(hop)).as(hop).isFalse();
        }
        assertThat(headers.first("OpenAI-Beta")).isEqualTo("assistants=v2");
        assertThat(headers.first("Host")).isEqualTo("127.0.0.1:" + upstream.port());
        assertThat(headers.all("Content-Length")).hasSize(1);
        assertThat(headers.all("Authorization")).containsExactly("Bearer " + GatewayFixture.UPSTREAM_KEY);
    }

    @Test
    void addsTheConfiguredHeaders() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).withoutModels().model(ChatSample.MODEL, "openai/" + ChatSample.UPSTREAM_MODEL)
                .parameter("custom_headers", Map.of("X-Org", "mine")).start();
        upstream.next(ChatSample.reply());

        chat(ChatSample.REQUEST);

        Headers headers = upstream.takeRequest().headers();
        assertThat(headers.all("X-Org")).containsExactly("mine");
    }

    @Test
    void tellsTheClientNothingOfTheHop() {
        upstream.next(Script.reply(200).header("Content-Type", "application/json").header("Connection", "X-Hop")
                .header("X-Hop", "1").header("Keep-Alive", "timeout=5").header("Proxy-Authenticate", "Basic")
                .header("openai-processing-ms", "12").header("x-ratelimit-remaining-requests", "99").whole(ChatSample.REPLY));

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.headers().has("X-Hop")).isFalse();
        assertThat(response.headers().has("Keep-Alive")).isFalse();
        assertThat(response.headers().has("Proxy-Authenticate")).isFalse();
        assertThat(response.header("openai-processing-ms")).isEqualTo("12");
    }

    @Test
    void saysWhereTheReplyCameFromAndWhatItCost() {
        upstream.next(ChatSample.reply());

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.header("x-request-id")).isNotBlank();
        assertThat(response.header("x-deltallm-provider")).isEqualTo("openai");
        assertThat(response.header("x-deltallm-model")).isEqualTo(ChatSample.UPSTREAM_MODEL);
        assertThat(Long.parseLong(Objects.requireNonNull(response.header("x-deltallm-overhead-us")))).isBetween(0L, 5_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "/chat/completions", "/completions", "/embeddings", "/images/generations", "/audio/speech", "/moderations",
        "/rerank", "/responses"
    })
    void servesEveryOperationWithAndWithoutPrefix(String path) {
        upstream.otherwise(ChatSample.reply());
        for (String prefix : List.of("", "/v1")) {
            try (var client = gateway.connect()) {
                RawResponse response = client.post(prefix + path, GatewayFixture.MASTER_KEY, BODY_OF_ANY).read();

                assertThat(response.text()).isEqualTo(ChatSample.REPLY);
                ReceivedRequest request = upstream.takeRequest();
                assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1" + path);
                assertThat(request.text()).isEqualTo(BODY_OF_ANY.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/images/edits", "/audio/transcriptions", "/audio/translations"})
    void changesTheModelFieldOfAForm(String path) {
        upstream.next(ChatSample.reply());
        String form = String.join("\r\n",
                "--b", "Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"", "Content-Type: application/octet-stream",
                "", "\u0000\u0001\u00ff", "--xb", "model",
                "--b", "Content-Disposition: form-data; name=\"model\"", "", "gpt-4o",
                "--b", "Content-Disposition: form-data; name=\"prompt\"", "", "hi", "--b--", "");
        try (var client = gateway.connect()) {
            client.send("POST /v1" + path + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + GatewayFixture.MASTER_KEY
                    + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " + form.length() + "\r\n\r\n" + form);

            assertThat(client.read().status()).isEqualTo(200);
        }
        ReceivedRequest request = upstream.takeRequest();
        assertThat(new String(request.bytes(), ISO_8859_1))
                .isEqualTo(form.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
        assertThat(request.headers().first("Content-Type")).isEqualTo("multipart/form-data; boundary=b");
    }

    @Test
    void keepsTheQuery() {
        upstream.next(ChatSample.reply());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH + "?api-version=1&x=%20y", GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read();
        }

        assertThat(upstream.takeRequest().target()).isEqualTo("/v1/chat/completions?api-version=1&x=%20y");
    }

    @Test
    void doesNotKnowAnUnknownModel() {
        RawResponse response = chat(ChatSample.REQUEST.replace("gpt-4o", "gpt-9"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.error("code")).isEqualTo("model_not_found");
        assertThat(response.error("type")).isEqualTo("invalid_request_error");
        assertThat(response.error("param")).isEqualTo("model");
        assertThat(response.error("message")).contains("gpt-9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"messages\":[]} | model", "{\"model\":1,\"messages\":[]} | model", "{\"model\":\"\",\"messages\":[]} | model",
        "{\"model\":null} | model"
    })
    void namesTheFieldAtFault(String body, String param) {
        RawResponse response = chat(body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error("code")).isEqualTo("invalid_request");
        assertThat(response.error("param")).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"model\":\"gpt-4o\"", "{\"model\":\"gpt-4o\"}}", "nonsense", "{\"model\":\"gpt-4o\",}", "\"gpt-4o\""})
    void refusesWhatIsNotAJsonObject(String body) {
        RawResponse response = chat(body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error("code")).isEqualTo("invalid_request");
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void spreadsOverTheEntriesOfAModel() {
        gateway.close();
        try (var other = ScriptedUpstream.start().otherwise(ChatSample.reply())) {
            upstream.otherwise(ChatSample.reply());
            gateway = GatewayFixture.inFrontOf(upstream)
                    .model(ChatSample.MODEL, "openai/" + ChatSample.UPSTREAM_MODEL, other.baseUrl()).start();
            for (int i = 0; i < 60; i++) {
                assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(200);
            }

            // The chance that one of two equal targets gets fewer than 5 of 60 is below one in a hundred billion.
            assertThat(upstream.requestCount()).isBetween(5, 55);
            assertThat(other.requestCount()).isEqualTo(60 - upstream.requestCount());
            gateway.assertNothingLeft();
        }
    }

    @Test
    void listsItsModels() {
        for (String prefix : List.of("", "/v1")) {
            try (var client = gateway.connect()) {
                var list = client.get(prefix + "/models", GatewayFixture.MASTER_KEY).read().json();
                assertThat(list.path("object").asText()).isEqualTo("list");
                assertThat(list.path("data").path(0).path("id").asText()).isEqualTo("gpt-4o");
                assertThat(list.path("data").path(0).path("object").asText()).isEqualTo("model");

                assertThat(client.get(prefix + "/models/gpt-4o", GatewayFixture.MASTER_KEY).read().json().path("id").asText())
                        .isEqualTo("gpt-4o");
                assertThat(client.get(prefix + "/models/gpt-9", GatewayFixture.MASTER_KEY).read().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void takesLargeBodiesBothWays() {
        String large = ChatSample.REPLY.replace("hello", "y".repeat(5 << 20));
        upstream.next(Script.json(200, large));
        String request = ChatSample.REQUEST.replace("hi", "x".repeat(5 << 20));

        RawResponse response = chat(request);

        assertThat(response.text()).isEqualTo(large);
        assertThat(upstream.takeRequest().text()).isEqualTo(request.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
    }

    private RawResponse chat(String body) {
        try (var client = gateway.connect()) {
            return client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, body).read();
        }
    }
}
