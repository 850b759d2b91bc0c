package io.deltallm.policy.model;

import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.spend.Ability;
import io.deltallm.policy.spend.ModelFacts;
import io.deltallm.policy.spend.Money;
import io.deltallm.policy.spend.Price;
import io.deltallm.policy.spend.PriceUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is known of a group: the most that one of its targets can, at the most that one of them costs.
final class GroupFacts {
    private GroupFacts() {}

    static ModelFacts of(ModelGroup group) {
        if (group.targets().size() == 1) {
            return group.targets().getFirst().facts();
        }
        long context = 0;
        long output = 0;
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        Map<PriceUnit, Money> rates = new EnumMap<>(PriceUnit.class);
        for (Target target : group.targets()) {
            ModelFacts facts = target.facts();
            context = Math.max(context, facts.contextTokens());
            output = Math.max(output, facts.outputTokens());
            abilities.addAll(facts.abilities());
            facts.price().rates().forEach((unit, rate) ->
                    rates.merge(unit, rate, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        }
        ModelFacts first = group.targets().getFirst().facts();
        Price price = new Price(rates, List.of(), List.of());
        return new ModelFacts(
                first.mode(), context, output, first.dimensions(), abilities, price, first.deprecated(), "", "", Map.of());
    }
}
