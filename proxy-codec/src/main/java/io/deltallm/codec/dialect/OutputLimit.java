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
        return new ChatRequest(
                request.dialect(),
                request.model(),
                request.messages(),
                request.tools(),
                request.toolChoice(),
                request.parallelToolCalls(),
                request.sampling().withMaxTokens(most),
                request.responseFormat(),
                request.reasoning(),
                request.stream(),
                request.includeUsage(),
                request.user(),
                request.extras());
    }
}
