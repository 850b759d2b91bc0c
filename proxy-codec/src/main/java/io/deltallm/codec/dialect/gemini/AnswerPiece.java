package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent.AudioDelta;
import io.deltallm.codec.chat.ChatEvent.ImageMade;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// A part of an answer to a client. Confined to one reply.
interface AnswerPiece {

    /// Whether it can be written; false for a call whose arguments are no JSON.
    default boolean isSound() {
        return true;
    }

    void write(JsonOutput out);

    /// A run of text, or of thoughts.
    final class Words implements AnswerPiece {
        final boolean thought;
        private final JsonOutput text = new JsonOutput().beginString();
        private @Nullable RawJson signature;

        Words(boolean thought) {
            this.thought = thought;
        }

        Words add(RawJson piece) {
            text.stringPiece(piece);
            return this;
        }

        boolean isSigned() {
            return signature != null;
        }

        Words sign(RawJson proof) {
            signature = proof;
            return this;
        }

        @Override
        public void write(JsonOutput out) {
            writeText(text.endString().toRaw(), thought, signature, out);
        }
    }

    /// A part that is JSON already.
    record Ready(RawJson part) implements AnswerPiece {
        @Override
        public void write(JsonOutput out) {
            out.value(part);
        }
    }

    static void writeText(RawJson text, boolean thought, @Nullable RawJson signature, JsonOutput out) {
        out.beginObject().member("text", text);
        if (thought) {
            out.member("thought", true);
        }
        out.optional("thoughtSignature", signature).endObject();
    }

    static void writeRedacted(RawJson data, JsonOutput out) {
        out.beginObject().member("text", "").member("thought", true).name("thoughtSignature");
        out.beginString().stringPiece(RedactedMark.TEXT).stringPiece(data).endString().endObject();
    }

    static void writeImage(ImageMade image, JsonOutput out) {
        out.beginObject().name("inlineData").beginObject();
        out.member("mimeType", image.mediaType()).member("data", image.base64()).endObject().endObject();
    }

    /// Its format is what the client asked for, and no event tells; in pieces it can be but bare samples.
    static void writeAudio(AudioDelta audio, boolean streamed, JsonOutput out) {
        RawJson base64 = audio.base64();
        RawJson transcript = audio.transcript();
        if (base64 != null) {
            out.beginObject().name("inlineData").beginObject();
            out.member("mimeType", streamed ? "audio/pcm;rate=24000" : "audio/wav");
            out.member("data", base64).endObject().endObject();
        }
        if (transcript != null) {
            writeText(transcript, false, null, out);
        }
    }
}
