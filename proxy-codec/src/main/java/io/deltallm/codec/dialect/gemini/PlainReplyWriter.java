package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.util.function.Consumer;

/// Writes a plain reply: keeps all events' parts until the end. Confined to one exchange.
final class PlainReplyWriter implements ReplyWriter {
    private final Answers answers;

    PlainReplyWriter(ClientCall call) {
        answers = new Answers(call);
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        switch (event) {
            case ChatEvent.Started started -> answers.started(started);
            case ChatEvent.TextDelta(var choice, var text) -> answers.at(choice).words(text, false);
            case ChatEvent.ThinkingDelta(var choice, var text) -> answers.at(choice).words(text, true);
            case ChatEvent.ThinkingSignature(var choice, var signature) -> answers.at(choice).sign(signature);
            case ChatEvent.RedactedThinking(var choice, var data) ->
                part(choice, part -> AnswerPiece.writeRedacted(data, part));
            case ChatEvent.RefusalDelta(var choice, var text) -> answers.at(choice).words(text, false);
            case ChatEvent.ToolStarted started -> answers.at(started.choice()).call(started);
            case ChatEvent.ToolDelta(var choice, var tool, var piece) -> {
                CallInMaking call = answers.at(choice).call(tool);
                if (call != null) {
                    call.add(piece);
                }
            }
            case ChatEvent.ToolArguments(var choice, var tool, var arguments) -> {
                CallInMaking call = answers.at(choice).call(tool);
                if (call != null) {
                    call.all(arguments);
                }
            }
            case ChatEvent.Cited(var choice, var annotation) -> answers.at(choice).cite(annotation);
            case ChatEvent.Logprobs(var choice, var logprobs) -> answers.at(choice).logprobs(logprobs);
            case ChatEvent.ImageMade image -> part(image.choice(), part -> AnswerPiece.writeImage(image, part));
            case ChatEvent.AudioDelta audio -> audio(audio);
            case ChatEvent.Opaque(var choice, var dialect, var block) -> {
                if (dialect.equals(Operation.GENERATE_CONTENT.label())) {
                    answers.at(choice).add(new AnswerPiece.Ready(block.copy()));
                }
            }
            case ChatEvent.Used(var usage) -> answers.used(usage);
            case ChatEvent.Stopped(var choice, var reason, _) -> answers.at(choice).stop(reason);
            case ChatEvent.Failed _ -> {}
        }
    }

    private void audio(ChatEvent.AudioDelta audio) {
        if (audio.base64() != null) {
            ChatEvent.AudioDelta sound = new ChatEvent.AudioDelta(audio.choice(), audio.base64(), null);
            part(audio.choice(), part -> AnswerPiece.writeAudio(sound, false, part));
        }
        if (audio.transcript() != null) {
            answers.at(audio.choice()).words(audio.transcript(), false);
        }
    }

    private void part(int choice, Consumer<JsonOutput> writer) {
        JsonOutput part = new JsonOutput();
        writer.accept(part);
        answers.at(choice).add(new AnswerPiece.Ready(part.toRaw()));
    }

    @Override
    public void end(JsonOutput out) {
        out.beginObject().name("candidates").beginArray();
        for (Answer answer : answers.all()) {
            out.beginObject().name("content").beginObject().name("parts").beginArray();
            answer.writeParts(out);
            out.endArray().member("role", "model").endObject();
            answer.writeEnd(out);
            out.endObject();
        }
        out.endArray();
        answers.writeEnd(true, out);
        out.endObject();
    }
}
