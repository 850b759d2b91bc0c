package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Events of a reply, gathered into blocks in the order in which they began. Confined to its writer.
final class KeptBlocks {
    private final Deque<KeptBlock> blocks = new ArrayDeque<>();

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    KeptBlock removeFirst() {
        return blocks.removeFirst();
    }

    Deque<KeptBlock> all() {
        return blocks;
    }

    /// Takes the event in, if it is content that Anthropic's replies have a block for.
    void add(ChatEvent event) {
        switch (event) {
            case ChatEvent.TextDelta(_, var text) -> last(KeptBlock.Kind.TEXT).add(text);
            case ChatEvent.RefusalDelta(_, var text) -> last(KeptBlock.Kind.TEXT).add(text);
            case ChatEvent.ThinkingDelta(_, var text) -> last(KeptBlock.Kind.THINKING).add(text);
            case ChatEvent.ThinkingSignature(_, var proof) -> last(KeptBlock.Kind.THINKING).signature = proof.copy();
            case ChatEvent.RedactedThinking(_, var data) -> blocks.add(KeptBlock.whole(redacted(data)));
            case ChatEvent.ToolStarted started -> blocks.add(KeptBlock.of(started));
            case ChatEvent.ToolDelta(_, var number, var piece) -> {
                KeptBlock tool = tool(number);
                if (tool != null) {
                    tool.add(piece);
                }
            }
            case ChatEvent.ToolArguments(_, var number, var arguments) -> {
                KeptBlock tool = tool(number);
                if (tool != null) {
                    tool.json = arguments.copy();
                }
            }
            case ChatEvent.Cited(_, var annotation) -> cite(annotation);
            case ChatEvent.Opaque(_, var dialect, var block) -> {
                if (dialect.equals(Operation.MESSAGES.label())) {
                    blocks.add(KeptBlock.whole(block));
                }
            }
            case ChatEvent.AudioDelta(_, _, var transcript) -> {
                if (transcript != null) {
                    last(KeptBlock.Kind.TEXT).add(transcript);
                }
            }
            case ChatEvent.ImageMade _, ChatEvent.Logprobs _, ChatEvent.Started _ -> {}
            case ChatEvent.Used _, ChatEvent.Stopped _, ChatEvent.Failed _ -> {}
        }
    }

    private KeptBlock last(KeptBlock.Kind kind) {
        KeptBlock last = blocks.peekLast();
        if (last == null || !last.takes(kind)) {
            last = KeptBlock.of(kind);
            blocks.add(last);
        }
        return last;
    }

    private @Nullable KeptBlock tool(int number) {
        for (KeptBlock block : blocks) {
            if (block.kind == KeptBlock.Kind.TOOL && block.tool == number) {
                return block;
            }
        }
        return null;
    }

    /// A source belongs to the text before it.
    private void cite(RawJson annotation) {
        KeptBlock last = blocks.peekLast();
        RawJson citation = last == null || last.kind != KeptBlock.Kind.TEXT ? null : Citations.citation(annotation);
        if (last != null && citation != null) {
            last.citations.add(citation.copy());
        }
    }

    static RawJson redacted(RawJson data) {
        return new JsonOutput()
                .beginObject()
                .member("type", "redacted_thinking")
                .member("data", data)
                .endObject()
                .toRaw();
    }
}
