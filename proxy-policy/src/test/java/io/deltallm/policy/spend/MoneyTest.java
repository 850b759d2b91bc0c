package io.deltallm.policy.spend;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MoneyTest {
    @Test
    void isExactToTheBillionth() {
        assertThat(Money.ofDollars("0.1").plus(Money.ofDollars("0.2"))).isEqualTo(Money.ofDollars("0.3"));
        assertThat(Money.ofDollars("1e-9").nanos()).isEqualTo(1);
        assertThat(Money.ofDollars("0.15").times(3).minus(Money.ofDollars("0.5")).dollars())
                .isEqualByComparingTo(new BigDecimal("-0.05"));
    }

    @Test
    void refusesWhatIsFinerOrTooMuch() {
        assertThatThrownBy(() -> Money.ofDollars("0.0000000001")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofDollars("1e10")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE / 2).times(3)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void printsPlainDollars() {
        assertThat(Money.ofDollars("0.0000025")).hasToString("0.0000025");
        assertThat(Money.ofDollars("1200")).hasToString("1200");
        assertThat(Money.ZERO).hasToString("0");
    }

    @Test
    void hasAnOrder() {
        assertThat(Money.ofDollars("0.2")).isGreaterThan(Money.ofDollars("0.1"));
    }
}
