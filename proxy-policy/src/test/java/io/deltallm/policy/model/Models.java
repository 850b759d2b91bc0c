package io.deltallm.policy.model;

import com.fasterxml.jackson.core.JsonFactory;
import io.deltallm.policy.config.ConfigInput;
import io.deltallm.policy.config.ConfigReader;
import io.deltallm.policy.config.ConfigResult;
import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.config.Overrides;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.config.SnapshotBuilder;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.identity.ModelAccess;
import io.deltallm.policy.limit.CallerLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/// Snapshots and callers for tests of this package.
final class Models {
    static final String TEXT = """
            general_settings: {master_key: sk-master, salt_key: salt}
            model_list:
              - model_name: smart
                litellm_params: {model: openai/gpt-4o, api_key: sk-hidden, temperature: 0.5, weight: 2}
              - model_name: smart
                litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: sk-hidden}
              - model_name: vectors
                litellm_params: {model: openai/text-embedding-3-small, api_key: sk-hidden}
              - model_name: mine
                litellm_params:
                  model: azure/my-deployment
                  api_base: https://secret-host.openai.azure.com
                  api_key: sk-hidden
                  input_cost_per_token: 0.000001
                  output_cost_per_token: 0.000002
                model_info: {base_model: gpt-4, team: "a \\"b\\""}
              - model_name: local
                litellm_params: {model: openai/llama-3-8b, api_base: "http://localhost:1/v1"}
            router_settings: {model_group_alias: {best: [smart]}}
            """;

    private Models() {}

    static Snapshot snapshot() {
        ConfigResult result = new ConfigReader().read(new ConfigInput("c.yaml", TEXT, Map.of(), Overrides.NONE));
        GatewayConfig config = Objects.requireNonNull(result.config(), () -> result.problems().toString());
        return SnapshotBuilder.build(config, 1, Instant.ofEpochSecond(1_000));
    }

    static Caller master() {
        return caller(Caller.Kind.MASTER, List.of());
    }

    static Caller allowed(String... names) {
        return caller(Caller.Kind.VIRTUAL_KEY, List.of(names));
    }

    private static Caller caller(Caller.Kind kind, List<String> names) {
        return new Caller("id", kind, null, null, null, ModelAccess.of(names), CallerLimits.NONE, null, false);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The JSON of an answer that was given.
    static String json(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Given.class);
        return json(((Answer.Given) answer).json());
    }

    static String json(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try (var parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                assertThat(parser.currentToken()).isNotNull();
            }
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
        return text;
    }

    static String message(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).error().message();
    }
}
