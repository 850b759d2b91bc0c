package io.deltallm.policy.spend;

import java.math.BigDecimal;

/// An amount of US dollars, exact to the billionth. What does not fit (nine billion dollars do) throws.
///
/// @param nanos whole billionths of a dollar; may be negative, as a refund is
public record Money(long nanos) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);

    private static final int SCALE = 9;

    /// @throws ArithmeticException if there are fractions of a billionth, or too many dollars
    public static Money ofDollars(BigDecimal dollars) {
        return new Money(dollars.movePointRight(SCALE).longValueExact());
    }

    /// `0.15`, `1e-7`.
    ///
    /// @throws NumberFormatException if it is no number
    /// @throws ArithmeticException as [#ofDollars(BigDecimal)]
    public static Money ofDollars(String text) {
        return ofDollars(new BigDecimal(text));
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, other.nanos));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, other.nanos));
    }

    public Money times(long count) {
        return new Money(Math.multiplyExact(nanos, count));
    }

    public boolean isZero() {
        return nanos == 0;
    }

    public BigDecimal dollars() {
        return BigDecimal.valueOf(nanos, SCALE);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }

    /// The dollars without sign and trailing zeros, fit for JSON: `0.00015`.
    @Override
    public String toString() {
        return nanos == 0 ? "0" : dollars().stripTrailingZeros().toPlainString();
    }
}
