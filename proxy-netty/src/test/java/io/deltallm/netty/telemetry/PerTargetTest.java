package io.deltallm.netty.telemetry;

import io.deltallm.policy.route.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PerTargetTest {
    private final List<String> made = new ArrayList<>();
    private final PerTarget<String> values = new PerTarget<>(target -> {
        made.add(target.id());
        return target.id();
    });

    @Test
    void findsEachOfAThousandTargetsAndMakesItsValueOnce() {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            targets.add(EndedExchange.target("model-" + i, "openai"));
        }
        values.configured(targets);

        for (int round = 0; round < 2; round++) {
            assertThat(targets).allMatch(target -> values.get(target).equals(target.id()));
        }
        assertThat(made).hasSize(1000);
    }

    @Test
    void makesNothingForATargetThatIsOnlyConfigured() {
        Target target = EndedExchange.target("fast", "openai");

        values.configured(List.of(target));

        assertThat(values.peek(target)).isNull();
        assertThat(made).isEmpty();
    }

    @Test
    void keepsAValueOverAReloadAndForgetsItWhenTheTargetIsGone() {
        Target before = EndedExchange.target("fast", "openai");
        values.configured(List.of(before));
        values.get(before);

        Target after = EndedExchange.target("fast", "openai");
        values.configured(List.of(after));
        values.get(after);
        values.get(before);
        assertThat(made).containsExactly("fast@openai");

        values.configured(List.of());
        assertThat(values.peek(after)).isNull();
    }

    @Test
    void takesATargetThatIsListedTwice() {
        Target target = EndedExchange.target("fast", "openai");

        values.configured(List.of(target, target));

        assertThat(values.get(target)).isEqualTo("fast@openai");
    }
}
