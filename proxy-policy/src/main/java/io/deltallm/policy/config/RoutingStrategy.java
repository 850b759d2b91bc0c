package io.deltallm.policy.config;

import io.deltallm.policy.config.Form.Choice;

/// The names of routing strategies that the dialects use, and which of them mean the same.
final class RoutingStrategy {
    static final Choice FORM = Choice.of(
                    "simple-shuffle",
                    "weighted",
                    "round-robin",
                    "least-busy",
                    "latency-based",
                    "cost-based",
                    "usage-based",
                    "priority",
                    "tag-based",
                    "rate-limit-aware")
            .or("simple", "simple-shuffle")
            .or("latency_optimized", "latency-based")
            .or("latency-based-routing", "latency-based")
            .or("cost_optimized", "cost-based")
            .or("cost-based-routing", "cost-based")
            .or("usage-based-routing", "usage-based")
            .or("usage-based-routing-v2", "usage-based")
            .or("priority-based-routing", "priority")
            .or("tag-based-routing", "tag-based");

    private RoutingStrategy() {}

    /// Whether the gateway does what the name says; the others act as `simple-shuffle`.
    static boolean works(String canonical) {
        return canonical.equals("simple-shuffle") || canonical.equals("weighted");
    }
}
