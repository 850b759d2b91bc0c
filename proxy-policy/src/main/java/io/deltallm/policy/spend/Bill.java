package io.deltallm.policy.spend;

import org.jspecify.annotations.Nullable;

/// Adds up what was used. Exact until the end, where less than half a billionth of a dollar is dropped; what would cost more
/// than [Money] can say costs the most that it can, so that no count of a provider's and no price makes an exchange fail.
/// Confined to one sum.
final class Bill {
    private long nanos;
    /// Millionths of a billionth.
    private long rest;

    /// @param rate the price of `unit.per()`, not negative; null adds nothing
    void add(PriceUnit unit, long count, @Nullable Money rate) {
        if (rate == null || count <= 0) {
            return;
        }
        if (unit.per() == 1) {
            pay(rate.nanos(), count);
        } else {
            payByTheMillion(rate.nanos(), count);
        }
    }

    /// Both factors in millions and what is left of them: no product is larger than the sum has to be anyway.
    private void payByTheMillion(long rate, long count) {
        long millions = count / PriceUnit.MILLION;
        long left = count % PriceUnit.MILLION;
        pay(rate, millions);
        pay(rate / PriceUnit.MILLION, left);
        rest += rate % PriceUnit.MILLION * left;
        pay(rest / PriceUnit.MILLION, 1);
        rest %= PriceUnit.MILLION;
    }

    private void pay(long rate, long count) {
        long product = rate * count;
        boolean fits = Math.multiplyHigh(rate, count) == 0 && product >= 0 && product <= Long.MAX_VALUE - nanos;
        nanos = fits ? nanos + product : Long.MAX_VALUE;
    }

    Money total() {
        if (rest >= PriceUnit.MILLION / 2) {
            rest = 0;
            pay(1, 1);
        }
        return new Money(nanos);
    }
}
