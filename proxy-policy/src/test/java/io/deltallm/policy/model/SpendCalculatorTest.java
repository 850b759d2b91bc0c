package io.deltallm.policy.model;

import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.spend.PriceBook;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpendCalculatorTest {
    private static final PriceBook BOOK = PriceBook.load();
    private final Snapshot snapshot = Models.snapshot();

    private Answer cost(String body, String day) {
        Clock clock = Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
        return new SpendCalculator(BOOK, clock).calculate(snapshot, Models.master(), Models.bytes(body));
    }

    private Answer cost(String body) {
        return cost(body, "2026-11-27");
    }

    @Test
    void pricesWhatAReplyUsed() {
        assertThat(Models.json(cost("{\"model\":\"mine\",\"completion_response\":{\"usage\":{\"prompt_tokens\":1000,"
                + "\"completion_tokens\":500}}}"))).isEqualTo("{\"cost\":0.002}");
        assertThat(Models.json(cost("{\"completion_response\":{\"model\":\"anthropic/claude-sonnet-4-5\",\"usage\":{"
                + "\"prompt_tokens\":9000,\"completion_tokens\":0,\"cache_read_input_tokens\":5000,"
                + "\"cache_creation_input_tokens\":3000}}}"))).isEqualTo("{\"cost\":0.01575}");
    }

    @Test
    void pricesAPrompt() {
        // Two tokens at 2.5 dollars a million; 3 + 3 + 1 + 2 of them.
        assertThat(Models.json(cost("{\"model\":\"openai/gpt-4o\",\"prompt\":\"hello world\"}"))).isEqualTo("{\"cost\":0.000005}");
        assertThat(Models.json(cost("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}")))
                .isEqualTo("{\"cost\":0.0000225}");
    }

    @Test
    void knowsThePriceOfTheDay() {
        String body = "{\"model\":\"gemini/gemini-3.6-flash\",\"completion_response\":{\"usage\":{\"prompt_tokens\":1000000}}}";

        assertThat(Models.json(cost(body, "2026-12-31"))).isEqualTo("{\"cost\":0.75}");
        assertThat(Models.json(cost(body, "2027-01-01"))).isEqualTo("{\"cost\":1.5}");
    }

    @Test
    void refusesWhatHasNoPrice() {
        assertThat(Models.message(cost("{\"model\":\"local\",\"prompt\":\"x\"}"))).startsWith("no price is known of model \"local\"");
        assertThat(Models.message(cost("{\"model\":\"smart\"}"))).startsWith("nothing to price");
        assertThat(Models.message(cost("{\"model\":\"smart\",\"completion_response\":{\"id\":1}}"))).startsWith("nothing to price");
        assertThat(Models.message(cost("[]"))).startsWith("the body is no JSON object");
        assertThat(Models.message(cost("{}"))).isEqualTo("model: null (expected: a string)");
    }

    @Test
    void survivesNumbersBeyondReason() {
        assertThat(Models.json(cost("{\"model\":\"smart\",\"completion_response\":{\"usage\":{\"prompt_tokens\":9223372036854775807,"
                + "\"completion_tokens\":-5}}}"))).isEqualTo("{\"cost\":2500}");
    }
}
