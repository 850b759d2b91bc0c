package io.deltallm.codec.dialect;

/// Hears of each thing in a request that the provider's wire format cannot carry: drops it, or refuses the request
/// (`drop_params`).
@FunctionalInterface
public interface Losses {

    /// @param parameter as OpenAI or the client's format names it: `logit_bias`, `messages[3].content[0]`
    /// @throws Refused if the request shall rather fail than lose it
    void lost(String parameter);
}
