package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;

/// Brings a request's limit of output tokens to what the model can be asked for: clients that know their own format's
/// models only ask for more, and providers refuse that.
final class OutputLimit {

    private OutputLimit() {}

    /// @param most 0 where nobody knows
    static ChatRequest within(long most, ChatRequest request) {
        Long asked = request.sampling().maxTokens();
        if (most <= 0 || asked == null || asked <= most) {
            return request;
        }
        return request.withSampling(request.sampling().withMaxTokens(most));
    }
}
