package io.deltallm.netty.gateway;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.deltallm.netty.testing.KeySpec.aKey;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The official client of OpenAI works against the gateway as against OpenAI, whichever base URL it is given.
@ExtendWith(LeakGuard.class)
final class OpenAiClientTest {
    private static ScriptedUpstream upstream;
    private static GatewayFixture gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        gateway = GatewayFixture.inFrontOf(upstream).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void forgetWhatAFailedTestLeft() {
        upstream.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void chats(String prefix) {
        upstream.next(ChatSample.reply());
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            var completion = client.api().chat().completions().create(chat());

            assertThat(completion.choices().getFirst().message().content()).contains("hello");
            assertThat(completion.usage()).hasValueSatisfying(usage -> assertThat(usage.totalTokens()).isEqualTo(18));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void streamsChat(String prefix) {
        upstream.next(ChatSample.stream(5));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix);
                StreamResponse<ChatCompletionChunk> stream = client.api().chat().completions().createStreaming(chat())) {
            List<String> texts = stream.stream().map(chunk -> chunk.choices().getFirst().delta().content().orElseThrow()).toList();

            assertThat(texts).containsExactly("t0", "t1", "t2", "t3", "t4");
        }
    }

    @Test
    void streamsUsageToThoseWhoAsk() {
        upstream.next(ChatSample.stream(1));
        var request = chat().toBuilder().streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()).build();
        try (var client = new Session(); StreamResponse<ChatCompletionChunk> stream = client.api().chat().completions().createStreaming(request)) {
            assertThat(stream.stream().toList().getLast().usage()).hasValueSatisfying(usage -> assertThat(usage.promptTokens()).isEqualTo(11));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void completes(String prefix) {
        upstream.next(Script.json(200, "{\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"text\":\"done\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}]}"));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            var completion = client.api().completions().create(
                    CompletionCreateParams.builder().model(ChatSample.MODEL).prompt("hi").build());

            assertThat(completion.choices().getFirst().text()).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void embeds(String prefix) {
        upstream.next(Script.json(200, "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-0.25]}],"
                + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}"));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            var embeddings = client.api().embeddings().create(EmbeddingCreateParams.builder()
                    .model(ChatSample.MODEL).input("hi").encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT).build());

            assertThat(embeddings.data().getFirst().embedding()).containsExactly(0.5f, -0.25f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void paints(String prefix) {
        upstream.next(Script.json(200, "{\"created\":1,\"data\":[{\"b64_json\":\"aGk=\"}]}"));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            var images = client.api().images().generate(ImageGenerateParams.builder().model(ChatSample.MODEL).prompt("a cat").build());

            assertThat(images.data().orElseThrow().getFirst().b64Json()).contains("aGk=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void moderates(String prefix) {
        upstream.next(Script.json(200, "{\"id\":\"modr-1\",\"model\":\"m\",\"results\":[]}"));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            var moderation = client.api().moderations().create(
                    ModerationCreateParams.builder().model(ChatSample.MODEL).input("hi").build());

            assertThat(moderation.id()).isEqualTo("modr-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void responds(String prefix) {
        upstream.next(Script.json(200, "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}"));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            assertThat(client.api().responses().create(response()).id()).isEqualTo("resp_1");
        }
    }

    @Test
    void streamsResponses() {
        upstream.next(Script.sse(
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"i\",\"output_index\":0,"
                        + "\"content_index\":0,\"delta\":\"he\",\"sequence_number\":1,\"logprobs\":[]}\n\n"));
        try (var client = new Session(); StreamResponse<ResponseStreamEvent> stream = client.api().responses().createStreaming(response())) {
            assertThat(stream.stream().findFirst().orElseThrow().asOutputTextDelta().delta()).isEqualTo("he");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void speaks(String prefix) throws IOException {
        byte[] sound = {0, 1, 2, (byte) 0xff};
        upstream.next(Script.reply(200).header("Content-Type", "audio/mpeg").whole(sound));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix);
                HttpResponse speech = client.api().audio().speech().create(SpeechCreateParams.builder()
                        .model(ChatSample.MODEL).input("hi").voice("alloy").build())) {
            assertThat(speech.body().readAllBytes()).isEqualTo(sound);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void transcribes(String prefix) {
        upstream.next(Script.json(200, "{\"text\":\"hi there\"}"));
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            var text = client.api().audio().transcriptions().create(
                    TranscriptionCreateParams.builder().model(ChatSample.MODEL).file("sound".getBytes(UTF_8)).build());

            assertThat(text.asTranscription().text()).isEqualTo("hi there");
            assertThat(upstream.requests().getLast().text()).contains(ChatSample.UPSTREAM_MODEL).doesNotContain("gpt-4o");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void listsModels(String prefix) {
        try (var client = new Session(GatewayFixture.MASTER_KEY, prefix)) {
            assertThat(client.api().models().list().data()).singleElement().satisfies(model -> assertThat(model.id()).isEqualTo("gpt-4o"));
            assertThat(client.api().models().retrieve("gpt-4o").id()).isEqualTo("gpt-4o");
            assertThatThrownBy(() -> client.api().models().retrieve("gpt-9")).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void meetsTheClientsExceptions() {
        try (var stranger = new Session("sk-unknown", "/v1")) {
            assertThatThrownBy(() -> stranger.api().chat().completions().create(chat()))
                    .isInstanceOfSatisfying(UnauthorizedException.class, e -> assertThat(e.code()).contains("unauthorized"));
        }
        try (var client = new Session()) {
            assertThatThrownBy(() -> client.api().chat().completions().create(chat().toBuilder().model("gpt-9").build()))
                    .isInstanceOfSatisfying(NotFoundException.class, e -> {
                        assertThat(e.code()).contains("model_not_found");
                        assertThat(e.param()).contains("model");
                        assertThat(e.type()).contains("invalid_request_error");
                    });
            assertThatThrownBy(() -> client.api().chat().completions().create(chat().toBuilder().model("").build()))
                    .isInstanceOfSatisfying(BadRequestException.class, e -> assertThat(e.param()).contains("model"));
        }
    }

    @Test
    void meetsTheExceptionsOfLimitsAndLists() {
        upstream.next(ChatSample.reply());
        try (var client = new Session(gateway.newKey(aKey().withRequestsPerMinute(1)), "/v1")) {
            client.api().chat().completions().create(chat());

            assertThatThrownBy(() -> client.api().chat().completions().create(chat()))
                    .isInstanceOfSatisfying(RateLimitException.class, e -> assertThat(e.code()).contains("rate_limited"));
        }
        try (var client = new Session(gateway.newKey(aKey().withModels("claude-*")), "/v1")) {
            assertThatThrownBy(() -> client.api().chat().completions().create(chat())).isInstanceOf(PermissionDeniedException.class);
        }
    }

    @Test
    void meetsTheProvidersOwnErrors() {
        upstream.next(Script.json(503, "{\"error\":{\"message\":\"busy\",\"type\":\"server_error\",\"param\":null,\"code\":\"busy\"}}"));
        try (var client = new Session()) {
            assertThatThrownBy(() -> client.api().chat().completions().create(chat()))
                    .isInstanceOfSatisfying(InternalServerException.class, e -> assertThat(e.code()).contains("busy"));
        }
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder().model(ChatSample.MODEL).addUserMessage("hi").build();
    }

    private static ResponseCreateParams response() {
        return ResponseCreateParams.builder().model(ChatSample.MODEL).input("hi").build();
    }

    /// One client, retries off, closed after its test.
    private record Session(OpenAIClient api) implements AutoCloseable {
        Session() {
            this(GatewayFixture.MASTER_KEY, "/v1");
        }

        Session(String key, String prefix) {
            this(OpenAIOkHttpClient.builder().baseUrl("http://127.0.0.1:" + gateway.port() + prefix).apiKey(key).maxRetries(0).build());
        }

        @Override
        public void close() {
            api.close();
        }
    }
}
