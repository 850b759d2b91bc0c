package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// What blocks that only Anthropic has say in words, for models that know no such blocks. Stateless.
final class BlockWords {
    private static final String BORDER = "\n";

    private BlockWords() {}

    /// @return null for a block that cannot be said
    static @Nullable String of(Block block) {
        if (block.is("tool_reference")) {
            String tool = text(block.whole, "tool_name");
            return tool == null ? null : "The tool " + tool + " can be called now.";
        }
        if (block.is("search_result")) {
            return joined(text(block.whole, "title"), text(block.whole, "source"), texts(block.content));
        }
        // What was said before it, in short.
        return block.is("compaction") ? texts(block.content) : null;
    }

    private static @Nullable String text(RawJson block, String member) {
        RawJson value = Block.child(block, member);
        return value == null || !value.isString() ? null : value.text();
    }

    /// The texts of a content, which may be one.
    private static @Nullable String texts(@Nullable RawJson content) {
        if (content == null || !content.isArray()) {
            return content == null || !content.isString() ? null : content.text();
        }
        String texts = null;
        JsonCursor cursor = new JsonCursor().over(content);
        cursor.array();
        while (cursor.element()) {
            RawJson part = cursor.raw();
            texts = part.isObject() ? joined(texts, text(part, "text")) : texts;
        }
        return texts;
    }

    private static @Nullable String joined(@Nullable String... pieces) {
        StringBuilder all = new StringBuilder();
        for (String piece : pieces) {
            if (piece != null && !piece.isEmpty()) {
                all.append(all.isEmpty() ? "" : BORDER).append(piece);
            }
        }
        return all.isEmpty() ? null : all.toString();
    }
}
