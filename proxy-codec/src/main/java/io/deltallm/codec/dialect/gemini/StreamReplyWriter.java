package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Writes a streamed reply: each event a whole reply with a piece of the answer in it; tool calls whole, how the answer
/// ended and what it used in the last. Confined to one exchange.
final class StreamReplyWriter implements ReplyWriter {
    /// Ready, since they stand in every piece.
    private static final RawJson MODEL = RawJson.ofText("model");

    private static final RawJson FIRST = RawJson.ofLiteral("0");

    private final Answers answers;
    private final StreamForm form;
    private boolean begun;

    StreamReplyWriter(ClientCall call, StreamForm form) {
        this.answers = new Answers(call);
        this.form = form;
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        switch (event) {
            case ChatEvent.Started started -> answers.started(started);
            case ChatEvent.TextDelta(var choice, var text) -> text(choice, text, false, null, out);
            case ChatEvent.ThinkingDelta(var choice, var text) -> text(choice, text, true, null, out);
            case ChatEvent.RefusalDelta(var choice, var text) -> text(choice, text, false, null, out);
            case ChatEvent.ThinkingSignature(var choice, var signature) ->
                text(choice, RawJson.EMPTY_STRING, answers.at(choice).thoughtLast(), signature, out);
            case ChatEvent.RedactedThinking(var choice, var data) -> {
                begin(out);
                AnswerPiece.writeRedacted(data, out);
                finish(choice, out);
            }
            case ChatEvent.ImageMade image -> {
                begin(out);
                AnswerPiece.writeImage(image, out);
                finish(image.choice(), out);
            }
            case ChatEvent.AudioDelta audio -> {
                begin(out);
                AnswerPiece.writeAudio(audio, true, out);
                finish(audio.choice(), out);
            }
            case ChatEvent.Opaque(var choice, var dialect, var block) -> {
                if (dialect.equals(Operation.GENERATE_CONTENT.label())) {
                    begin(out);
                    out.value(block);
                    finish(choice, out);
                }
            }
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
                    flush(answers.at(choice), out);
                }
            }
            case ChatEvent.Cited(var choice, var annotation) -> answers.at(choice).cite(annotation);
            case ChatEvent.Logprobs(var choice, var logprobs) -> answers.at(choice).logprobs(logprobs);
            case ChatEvent.Used(var usage) -> answers.used(usage);
            case ChatEvent.Stopped(var choice, var reason, _) -> answers.at(choice).stop(reason);
            case ChatEvent.Failed _ -> {}
        }
    }

    private void text(int choice, RawJson text, boolean thought, @Nullable RawJson signature, JsonOutput out) {
        answers.at(choice).last(thought);
        begin(out);
        AnswerPiece.writeText(text, thought, signature, out);
        finish(choice, out);
    }

    /// Writes calls that are whole, as soon as no other before them waits for arguments.
    private void flush(Answer answer, JsonOutput out) {
        if (!answer.isWhole()) {
            return;
        }
        begin(out);
        answer.writeParts(out);
        finish(answer.index(), out);
    }

    private void begin(JsonOutput out) {
        out.literal(form.before(begun));
        begun = true;
        out.beginObject().name("candidates").beginArray().beginObject();
        out.name("content").beginObject().name("parts").beginArray();
    }

    private void finish(int choice, JsonOutput out) {
        out.endArray().member("role", MODEL).endObject();
        out.name("index").value(choice == 0 ? FIRST : RawJson.ofLiteral(Integer.toString(choice))).endObject().endArray();
        answers.writeEnd(false, out);
        out.endObject().literal(form.after());
    }

    @Override
    public void end(JsonOutput out) {
        out.literal(form.before(begun)).beginObject().name("candidates").beginArray();
        for (Answer answer : answers.all()) {
            out.beginObject().name("content").beginObject().name("parts").beginArray();
            if (answer.writeParts(out) == 0) {
                AnswerPiece.writeText(RawJson.EMPTY_STRING, false, null, out); // clients expect a part
            }
            out.endArray().member("role", "model").endObject();
            answer.writeEnd(out);
            out.endObject();
        }
        out.endArray();
        answers.writeEnd(true, out);
        out.endObject().literal(form.after()).literal(form.end());
    }
}
