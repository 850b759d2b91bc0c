package io.deltallm.codec.dialect;

import io.deltallm.codec.provider.Quirk;
import java.util.List;
import java.util.Set;

/// What a dialect has to know of the place its request goes to.
///
/// @param model the model's name there
/// @param provider the provider's name, for what differs between providers of one format
/// @param quirks in what the provider departs from its format
/// @param maxTokens the limit of output tokens to send where the format demands one and the client sets none
/// @param mostTokens of output that the model can be asked for; 0 where nobody knows
/// @param betas the features of Anthropic's that the client asks for by name in its `anthropic-beta` header
/// @param losses told of what cannot be carried
public record UpstreamCall(
        String model,
        String provider,
        Set<Quirk> quirks,
        long maxTokens,
        long mostTokens,
        List<String> betas,
        Losses losses) {

    public UpstreamCall {
        betas = List.copyOf(betas);
    }

    /// Of a model whose limit nobody knows, for a client that asks for no features.
    public UpstreamCall(String model, String provider, Set<Quirk> quirks, long maxTokens, Losses losses) {
        this(model, provider, quirks, maxTokens, 0, List.of(), losses);
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    public void lost(String parameter) {
        losses.lost(parameter);
    }
}
