package io.deltallm.policy.route;

import java.util.List;
import java.util.random.RandomGenerator;

/// One public model name and the targets behind it. Immutable, thread-safe.
public final class ModelGroup {
    private final String name;
    private final List<Target> targets;
    private final int totalWeight;

    /// @param targets at least one, in the order they were written
    public ModelGroup(String name, List<Target> targets) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("model group \"" + name + "\" has no target");
        }
        this.name = name;
        this.targets = List.copyOf(targets);
        this.totalWeight = this.targets.stream().mapToInt(Target::weight).sum();
    }

    public String name() {
        return name;
    }

    public List<Target> targets() {
        return targets;
    }

    /// Picks a target at random, each as often as its weight says.
    public Target pick(RandomGenerator random) {
        if (targets.size() == 1) {
            return targets.getFirst();
        }
        int ticket = random.nextInt(totalWeight);
        for (int i = 0; ; i++) {
            Target target = targets.get(i);
            ticket -= target.weight();
            if (ticket < 0) {
                return target;
            }
        }
    }
}
