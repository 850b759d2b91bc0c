package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A block of a reply that has to wait: for the rest of a plain reply, or for a block before it to end. Confined to its
/// writer.
final class KeptBlock {
    enum Kind {
        TEXT,
        THINKING,
        TOOL,
        /// One that came whole.
        WHOLE
    }

    final Kind kind;
    /// The number of a [Kind#TOOL]'s call.
    final int tool;
    final @Nullable RawJson id;
    final RawJson name;
    final List<RawJson> citations = new ArrayList<>(0);
    private final JsonOutput pieces = new JsonOutput();

    /// A tool's mark, or a thought's proof.
    @Nullable RawJson signature;
    /// A tool's arguments as an object, or the block that came whole.
    @Nullable RawJson json;

    private KeptBlock(Kind kind, int tool, @Nullable RawJson id, RawJson name) {
        this.kind = kind;
        this.tool = tool;
        this.id = id;
        this.name = name;
        pieces.beginString();
    }

    static KeptBlock of(Kind kind) {
        return new KeptBlock(kind, -1, null, RawJson.EMPTY_STRING);
    }

    static KeptBlock of(ChatEvent.ToolStarted started) {
        RawJson id = started.id();
        RawJson signature = started.signature();
        KeptBlock block = new KeptBlock(
                Kind.TOOL, started.tool(), id == null ? null : id.copy(), started.name().copy());
        block.signature = signature == null ? null : signature.copy();
        return block;
    }

    static KeptBlock whole(RawJson block) {
        KeptBlock kept = of(Kind.WHOLE);
        kept.json = block.copy();
        return kept;
    }

    void add(RawJson piece) {
        pieces.stringPiece(piece);
    }

    /// All pieces, as one JSON string.
    RawJson text() {
        byte[] open = pieces.toBytes();
        byte[] closed = Arrays.copyOf(open, open.length + 1);
        closed[open.length] = '"';
        return new RawJson(closed, 0, closed.length);
    }

    /// Whether more of this kind goes into it: not behind the sources of a text, nor behind the proof of a thought.
    boolean takes(Kind other) {
        return kind == other && citations.isEmpty() && signature == null && (kind == Kind.TEXT || kind == Kind.THINKING);
    }
}
