package io.deltallm.policy.spend;

import io.deltallm.codec.chat.Usage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PriceTest {
    private static final Price CLAUDE = PriceRow.price("input=3 output=15 cache_read=0.3 cache_write=3.75 cache_write_1h=6"
            + " >200000 input=6 output=22.5 cache_read=0.6 cache_write=7.5 cache_write_1h=12");

    private static Usage tokens(long prompt, long completion) {
        return Usage.of(prompt, completion, prompt + completion, 0, 0, false);
    }

    private static Usage cached(long prompt, long completion, long read, long written) {
        return new Usage(prompt, completion, prompt + completion, read, written, 0, 0, 0, false);
    }

    @Test
    void paysForInputAndOutput() {
        assertThat(CLAUDE.cost(tokens(1000, 200))).isEqualTo(Money.ofDollars("0.006"));
        assertThat(CLAUDE.cost(tokens(0, 0))).isEqualTo(Money.ZERO);
    }

    @Test
    void paysForEachClassOfTheCache() {
        // 1000 plain, 5000 read, 2000 written for 5 minutes, 1000 for an hour: 3 + 1.5 + 7.5 + 6 thousandths.
        assertThat(CLAUDE.cost(cached(9000, 0, 5000, 3000), 1000)).isEqualTo(Money.ofDollars("0.018"));
        assertThat(CLAUDE.cost(cached(9000, 0, 5000, 3000))).isEqualTo(Money.ofDollars("0.01575"));
    }

    @Test
    void paysForCachedTokensAsForOthersWhereTheyHaveNoPrice() {
        Price plain = PriceRow.price("input=2 output=4");

        assertThat(plain.cost(cached(1000, 0, 400, 100))).isEqualTo(Money.ofDollars("0.002"));
    }

    @Test
    void paysMoreForAWholeLongPrompt() {
        assertThat(CLAUDE.cost(tokens(200_000, 1000))).isEqualTo(Money.ofDollars("0.615"));
        assertThat(CLAUDE.cost(tokens(200_001, 1000))).isEqualTo(Money.ofDollars("1.222506"));
    }

    @Test
    void paysForReasoningAndSoundWhereTheyHaveAPriceOfTheirOwn() {
        Price qwen = PriceRow.price("input=0.4 output=1.2 reasoning=4");
        Price audio = PriceRow.price("input=2.5 output=10 audio_in=40 audio_out=80");

        assertThat(qwen.cost(Usage.of(0, 1000, 1000, 0, 400, false))).isEqualTo(Money.ofDollars("0.00232"));
        assertThat(CLAUDE.cost(Usage.of(0, 1000, 1000, 0, 400, false))).isEqualTo(Money.ofDollars("0.015"));
        assertThat(audio.cost(new Usage(1000, 500, 1500, 0, 0, 0, 800, 300, false))).isEqualTo(Money.ofDollars("0.0585"));
    }

    @Test
    void roundsOnceAtTheEnd() {
        // A third of a billionth each.
        Price tiny = PriceRow.price("input=0.000333333 output=0.000333333");

        assertThat(tiny.cost(tokens(1, 1))).isEqualTo(new Money(1));
        assertThat(tiny.cost(tokens(1, 0))).isEqualTo(Money.ZERO);
        assertThat(tiny.cost(tokens(3, 0))).isEqualTo(new Money(1));
    }

    @Test
    void paysForPieces() {
        Price rerank = PriceRow.price("query=0.002 image=0.04");

        assertThat(rerank.cost(PriceUnit.QUERY, 3)).isEqualTo(Money.ofDollars("0.006"));
        assertThat(rerank.cost(PriceUnit.IMAGE, 2)).isEqualTo(Money.ofDollars("0.08"));
        assertThat(rerank.cost(PriceUnit.PAGE, 2)).isEqualTo(Money.ZERO);
    }

    @Test
    void costsHalfInABatchWhereThereIsABatchPrice() {
        Price gpt = PriceRow.price("input=2.5 output=10 batch_input=1.25 batch_output=5");

        assertThat(gpt.batch().cost(tokens(1000, 1000))).isEqualTo(Money.ofDollars("0.00625"));
        assertThat(CLAUDE.batch().cost(tokens(1000, 200))).isEqualTo(CLAUDE.cost(tokens(1000, 200)));
    }

    @Test
    void changesOnItsDay() {
        Price flash = PriceRow.price("input=0.75 output=3.75 cache_read=0.075 @2027-01-01 input=1.5 output=7.5");

        assertThat(flash.on(LocalDate.of(2026, 12, 31)).cost(tokens(1000, 0))).isEqualTo(Money.ofDollars("0.00075"));
        assertThat(flash.on(LocalDate.of(2027, 1, 1)).cost(tokens(1000, 0))).isEqualTo(Money.ofDollars("0.0015"));
        assertThat(flash.on(LocalDate.of(2027, 1, 1)).rate(PriceUnit.CACHE_READ)).isEqualTo(Money.ofDollars("0.075"));
    }

    @Test
    void isOverriddenForPromptsOfAnyLength() {
        Price own = CLAUDE.with(Map.of(PriceUnit.INPUT, Money.ofDollars("1")), List.of());

        assertThat(own.cost(tokens(300_000, 1000))).isEqualTo(Money.ofDollars("0.315"));
        assertThat(CLAUDE.with(Map.of(), List.of())).isSameAs(CLAUDE);
    }

    /// $9,223.37 for a million tokens is where the product with a million leaves a long.
    @ParameterizedTest
    @CsvSource({
        "9223.372036854, 999999, 9223.362813482",
        "9223.372036855, 999999, 9223.362813483",
        "9223.372036855, 1, 0.009223372",
        "1000000, 1, 1",
        "1000000, 999999, 999999",
        "1000000, 1000000000, 1000000000",
        "999999.999999999, 1999999, 1999998.999999998",
        "0.000000001, 1000000000000, 0.001",
        "1000000, 9223372036, 9223372036",
        "1000000, 9223372037, 9223372036.854775807",
        "1000000, 1000000000000, 9223372036.854775807",
        "9223372036.854775807, 1000000, 9223372036.854775807",
        "9223372036.854775807, 1000001, 9223372036.854775807",
        "3, 9223372036854775807, 9223372036.854775807"
    })
    void paysAnyPriceForAnyCount(String perMillion, long tokens, String dollars) {
        assertThat(PriceRow.price("input=" + perMillion).cost(tokens(tokens, 0))).isEqualTo(Money.ofDollars(dollars));
        assertThat(PriceRow.price("output=" + perMillion).cost(tokens(0, tokens))).isEqualTo(Money.ofDollars(dollars));
    }

    @Test
    void addsUpToTheMostThatMoneyCanSay() {
        Price dear = PriceRow.price("input=9223372036.854775807 output=9223372036.854775807 image=9223372036");
        Money most = new Money(Long.MAX_VALUE);

        assertThat(dear.cost(new Usage(1_000_000, 1_000_000, 2_000_000, 0, 0, 0, 0, 0, false))).isEqualTo(most);
        assertThat(dear.cost(PriceUnit.IMAGE, 1)).isEqualTo(Money.ofDollars("9223372036"));
        assertThat(dear.cost(PriceUnit.IMAGE, Long.MAX_VALUE)).isEqualTo(most);
        assertThat(PriceRow.price("input=9223372036.854775807 output=0.000000001").cost(tokens(1_000_000, 1_000_000)))
                .as("a sum of parts")
                .isEqualTo(most);
    }

    @Test
    void neverPaysForLessThanNothing() {
        assertThat(CLAUDE.cost(cached(10, 0, 50, 0))).isEqualTo(Money.ofDollars("0.000015"));
    }
}
