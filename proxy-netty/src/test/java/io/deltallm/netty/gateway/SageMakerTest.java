package io.deltallm.netty.gateway;

import io.deltallm.codec.frame.AwsMessages;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Chats in front of containers on SageMaker, whose streams come in Amazon's frames.
@ExtendWith(LeakGuard.class)
final class SageMakerTest {
    private static final String CHUNKS = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"grö\"},\"finish_reason\":null}]}\n\n"
            + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ße\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USED = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
            + "\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String TOKENS =
            "data:{\"index\":1,\"token\":{\"id\":1,\"text\":\"grö\",\"special\":false},\"generated_text\":null,\"details\":null}\n\n"
                    + "data:{\"index\":2,\"token\":{\"id\":2,\"text\":\"ße\",\"special\":false},\"generated_text\":\"größe\","
                    + "\"details\":{\"finish_reason\":\"eos_token\",\"generated_tokens\":2,\"input_length\":7}}\n\n";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        String root = upstream.baseUrl().replace("/v1", "");
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .model("chat", "sagemaker_chat/my-chat", root)
                .parameter("aws_region_name", "us-east-1")
                .model("signed", "sagemaker_chat/my-chat", root)
                .parameter("api_key", null)
                .parameter("aws_region_name", "eu-west-1")
                .parameter("aws_access_key_id", "AKIDEXAMPLE")
                .parameter("aws_secret_access_key", "a-secret-of-the-tests")
                .model("tgi", "sagemaker/my-tgi", root)
                .parameter("aws_region_name", "us-east-1")
                .start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"" + model + "\"," + more + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    private RawResponse post(String path, String body) {
        try (RawClient client = gateway.connect()) {
            return client.post(path, GatewayFixture.MASTER_KEY, body).read();
        }
    }

    private static byte[] part(byte[] bytes) {
        return AwsMessages.message(
                AwsMessages.headers(Map.of(
                        ":message-type", "event", ":event-type", "PayloadPart", ":content-type", "application/octet-stream")),
                bytes);
    }

    private static byte[] part(String bytes) {
        return part(bytes.getBytes(StandardCharsets.UTF_8));
    }

    /// The container's bytes in parts of so many bytes each.
    private static byte[] parts(String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] stream = {};
        for (int at = 0; at < bytes.length; at += size) {
            stream = AwsMessages.concat(stream, part(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
        }
        return stream;
    }

    private static Script.Reply frames() {
        return Script.reply(200)
                .header("Content-Type", "application/vnd.amazon.eventstream")
                .header("X-Amzn-SageMaker-Content-Type", "text/event-stream")
                .chunked();
    }

    private double tokens(String kind) {
        return gateway.metrics().sum("deltallm_tokens_total", "kind=\"" + kind + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 100, 5000})
    void handsTheContainersChunksOnAsTheyAre(int size) {
        upstream.next(frames().pieces(parts(CHUNKS + USED + DONE, size), 11, 200, 3, 1000).end());

        RawResponse response = post(
                "/v1/chat/completions", chat("chat", "\"stream\":true,\"stream_options\":{\"include_usage\":true},"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().all("Content-Type")).containsExactly("text/event-stream");
        assertThat(response.text()).isEqualTo(CHUNKS + USED + DONE);
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo("/endpoints/my-chat/invocations-response-stream");
        assertThat(request.headers().first("Authorization")).isEqualTo("Bearer " + GatewayFixture.UPSTREAM_KEY);
    }

    /// What the client adds to the path is not signed, so it stays here.
    @Test
    void signsWhatItRelays() {
        upstream.next(frames().piece(parts(CHUNKS + DONE, 100)).end());

        RawResponse response = post("/v1/chat/completions?trace=1", chat("signed", "\"stream\":true,"));

        assertThat(response.text()).isEqualTo(CHUNKS + DONE);
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo("/endpoints/my-chat/invocations-response-stream");
        assertThat(request.headers().first("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-west-1/sagemaker/aws4_request");
        assertThat(request.head() + request.text()).doesNotContain("a-secret-of-the-tests", GatewayFixture.MASTER_KEY);
    }

    @Test
    void keepsTheUsageThatTheClientDidNotAskFor() {
        upstream.next(frames().piece(parts(CHUNKS + USED + DONE, 40)).end());

        RawResponse response = post("/v1/chat/completions", chat("chat", "\"stream\":true,"));

        assertThat(response.text()).isEqualTo(CHUNKS + DONE);
        assertThat(upstream.takeRequest().text()).contains("\"include_usage\":true");
        assertThat(tokens("prompt")).isEqualTo(7);
        assertThat(tokens("completion")).isEqualTo(2);
    }

    @Test
    void handsEachPartOnAsItComes() {
        Gate gate = new Gate();
        upstream.next(frames().piece(part(CHUNKS)).gate(gate).piece(part(DONE)).end());

        try (RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, chat("chat", "\"stream\":true,"));
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readChunksUntil("\"stop\"}]}\n\n")).isEqualTo(CHUNKS);
            gate.open();

            assertThat(client.readChunksUntil(DONE)).isEqualTo(DONE);
        }
    }

    @Test
    void relaysAWholeAnswer() {
        String whole = "{\"id\":\"c1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"hello\"},\"finish_reason\":\"stop\"}]}";
        upstream.next(Script.json(200, whole));

        RawResponse response = post("/v1/chat/completions", chat("chat", ""));

        assertThat(response.text()).isEqualTo(whole);
        assertThat(upstream.takeRequest().target()).isEqualTo("/endpoints/my-chat/invocations");
    }

    @ParameterizedTest
    @CsvSource({"chat, '" + CHUNKS + USED + DONE + "'", "tgi, '" + TOKENS + "'"})
    void streamsToClientsOfAllFormats(String model, String events) {
        upstream.otherwise(frames().pieces(parts(events, 37), 50, 1, 300).end());

        RawResponse openAi = post("/v1/chat/completions", chat(model, "\"stream\":true,"));
        RawResponse anthropic = post("/v1/messages", chat(model, "\"stream\":true,\"max_tokens\":50,"));
        RawResponse responses =
                post("/v1/responses", "{\"model\":\"" + model + "\",\"stream\":true,\"input\":\"hi\"}");
        RawResponse gemini = post(
                "/v1beta/models/" + model + ":streamGenerateContent?alt=sse",
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}");

        assertThat(openAi.text()).contains("grö", "ße").endsWith(DONE);
        assertThat(anthropic.text()).contains("\"grö\"", "\"ße\"", "event: message_stop").doesNotContain("event: error");
        assertThat(responses.text()).contains("\"größe\"", "event: response.completed");
        assertThat(gemini.text()).contains("\"grö\"", "\"ße\"", "\"finishReason\":\"STOP\"");
        assertThat(upstream.requests()).allSatisfy(request -> {
            assertThat(request.target()).isEqualTo("/endpoints/my-" + model + "/invocations-response-stream");
            assertThat(request.text()).contains("\"stream\":true");
        });
        assertThat(upstream.requests().getLast().headers().all("Accept")).containsExactly("application/vnd.amazon.eventstream");
        assertThat(tokens("prompt")).isEqualTo(28);
        assertThat(tokens("completion")).isEqualTo(8);
    }

    @Test
    void answersWholeFromTextGenerationInference() {
        upstream.next(Script.json(
                200,
                "[{\"generated_text\":\"hello\",\"details\":{\"finish_reason\":\"length\",\"generated_tokens\":1}}]"));

        RawResponse response = post("/v1/chat/completions", chat("tgi", ""));

        assertThat(response.json().at("/choices/0/message/content").asText()).isEqualTo("hello");
        assertThat(response.json().at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(upstream.takeRequest().target()).isEqualTo("/endpoints/my-tgi/invocations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "tgi"})
    void answersAFailureBeforeTheFirstEventByItsStatus(String model) {
        upstream.next(frames()
                .piece(AwsMessages.exception(
                        "ModelStreamError", "{\"Message\":\"too slow\",\"ErrorCode\":\"ModelInvocationTimeExceeded\"}"))
                .end());

        RawResponse response = post("/v1/chat/completions", chat(model, "\"stream\":true,"));

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.error("message")).isEqualTo("too slow");
    }

    @ParameterizedTest
    @CsvSource({"chat, '" + CHUNKS + "'", "tgi, '" + TOKENS + "'"})
    void endsByAnErrorWhereTheStreamFailed(String model, String events) {
        byte[] failure = AwsMessages.exception("InternalStreamFailure", "{\"Message\":\"it broke\"}");

        String rest = restOfStream(model, firstEvent(events), reply -> reply.piece(failure).end());

        assertThat(rest).contains("\"error\":{\"message\":\"it broke\"").doesNotContain("[DONE]", "0\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"chat, '" + CHUNKS + "'", "tgi, '" + TOKENS + "'"})
    void endsByAnErrorWhereTheStreamEndsWithinAFrame(String model, String events) {
        byte[] next = part(DONE);
        byte[] cut = Arrays.copyOf(next, next.length - 3);

        String rest = restOfStream(model, firstEvent(events), reply -> reply.piece(cut).end());

        assertThat(rest).contains("within a message").doesNotContain("[DONE]", "0\r\n\r\n");
    }

    private static String firstEvent(String events) {
        return events.substring(0, events.indexOf("\n\n") + 2);
    }

    /// What the client gets after the answer's first event, which has gone out before the rest comes.
    private String restOfStream(String model, String first, Function<Script.Reply, Script> rest) {
        Gate gate = new Gate();
        upstream.next(rest.apply(frames().piece(part(first)).gate(gate)));
        try (RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, chat(model, "\"stream\":true,"));
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readChunksUntil("\n\n")).contains("grö");
            gate.open();
            return client.readRest();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "tgi"})
    void refusesDamagedFramesAndStreamsOfNoEvents(String model) {
        byte[] damaged = part(CHUNKS);
        damaged[damaged.length - 1] ^= 1;
        upstream.next(frames().piece(damaged).end())
                .next(frames().piece(part("{\"generated_text\":\"hello\"}\n")).end())
                .next(frames().end());

        for (String reason : new String[] {"checksum", "bare JSON", "ended before"}) {
            RawResponse response = post("/v1/chat/completions", chat(model, "\"stream\":true,"));
            assertThat(response.status()).as(reason).isEqualTo(502);
            assertThat(response.error("message")).contains(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"chat, '" + CHUNKS + "'", "tgi, '" + TOKENS + "'"})
    void endsByAnErrorWhereTheConnectionIsCut(String model, String events) {
        String rest = restOfStream(model, firstEvent(events), Script.Reply::cutByReset);

        assertThat(rest).contains("\"error\":{\"message\":").doesNotContain("[DONE]", "0\r\n\r\n");
    }

    @Test
    void relaysAnErrorOfAmazons() {
        upstream.next(Script.json(400, "{\"Message\":\"Endpoint my-chat not found.\"}"))
                .next(Script.json(
                        424,
                        "{\"Message\":\"Received client error\",\"OriginalMessage\":\"{\\\"error\\\":\\\"no grammar\\\"}\","
                                + "\"OriginalStatusCode\":422}"));

        assertThat(post("/v1/chat/completions", chat("chat", "\"stream\":true,")).status()).isEqualTo(400);
        RawResponse translated = post("/v1/chat/completions", chat("tgi", "\"stream\":true,"));

        assertThat(translated.status()).isEqualTo(400);
        assertThat(translated.error("message")).isEqualTo("no grammar");
    }
}
