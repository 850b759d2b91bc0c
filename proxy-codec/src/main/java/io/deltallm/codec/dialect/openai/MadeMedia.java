package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;

/// Writes pictures and sounds that a model made. Stateless.
final class MadeMedia {
    /// Sounds are not kept by anyone, so that they never expire; a time is demanded.
    private static final long KEPT_SECONDS = 3600;

    private MadeMedia() {}

    /// OpenRouter's form, as OpenAI has none for chats.
    static void image(ChatEvent.ImageMade image, JsonOutput out) {
        out.beginObject().member("type", "image_url").name("image_url").beginObject().name("url");
        out.beginString().stringPiece("data:" + image.mediaType() + ";base64,").stringPiece(image.base64()).endString();
        out.endObject().endObject();
    }

    static void audioPiece(ChatEvent.AudioDelta audio, ClientCall call, JsonOutput out) {
        out.beginObject().member("id", "audio_" + call.id());
        out.optional("data", audio.base64()).optional("transcript", audio.transcript()).endObject();
    }

    static void audio(RawJson base64, RawJson transcript, ClientCall call, JsonOutput out) {
        out.beginObject().member("id", "audio_" + call.id());
        out.member("data", base64).member("transcript", transcript);
        out.member("expires_at", call.createdEpochSeconds() + KEPT_SECONDS).endObject();
    }
}
