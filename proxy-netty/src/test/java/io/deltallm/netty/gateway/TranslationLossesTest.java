package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.MetricsText;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/// What becomes of a parameter that the provider's format cannot carry.
@ExtendWith(LeakGuard.class)
final class TranslationLossesTest {
    private static final String LOSSES = "deltallm_translation_losses_total";
    private static final String CHAT = "{\"model\":\"claude\",\"logit_bias\":{\"5\":1},\"seed\":3,\"x_made_up\":1,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String BIASED =
            "{\"model\":\"claude\",\"logit_bias\":{\"5\":1},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String MESSAGES =
            "{\"model\":\"gpt-4o\",\"max_tokens\":9,\"top_k\":4,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final Script CLAUDES_REPLY = Script.json(200, "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"c\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"stop_reason\":\"end_turn\","
            + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}");

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    private GatewayFixture.Plan plan() {
        return GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .model("claude", "anthropic/claude-sonnet-4-5", upstream.baseUrl().replace("/v1", ""));
    }

    @BeforeEach
    void start() {
        gateway = plan().start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    private RawResponse post(String path, String body) {
        try (RawClient client = gateway.connect()) {
            return client.post(path, GatewayFixture.MASTER_KEY, body).read();
        }
    }

    @Test
    void leavesItOutAndCountsIt() {
        upstream.next(CLAUDES_REPLY);

        assertThat(post(ChatSample.PATH, CHAT).status()).isEqualTo(200);

        assertThat(upstream.takeRequest().text()).doesNotContain("logit_bias", "seed", "made_up");
        MetricsText metrics = gateway.metrics();
        String pair = "from=\"chat/completions\",to=\"messages\"";
        assertThat(metrics.sum(LOSSES, pair, "parameter=\"logit_bias\"")).isEqualTo(1);
        assertThat(metrics.sum(LOSSES, pair, "parameter=\"seed\"")).isEqualTo(1);
        assertThat(metrics.sum(LOSSES, pair, "parameter=\"other\"")).isEqualTo(1);
        assertThat(metrics.sum(LOSSES)).isEqualTo(3);
        assertThat(metrics.text()).doesNotContain("made_up");
    }

    @Test
    void refusesItWhereNothingMayBeDropped() {
        gateway.reload(plan().set("litellm_settings.drop_params", false));

        RawResponse chat = post(ChatSample.PATH, BIASED);
        assertThat(chat.status()).isEqualTo(400);
        assertThat(chat.error("type")).isEqualTo("invalid_request_error");
        assertThat(chat.error("param")).isEqualTo("logit_bias");
        assertThat(chat.error("message")).startsWith("logit_bias cannot be carried to the provider anthropic");
        RawResponse messages = post("/v1/messages", MESSAGES);
        assertThat(messages.status()).isEqualTo(400);
        assertThat(messages.json().path("type").asText()).isEqualTo("error");
        assertThat(messages.error("type")).isEqualTo("invalid_request_error");
        assertThat(messages.error("message")).startsWith("top_k cannot be carried to the provider openai");
        assertThat(upstream.requestCount()).isZero();
        assertThat(gateway.metrics().sum(LOSSES)).isZero();
    }

    @Test
    void refusesItForOneModelOnly() {
        gateway.reload(plan().parameter("drop_params", false));
        upstream.next(ChatSample.reply());

        assertThat(post(ChatSample.PATH, BIASED).error("param")).isEqualTo("logit_bias");
        assertThat(post("/v1/messages", MESSAGES).status()).isEqualTo(200);
        assertThat(gateway.metrics().sum(LOSSES, "parameter=\"top_k\"")).isEqualTo(1);
    }

    @Test
    void sendsItAgainstTheDefaultForOneModelOnly() {
        gateway.reload(plan().set("litellm_settings.drop_params", false).parameter("drop_params", true));
        upstream.next(CLAUDES_REPLY);

        assertThat(post(ChatSample.PATH, BIASED).status()).isEqualTo(200);
        assertThat(post("/v1/messages", MESSAGES).status()).isEqualTo(400);
    }
}
