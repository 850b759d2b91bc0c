package io.deltallm.netty.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Timeout(30)
class DemoProviderTest {
    private static final JsonFactory JSON = new JsonFactory();

    private static DemoProvider provider;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        provider = DemoProvider.start(Duration.ZERO);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        provider.close();
    }

    @Test
    void answersAChatByQuotingTheQuestion() throws Exception {
        var reply = post("/chat/completions", """
                {"model":"demo-chat","messages":[{"role":"system","content":"Be kind."},
                 {"role":"assistant","content":null},{"role":"user","content":"How are you?"}]}""");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).contains("application/json");
        assertThat(values(reply.body(), "content")).singleElement().asString().contains("\"How are you?\"");
        assertThat(values(reply.body(), "finish_reason")).containsExactly("stop");
        assertThat(values(reply.body(), "prompt_tokens")).containsExactly("5");
    }

    @Test
    void readsContentPartsAndSkipsWhatItDoesNotKnow() throws Exception {
        var reply = post("/chat/completions", """
                {"tools":[{"type":"function","function":{"name":"f"}}],"messages":[{"role":"user","content":[
                {"type":"text","text":"look here"},{"type":"image_url","image_url":{"url":"http://x/y"}}]}],
                "model":"demo-chat"}""");

        assertThat(values(reply.body(), "content")).singleElement().asString().contains("\"look here\"");
    }

    @Test
    void givesTheSameAnswerTwice() throws Exception {
        String body = "{\"model\":\"demo-chat\",\"messages\":[{\"role\":\"user\",\"content\":\"again\"}]}";

        assertThat(values(post("/chat/completions", body).body(), "content"))
                .isEqualTo(values(post("/chat/completions", body).body(), "content"));
    }

    @Test
    void cutsTheAnswerAtTheClientsLimit() throws Exception {
        var reply = post("/chat/completions", """
                {"model":"demo-chat","max_tokens":3,"messages":[{"role":"user","content":"hi"}]}""");

        assertThat(values(reply.body(), "content")).containsExactly("Hello! You asked:");
        assertThat(values(reply.body(), "finish_reason")).containsExactly("length");
        assertThat(values(reply.body(), "completion_tokens")).containsExactly("3");
    }

    @Test
    void streamsRoleWordsFinishAndDone() throws Exception {
        var events = events(post("/chat/completions", """
                {"model":"demo-chat","stream":true,"max_tokens":2,"messages":[{"role":"user","content":"hi"}]}"""));

        assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
        assertThat(events.getFirst()).contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(events.get(1)).contains("\"delta\":{\"content\":\"Hello!\"}");
        assertThat(events.get(2)).contains("\"delta\":{\"content\":\" You\"}");
        assertThat(events.get(3)).contains("\"delta\":{}", "\"finish_reason\":\"length\"");
        assertThat(String.join("", events)).doesNotContain("usage");
    }

    @Test
    void endsAStreamWithUsageWhenAskedTo() throws Exception {
        var events = events(post("/chat/completions", """
                {"model":"demo-chat","stream":true,"max_tokens":1,"stream_options":{"include_usage":true},
                 "messages":[{"role":"user","content":"one two three"}]}"""));

        assertThat(events.getFirst()).contains("\"usage\":null");
        assertThat(events.get(events.size() - 2))
                .contains("\"choices\":[]", "\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4");
    }

    @Test
    void completesText() throws Exception {
        var plain = post("/completions", "{\"model\":\"demo-chat\",\"prompt\":\"Once upon\",\"max_tokens\":4}");
        var events = events(post("/completions", """
                {"model":"demo-chat","prompt":["Once upon"],"max_tokens":1,"stream":true}"""));

        assertThat(values(plain.body(), "object")).containsExactly("text_completion");
        assertThat(values(plain.body(), "text")).containsExactly("Hello! You asked: \"Once");
        assertThat(events).hasSize(3).first().asString().contains("\"text\":\"Hello!\"");
    }

    @Test
    void embedsEqualTextsEquallyAsUnitVectors() throws Exception {
        var reply = post("/embeddings", """
                {"model":"demo-embedding","input":["a","b","a"],"dimensions":8}""");

        List<float[]> vectors = vectors(reply.body());
        assertThat(vectors).hasSize(3).allSatisfy(vector -> assertThat(length(vector)).isCloseTo(1, within(1e-5)));
        assertThat(vectors.get(0)).hasSize(8).isEqualTo(vectors.get(2)).isNotEqualTo(vectors.get(1));
    }

    @Test
    void embedsTheSameFloatsInBase64() throws Exception {
        var plain = post("/embeddings", "{\"model\":\"demo-embedding\",\"input\":\"a\",\"dimensions\":4}");
        var coded = post("/embeddings", """
                {"model":"demo-embedding","input":"a","dimensions":4,"encoding_format":"base64"}""");

        byte[] bytes = Base64.getDecoder().decode(values(coded.body(), "embedding").getFirst());
        var floats = new float[4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        assertThat(vectors(plain.body())).singleElement().isEqualTo(floats);
    }

    @Test
    void countsAListOfTokenNumbersAsOneInput() throws Exception {
        var one = post("/embeddings", "{\"model\":\"demo-embedding\",\"input\":[1,2,3]}");
        var two = post("/embeddings", "{\"model\":\"demo-embedding\",\"input\":[[1,2],[3]]}");

        assertThat(vectors(one.body())).hasSize(1);
        assertThat(vectors(two.body())).hasSize(2);
    }

    @Test
    void listsItsModels() throws Exception {
        var reply = client.send(HttpRequest.newBuilder(uri("/models")).build(), BodyHandlers.ofString());

        assertThat(values(reply.body(), "id")).containsExactly("demo-chat", "demo-embedding");
    }

    @Test
    void refusesInTheShapeOfOpenAi() throws Exception {
        var unknownModel = post("/chat/completions", "{\"model\":\"gpt-9\",\"messages\":[]}");
        var badJson = post("/chat/completions", "{\"model\":\"demo-chat\",");
        var badMessages = post("/chat/completions", "{\"model\":\"demo-chat\",\"messages\":\"hi\"}");
        var unknownPath = post("/nothing", "{}");
        var tooLong = post("/embeddings", "{\"model\":\"demo-embedding\",\"input\":\"a\",\"dimensions\":99999}");

        assertThat(unknownModel.statusCode()).isEqualTo(404);
        assertThat(values(unknownModel.body(), "code")).containsExactly("model_not_found");
        assertThat(values(unknownModel.body(), "param")).containsExactly("model");
        assertThat(unknownModel.body()).contains("gpt-9");
        assertThat(List.of(badJson.statusCode(), badMessages.statusCode(), tooLong.statusCode())).containsOnly(400);
        assertThat(values(badJson.body(), "type")).containsExactly("invalid_request_error");
        assertThat(unknownPath.statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create(provider.uri() + path);
    }

    private static List<String> events(HttpResponse<String> reply) {
        assertThat(reply.headers().firstValue("content-type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/event-stream"));
        return reply.body().lines().filter(line -> !line.isEmpty())
                .map(line -> line.substring("data: ".length())).toList();
    }

    private static List<String> values(String json, String field) throws IOException {
        List<String> values = new ArrayList<>();
        try (var parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue() && field.equals(parser.currentName())) {
                    values.add(parser.getText());
                }
            }
        }
        return values;
    }

    private static List<float[]> vectors(String json) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        try (var parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY && "embedding".equals(parser.currentName())) {
                    List<Float> floats = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        floats.add(parser.getFloatValue());
                    }
                    var vector = new float[floats.size()];
                    for (int i = 0; i < vector.length; i++) {
                        vector[i] = floats.get(i);
                    }
                    vectors.add(vector);
                }
            }
        }
        return vectors;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
