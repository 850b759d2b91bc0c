package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.Operation;

/// What of a reply Anthropic's format can say: one choice only, and neither pictures nor sounds nor probabilities.
/// Stateless.
final class FirstChoice {

    private FirstChoice() {}

    static boolean has(ChatEvent event) {
        return switch (event) {
            case ChatEvent.TextDelta(var choice, _) -> choice == 0;
            case ChatEvent.ThinkingDelta(var choice, _) -> choice == 0;
            case ChatEvent.ThinkingSignature(var choice, _) -> choice == 0;
            case ChatEvent.RedactedThinking(var choice, _) -> choice == 0;
            case ChatEvent.RefusalDelta(var choice, _) -> choice == 0;
            case ChatEvent.ToolStarted started -> started.choice() == 0;
            case ChatEvent.ToolDelta(var choice, _, _) -> choice == 0;
            case ChatEvent.ToolArguments(var choice, _, _) -> choice == 0;
            case ChatEvent.Cited(var choice, _) -> choice == 0;
            case ChatEvent.Opaque(var choice, var dialect, _) ->
                choice == 0 && dialect.equals(Operation.MESSAGES.label());
            case ChatEvent.AudioDelta(var choice, _, var transcript) -> choice == 0 && transcript != null;
            case ChatEvent.Stopped stopped -> stopped.choice() == 0;
            case ChatEvent.Started _, ChatEvent.Used _, ChatEvent.Failed _ -> true;
            case ChatEvent.Logprobs _, ChatEvent.ImageMade _ -> false;
        };
    }
}
