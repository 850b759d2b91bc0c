package io.deltallm.policy.model;

import io.deltallm.policy.config.Snapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelCatalogTest {
    private final Snapshot snapshot = Models.snapshot();
    private final ModelCatalog catalog = new ModelCatalog();

    @Test
    void listsEachNameOnceInOrder() {
        String json = Models.json(catalog.list(snapshot, Models.master()));

        assertThat(json).startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"best\",\"object\":\"model\",\"created\":1000,"
                + "\"owned_by\":\"deltallm\",\"provider_type\":\"openai\",\"status\":\"active\",\"enabled\":true,\"forced\":false,");
        assertThat(json).containsSubsequence("\"best\"", "\"local\"", "\"mine\"", "\"smart\"", "\"vectors\"");
        assertThat(json.split("\"id\":\"smart\"", -1)).hasSize(2);
    }

    @Test
    void listsOnlyWhatTheCallerMayUse() {
        String json = Models.json(catalog.list(snapshot, Models.allowed("mine")));

        assertThat(json).contains("\"id\":\"mine\"").doesNotContain("smart").doesNotContain("local");
    }

    @Test
    void tellsTheMostThatAGroupCan() {
        String json = Models.json(catalog.one(snapshot, Models.master(), "smart"));

        // 200000 of Claude, 128000 of GPT.
        assertThat(json).contains("\"mode\":\"chat\",\"context_window\":200000,\"max_output_tokens\":64000", "\"vision\"", "\"tools\"");
    }

    @Test
    void saysNothingOfWhatNobodyKnows() {
        assertThat(Models.json(catalog.one(snapshot, Models.master(), "local")))
                .contains("\"context_window\":null,\"max_output_tokens\":null,\"capabilities\":[]");
    }

    @Test
    void refusesAnUnknownOrForbiddenNameAlike() {
        assertThat(Models.message(catalog.one(snapshot, Models.master(), "x"))).isEqualTo("The model \"x\" does not exist here");
        assertThat(Models.message(catalog.one(snapshot, Models.allowed("mine"), "smart")))
                .isEqualTo("The model \"smart\" does not exist here");
    }
}
