package io.deltallm.policy.spend;

import org.jspecify.annotations.Nullable;

/// Adds up what was used. Exact until the end, where less than half a billionth of a dollar is dropped. Confined to one
/// sum.
final class Bill {
    private long nanos;
    /// Millionths of a billionth.
    private long rest;

    /// @param rate the price of `unit.per()`; null adds nothing
    void add(PriceUnit unit, long count, @Nullable Money rate) {
        if (rate == null || count <= 0) {
            return;
        }
        if (unit.per() == 1) {
            nanos = Math.addExact(nanos, Math.multiplyExact(rate.nanos(), count));
            return;
        }
        long millions = count / PriceUnit.MILLION;
        long part = Math.multiplyExact(rate.nanos(), count % PriceUnit.MILLION);
        long carried = rest + part % PriceUnit.MILLION;
        long whole = part / PriceUnit.MILLION + carried / PriceUnit.MILLION;
        rest = carried % PriceUnit.MILLION;
        nanos = Math.addExact(nanos, Math.addExact(Math.multiplyExact(rate.nanos(), millions), whole));
    }

    Money total() {
        return new Money(rest >= PriceUnit.MILLION / 2 ? Math.addExact(nanos, 1) : nanos);
    }
}
