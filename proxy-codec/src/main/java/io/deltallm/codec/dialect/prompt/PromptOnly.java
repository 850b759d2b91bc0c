package io.deltallm.codec.dialect.prompt;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ExtraFields;
import io.deltallm.codec.dialect.UpstreamCall;

/// What no format has that knows prompts only. Stateless.
public final class PromptOnly {

    private PromptOnly() {}

    /// Tells tools, choices, log probabilities, thinking and the user as lost, where the request says something there.
    public static void tellLosses(ChatRequest request, UpstreamCall call) {
        if (!request.tools().isEmpty()) {
            call.lost("tools");
        }
        Sampling sampling = request.sampling();
        ExtraFields.lostChoices(call, sampling);
        Reasoning reasoning = request.reasoning();
        if (reasoning != null && reasoning.enabled()) {
            call.lost("reasoning_effort");
        }
        ExtraFields.lost(call, "user", request.user());
    }

    /// Tells a response format as lost, unless it is text.
    public static void tellLostFormat(ChatRequest request, UpstreamCall call) {
        if (request.responseFormat() != null && !(request.responseFormat() instanceof ResponseFormat.PlainText)) {
            call.lost("response_format");
        }
    }
}
