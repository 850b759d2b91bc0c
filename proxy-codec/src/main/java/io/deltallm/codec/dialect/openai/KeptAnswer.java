package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// One answer of a plain reply, kept until the reply is complete. Confined to one exchange.
final class KeptAnswer {
    private final ClientCall call;
    private final KeptText text = new KeptText();
    private final KeptText thoughts = new KeptText();
    private final KeptText unproven = new KeptText();
    private final KeptText refusal = new KeptText();
    private final KeptText sound = new KeptText();
    private final KeptText transcript = new KeptText();
    private final KeptLogprobs logprobs = new KeptLogprobs();
    private final KeptCalls calls;

    private @Nullable JsonOutput blocks;
    private @Nullable JsonOutput annotations;
    private @Nullable JsonOutput images;
    private FinishReason finish = FinishReason.STOP;

    KeptAnswer(ClientCall call, MadeCallIds ids) {
        this.call = call;
        this.calls = new KeptCalls(ids);
    }

    KeptText text() {
        return text;
    }

    KeptText refusal() {
        return refusal;
    }

    KeptCalls calls() {
        return calls;
    }

    KeptLogprobs logprobs() {
        return logprobs;
    }

    void think(RawJson thought) {
        thoughts.add(thought);
        unproven.add(thought);
    }

    void prove(RawJson signature) {
        blocks = listed(blocks);
        ThinkingBlocks.proven(unproven.take(), signature, blocks);
    }

    void redacted(RawJson data) {
        blocks = listed(blocks);
        ThinkingBlocks.redacted(data, blocks);
    }

    void cite(RawJson annotation) {
        annotations = listed(annotations);
        annotations.value(annotation);
    }

    void show(ChatEvent.ImageMade image) {
        images = listed(images);
        MadeMedia.image(image, images);
    }

    void sound(ChatEvent.AudioDelta audio) {
        RawJson base64 = audio.base64();
        RawJson words = audio.transcript();
        if (base64 != null) {
            sound.add(base64);
        }
        if (words != null) {
            transcript.add(words);
        }
    }

    void stop(FinishReason reason) {
        finish = reason;
    }

    private static JsonOutput listed(@Nullable JsonOutput list) {
        return list == null ? new JsonOutput().beginArray() : list;
    }

    /// The members of the choice behind its index.
    void write(JsonOutput out) {
        out.name("message").beginObject().member("role", "assistant");
        texts(out);
        if (!calls.isEmpty()) {
            calls.write(out.name("tool_calls"));
        }
        list("annotations", annotations, out);
        list("thinking_blocks", blocks, out);
        list("images", images, out);
        out.endObject();
        logprobs.take(out.name("logprobs"));
        out.member("finish_reason", FinishWords.write(finish));
    }

    private void texts(JsonOutput out) {
        boolean audible = sound.any() || transcript.any();
        boolean silent = !calls.isEmpty() || refusal.any() || audible;
        text("content", text, silent && text.isEmpty(), out);
        text("refusal", refusal, !refusal.any(), out);
        if (thoughts.any()) {
            out.member("reasoning_content", thoughts.take());
        }
        if (audible) {
            MadeMedia.audio(sound.take(), transcript.take(), call, out.name("audio"));
        }
    }

    private static void text(String name, KeptText text, boolean absent, JsonOutput out) {
        if (absent) {
            out.name(name).nullValue();
        } else {
            out.member(name, text.take());
        }
    }

    private static void list(String name, @Nullable JsonOutput list, JsonOutput out) {
        if (list != null) {
            out.member(name, list.endArray().toRaw());
        }
    }
}
