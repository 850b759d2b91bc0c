package io.deltallm.netty.exchange;

import io.deltallm.policy.model.ModelCatalog;
import io.deltallm.policy.model.ModelInfo;
import io.deltallm.policy.model.SpendCalculator;
import io.deltallm.policy.model.TokenCounter;

/// Who knows about models, for those who ask. Thread-safe; called through Offload.
public record Catalogue(ModelCatalog models, ModelInfo info, TokenCounter tokens, SpendCalculator spend) {

    /// @param spend with the prices in force
    public static Catalogue of(SpendCalculator spend) {
        return new Catalogue(new ModelCatalog(), new ModelInfo(), new TokenCounter(), spend);
    }
}
