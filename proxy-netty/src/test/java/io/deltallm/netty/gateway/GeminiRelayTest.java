package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Google's clients in front of Gemini, whose models have other names here: their bodies name the model once more.
@ExtendWith(LeakGuard.class)
final class GeminiRelayTest {
    private final FormatsUpstream formats = new FormatsUpstream();

    @AfterEach
    void stop() {
        formats.close();
    }

    private ReceivedRequest sent(String action, String body) {
        formats.answers(200, "{}");
        try (RawClient client = formats.connect()) {
            RawResponse response = client.post(
                            "/v1beta/models/" + FormatsUpstream.GEMINI_EMBED + ":" + action, GatewayFixture.MASTER_KEY, body)
                    .read();
            assertThat(response.status()).as(response.text()).isEqualTo(200);
        }
        return formats.taken();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            batchEmbedContents | {"requests":[ {"model":"models/@","content":{"parts":[{"text":"a"}]}},{"content":{},"model":"models/@"} ]}
            embedContent       | {"model" : "models/@","content":{"parts":[{"text":"a"}]}}
            countTokens        | {"generateContentRequest":{"model":"models/@","contents":[{"parts":[{"text":"a"}]}]}}
            """)
    void namesTheModelAsGeminiDoesWhereverItStands(String action, String template) {
        ReceivedRequest request = sent(action, template.replace("@", FormatsUpstream.GEMINI_EMBED));

        assertThat(request.target()).isEqualTo("/v1beta/models/gemini-embedding-001:" + action);
        assertThat(request.text()).isEqualTo(template.replace("@", "gemini-embedding-001"));
    }

    @Test
    void setsWhatTheConfigurationSaysAndTheClientDoesNot() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(Script.json(200, "{}"));
                GatewayFixture gateway = GatewayFixture.inFrontOf(upstream)
                        .withoutModels()
                        .model("flash", "gemini/gemini-2.5-flash", "http://127.0.0.1:" + upstream.port() + "/v1beta")
                        .parameter("temperature", 0.25)
                        .parameter("max_tokens", 77)
                        .start();
                RawClient client = gateway.connect()) {
            String body = "{\"contents\":[],\"generationConfig\":{\"temperature\":1}}";

            client.post("/v1beta/models/flash:streamGenerateContent?alt=sse", GatewayFixture.MASTER_KEY, body).read();

            assertThat(upstream.takeRequest().text())
                    .isEqualTo("{\"contents\":[],\"generationConfig\":{\"maxOutputTokens\":77,\"temperature\":1}}");
        }
    }

    @Test
    void namesTheModelOfEachRequestOfALargeBatch() {
        String template = "{\"requests\":[" + "{\"model\":\"models/@\",\"content\":{}},".repeat(100) + "{}]}";

        assertThat(sent("batchEmbedContents", template.replace("@", FormatsUpstream.GEMINI_EMBED)).text())
                .isEqualTo(template.replace("@", "gemini-embedding-001"));
    }
}
