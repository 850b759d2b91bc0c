package io.deltallm.codec.chat;

import io.deltallm.codec.error.GatewayError;
import org.jspecify.annotations.Nullable;

/// What happens in a reply, in order. A plain reply is the same sequence, all at once. [RawJson]s in it are borrowed:
/// valid until the call that hands the event over returns.
///
/// Order within a choice: [Started], deltas, [Stopped]; [Used] anywhere, the last one counts; a tool's deltas follow its
/// [ToolStarted]. Pieces of several tools may be interleaved.
public sealed interface ChatEvent {

    /// The first of all, at most once.
    ///
    /// @param id the provider's id of the reply, a JSON string; null where it gives none
    /// @param model the model that answers, a JSON string
    record Started(@Nullable RawJson id, @Nullable RawJson model) implements ChatEvent {}

    /// @param text a JSON string
    record TextDelta(int choice, RawJson text) implements ChatEvent {}

    /// @param text a JSON string
    record ThinkingDelta(int choice, RawJson text) implements ChatEvent {}

    /// The thoughts before it are whole; their proof.
    ///
    /// @param signature a JSON string
    record ThinkingSignature(int choice, RawJson signature) implements ChatEvent {}

    /// Thoughts that only the provider can read, whole.
    ///
    /// @param data a JSON string
    record RedactedThinking(int choice, RawJson data) implements ChatEvent {}

    /// @param text a JSON string
    record RefusalDelta(int choice, RawJson text) implements ChatEvent {}

    /// @param tool counts the calls of a choice from 0
    /// @param id a JSON string; null where the provider gives none
    /// @param name a JSON string
    /// @param signature a JSON string; the provider's opaque mark on the call
    record ToolStarted(int choice, int tool, @Nullable RawJson id, RawJson name, @Nullable RawJson signature)
            implements ChatEvent {}

    /// A piece of a call's arguments.
    ///
    /// @param arguments a JSON string whose text is a piece of the arguments' JSON
    record ToolDelta(int choice, int tool, RawJson arguments) implements ChatEvent {}

    /// All of a call's arguments, where the provider sends them as a JSON object.
    ///
    /// @param arguments a JSON object
    record ToolArguments(int choice, int tool, RawJson arguments) implements ChatEvent {}

    /// A source that the text refers to.
    ///
    /// @param annotation a JSON object of OpenAI's form: `{"type":"url_citation","url_citation":{…}}`
    record Cited(int choice, RawJson annotation) implements ChatEvent {}

    /// @param logprobs a JSON object of OpenAI's form: `{"content":[…]}`
    record Logprobs(int choice, RawJson logprobs) implements ChatEvent {}

    /// A picture that the model made, whole.
    ///
    /// @param mediaType `image/png`
    /// @param base64 a JSON string
    record ImageMade(int choice, String mediaType, RawJson base64) implements ChatEvent {}

    /// A sound that the model made, or a piece of it.
    ///
    /// @param base64 a JSON string; null where only the transcript goes on
    /// @param transcript a JSON string
    record AudioDelta(int choice, @Nullable RawJson base64, @Nullable RawJson transcript) implements ChatEvent {}

    /// A block that only one format has, whole: verbatim there, lost elsewhere.
    ///
    /// @param dialect the [Operation]'s label
    record Opaque(int choice, String dialect, RawJson block) implements ChatEvent {}

    /// What the reply used so far.
    record Used(Usage usage) implements ChatEvent {}

    /// @param sequence the stop sequence that came, a JSON string; null where there was none or the provider is silent
    record Stopped(int choice, FinishReason reason, @Nullable RawJson sequence) implements ChatEvent {}

    /// The provider reports a failure inside its reply. Nothing follows.
    record Failed(GatewayError error) implements ChatEvent {}
}
