package io.deltallm.policy.spend;

import io.deltallm.codec.chat.Usage;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model costs. Immutable, thread-safe.
///
/// @param rates by unit; what has none is free, or is paid with something else: cached tokens as any input
/// @param tiers rates that replace others where the prompt is long, by rising length
/// @param changes rates that replace others from a day on, in the order of days
public record Price(Map<PriceUnit, Money> rates, List<Tier> tiers, List<Change> changes) {
    /// Of a model whose price nobody knows.
    public static final Price UNKNOWN = new Price(Map.of(), List.of(), List.of());

    /// @param aboveTokens holds where the prompt has more tokens, for the whole request
    public record Tier(long aboveTokens, Map<PriceUnit, Money> rates) {
        public Tier {
            rates = Map.copyOf(rates);
        }
    }

    /// @param from the first day
    public record Change(LocalDate from, Map<PriceUnit, Money> rates) {
        public Change {
            rates = Map.copyOf(rates);
        }
    }

    public Price {
        rates = Collections.unmodifiableMap(copy(rates));
        tiers = List.copyOf(tiers);
        changes = List.copyOf(changes);
    }

    private static Map<PriceUnit, Money> copy(Map<PriceUnit, Money> rates) {
        Map<PriceUnit, Money> copy = new EnumMap<>(PriceUnit.class);
        copy.putAll(rates);
        return copy;
    }

    public boolean isKnown() {
        return !rates.isEmpty();
    }

    /// The price of `unit.per()` units; null where there is none.
    public @Nullable Money rate(PriceUnit unit) {
        return rates.get(unit);
    }

    /// What holds on a day. Long prompts cost as before, where the change does not say otherwise.
    public Price on(LocalDate day) {
        Price price = this;
        for (Change change : changes) {
            if (!change.from().isAfter(day)) {
                price = new Price(over(price.rates, change.rates()), tiers, List.of());
            }
        }
        return price;
    }

    /// The same with other rates in the place of these; other tiers, where there are any, replace all.
    public Price with(Map<PriceUnit, Money> others, List<Tier> otherTiers) {
        if (others.isEmpty() && otherTiers.isEmpty()) {
            return this;
        }
        // Whoever sets the price of a token means every prompt, whatever its length, and every day.
        boolean basic = others.containsKey(PriceUnit.INPUT) || others.containsKey(PriceUnit.OUTPUT);
        return new Price(
                over(rates, others), basic || !otherTiers.isEmpty() ? otherTiers : tiers, basic ? List.of() : changes);
    }

    /// As a batch costs; the same where that has no price of its own.
    public Price batch() {
        Map<PriceUnit, Money> batch = copy(rates);
        Money input = rates.get(PriceUnit.BATCH_INPUT);
        Money output = rates.get(PriceUnit.BATCH_OUTPUT);
        if (input != null) {
            batch.put(PriceUnit.INPUT, input);
        }
        if (output != null) {
            batch.put(PriceUnit.OUTPUT, output);
        }
        return new Price(batch, tiers, List.of());
    }

    /// What an exchange costs, by its tokens; cache writes are taken for those of five minutes.
    public Money cost(Usage usage) {
        return cost(usage, 0);
    }

    /// @param hourlyWrites the part of the cache writes that is kept for an hour
    public Money cost(Usage usage, long hourlyWrites) {
        Map<PriceUnit, Money> tier = tier(usage.promptTokens());
        Bill bill = new Bill();
        input(bill, usage, hourlyWrites, tier);
        output(bill, usage, tier);
        bill.add(PriceUnit.REQUEST, 1, tier.get(PriceUnit.REQUEST));
        return bill.total();
    }

    /// What is counted by other things than tokens: images, seconds, queries.
    public Money cost(PriceUnit unit, long count) {
        Bill bill = new Bill();
        bill.add(unit, count, rates.get(unit));
        return bill.total();
    }

    private static void input(Bill bill, Usage usage, long hourlyWrites, Map<PriceUnit, Money> tier) {
        long hourly = Math.clamp(hourlyWrites, 0, usage.cacheWriteTokens());
        long writes = usage.cacheWriteTokens() - hourly;
        long sound = tier.containsKey(PriceUnit.AUDIO_IN) ? usage.promptAudioTokens() : 0;
        long plain = usage.promptTokens() - usage.cachedTokens() - usage.cacheWriteTokens() - sound;
        Money input = tier.get(PriceUnit.INPUT);
        Money write = tier.getOrDefault(PriceUnit.CACHE_WRITE, input);
        bill.add(PriceUnit.INPUT, plain, input);
        bill.add(PriceUnit.CACHE_READ, usage.cachedTokens(), tier.getOrDefault(PriceUnit.CACHE_READ, input));
        bill.add(PriceUnit.CACHE_WRITE, writes, write);
        bill.add(PriceUnit.CACHE_WRITE_1H, hourly, tier.getOrDefault(PriceUnit.CACHE_WRITE_1H, write));
        bill.add(PriceUnit.AUDIO_IN, sound, tier.get(PriceUnit.AUDIO_IN));
    }

    private static void output(Bill bill, Usage usage, Map<PriceUnit, Money> tier) {
        long thought = tier.containsKey(PriceUnit.REASONING) ? usage.reasoningTokens() : 0;
        long sound = tier.containsKey(PriceUnit.AUDIO_OUT) ? usage.completionAudioTokens() : 0;
        bill.add(PriceUnit.OUTPUT, usage.completionTokens() - thought - sound, tier.get(PriceUnit.OUTPUT));
        bill.add(PriceUnit.REASONING, thought, tier.get(PriceUnit.REASONING));
        bill.add(PriceUnit.AUDIO_OUT, sound, tier.get(PriceUnit.AUDIO_OUT));
    }

    private Map<PriceUnit, Money> tier(long promptTokens) {
        Map<PriceUnit, Money> found = rates;
        for (Tier tier : tiers) {
            if (promptTokens > tier.aboveTokens()) {
                found = over(rates, tier.rates());
            }
        }
        return found;
    }

    private static Map<PriceUnit, Money> over(Map<PriceUnit, Money> base, Map<PriceUnit, Money> others) {
        Map<PriceUnit, Money> all = copy(base);
        all.putAll(others);
        return all;
    }
}
