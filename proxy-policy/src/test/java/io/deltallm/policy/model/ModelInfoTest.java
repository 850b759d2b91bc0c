package io.deltallm.policy.model;

import io.deltallm.policy.config.Snapshot;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelInfoTest {
    private final Snapshot snapshot = Models.snapshot();
    private final ModelInfo info = new ModelInfo();

    @Test
    void showsEachTargetOnceWithWhatItCosts() {
        String json = Models.json(info.targets(snapshot, Models.master(), null));

        assertThat(json.split("\"model_name\"", -1)).hasSize(6);
        assertThat(json).contains("\"model_name\":\"smart\",\"litellm_params\":{\"model\":\"openai/gpt-4o\"",
                "\"temperature\":0.5", "\"litellm_provider\":\"anthropic\"", "\"max_input_tokens\":128000",
                "\"input_cost_per_token\":0.0000025,\"output_cost_per_token\":0.00001", "\"supports_function_calling\":true",
                "\"input_cost_per_token_above_200k_tokens\":0.000006", "\"mode\":\"embedding\"", "\"team\":\"a \\\"b\\\"\"");
    }

    @Test
    void showsNoSecretsAndAddressesOnlyToTheMaster() {
        assertThat(Models.json(info.targets(snapshot, Models.master(), null)))
                .contains("secret-host")
                .doesNotContain("sk-hidden");
        assertThat(Models.json(info.targets(snapshot, Models.allowed("mine"), null)))
                .contains("\"model_name\":\"mine\"")
                .doesNotContain("secret-host")
                .doesNotContain("smart");
    }

    @Test
    void showsOneTargetByItsId() {
        String id = Objects.requireNonNull(snapshot.group("vectors")).targets().getFirst().id();

        assertThat(Models.json(info.targets(snapshot, Models.master(), id))).contains("\"model_name\":\"vectors\"").doesNotContain("smart");
        assertThat(Models.message(info.targets(snapshot, Models.allowed("mine"), id))).contains("does not exist");
    }

    @Test
    void tellsOfAGroupWhatItsTargetsCan() {
        String json = Models.json(info.groups(snapshot, Models.master(), "smart"));

        assertThat(json).startsWith("{\"data\":[{\"model_group\":\"smart\",\"providers\":[\"openai\",\"anthropic\"],\"mode\":\"chat\"");
        assertThat(json).contains("\"max_input_tokens\":200000", "\"input_cost_per_token\":0.000003", "\"supports_vision\":true",
                "\"logit_bias\"", "\"tool_choice\"");
        assertThat(Models.json(info.groups(snapshot, Models.master(), "vectors"))).contains("\"mode\":\"embedding\"");
        assertThat(Models.message(info.groups(snapshot, Models.master(), "x"))).contains("does not exist");
    }
}
