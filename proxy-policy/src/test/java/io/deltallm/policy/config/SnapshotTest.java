package io.deltallm.policy.config;

import io.deltallm.policy.config.LoggingSettings.Format;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static io.deltallm.policy.config.Reading.reading;
import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class SnapshotTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final String MODELS = """
            model_list:
              - model_name: b
                litellm_params: {model: openai/gpt-4o, api_key: k1, weight: 3}
              - model_name: a
                litellm_params: {model: groq/llama, api_key: k2}
              - model_name: b
                litellm_params: {model: openai/gpt-4o, api_key: k3}
              - model_name: b
                litellm_params: {model: openai/gpt-4o, api_key: k3}
            router: {model_group_alias: {all: [a, b], one: a, hidden: {model: b, hidden: true}, none: [x]}}
            """;

    private static Snapshot snapshot(String text) {
        return SnapshotBuilder.build(sound(text).config(), 1, NOON);
    }

    private static ModelGroup group(Snapshot snapshot, String name) {
        return Objects.requireNonNull(snapshot.group(name), name);
    }

    private static List<String> ids(Snapshot snapshot, String name) {
        return group(snapshot, name).targets().stream().map(Target::id).toList();
    }

    @Test
    void groupsEntriesOfOneName() {
        Snapshot snapshot = snapshot(MODELS);

        assertThat(snapshot.groups()).extracting(ModelGroup::name).containsExactly("a", "all", "b", "hidden", "one");
        assertThat(group(snapshot, "b").targets()).extracting(Target::weight).containsExactly(3, 1, 1);
        assertThat(group(snapshot, "all").targets()).hasSize(4);
        assertThat(group(snapshot, "one").targets()).isEqualTo(group(snapshot, "a").targets());
        assertThat(snapshot.group("x")).isNull();
    }

    @Test
    void keepsTargetIdsOverReloadsAndReordering() {
        Snapshot before = snapshot(MODELS);
        Snapshot after = snapshot("""
                model_list:
                  - model_name: b
                    litellm_params: {model: openai/gpt-4o, api_key: k3, weight: 9}
                  - model_name: b
                    litellm_params: {model: openai/gpt-4o, api_key: k1}
                """);

        List<String> ids = ids(before, "b");
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.startsWith("openai/gpt-4o#"));
        assertThat(ids.get(2)).isEqualTo(ids.get(1) + "-2");
        assertThat(ids(after, "b")).containsExactly(ids.get(1), ids.get(0));
    }

    @Test
    void hashesTheMasterKeyWithTheSalt() {
        Snapshot snapshot = snapshot("auth: {api_key_header: X-Key}");

        assertThat(snapshot.auth())
                .isEqualTo(new AuthSettings(new KeyHasher("salt").hash("sk-master"), "X-Key", false));
    }

    @Test
    void addsTheDemoProvidersModels() {
        Overrides.Demo demo = demo(false);
        GatewayConfig config =
                reading(MODELS).with(new Overrides(null, null, null, false, demo)).config();
        Snapshot snapshot = SnapshotBuilder.build(config, 1, NOON);

        assertThat(group(snapshot, "demo").targets()).extracting(Target::upstreamModel).containsExactly("demo");
        assertThat(group(snapshot, "b").targets()).hasSize(3);
        assertThat(config.keys().masterKey()).isEqualTo(new Secret("sk-demo"));
        assertThat(config.server().host()).isEqualTo("0.0.0.0");
    }

    @Test
    void logsADemoAsTextForAPersonUnlessToldOtherwise() {
        var person = new Overrides(null, null, null, false, demo(true));
        var pipe = new Overrides(null, null, null, false, demo(false));

        assertThat(reading("").with(person).config().logging().format()).isEqualTo(Format.TEXT);
        assertThat(reading("").with(pipe).config().logging().format()).isEqualTo(Format.JSON);
        assertThat(reading("logging: {format: json}").with(person).config().logging().format()).isEqualTo(Format.JSON);
        assertThat(reading("logging: {file: a.log}").with(person).config().logging().format()).isEqualTo(Format.JSON);
    }

    private static Overrides.Demo demo(boolean terminal) {
        return new Overrides.Demo(
                URI.create("http://127.0.0.1:9/v1"), List.of("demo", "b"), new Secret("sk-demo"), terminal);
    }

    @Test
    void tellsListenersOfANewSnapshot() {
        Snapshot first = snapshot("");
        Snapshot second = snapshot(MODELS);
        LiveSnapshot live = new LiveSnapshot(first);
        List<Snapshot> told = new ArrayList<>();
        live.onReplace(told::add);

        live.replace(second);

        assertThat(live.current()).isSameAs(second);
        assertThat(told).containsExactly(second);
    }
}
