package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.bedrock.ConverseTurns.Turn;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes turns as messages of content blocks. Used once: it numbers the request's tool calls.
final class ConverseBlocks {
    private static final int MAX_ID = 64;

    private final BedrockModel model;
    private final JsonOutput out;
    private final ConverseMedia media;
    private int calls;
    private int results;

    ConverseBlocks(BedrockModel model, JsonOutput out) {
        this.model = model;
        this.out = out;
        this.media = new ConverseMedia(out);
    }

    void write(List<Turn> turns) {
        out.beginArray();
        for (Turn turn : turns) {
            out.beginObject().member("role", turn.assistant() ? "assistant" : "user");
            out.name("content").beginArray();
            if (hasDocument(turn) && turn.parts().stream().noneMatch(Part.Text.class::isInstance)) {
                // A document must not come alone.
                out.beginObject().member("text", "Document attached.").endObject();
            }
            turn.parts().forEach(this::block);
            out.endArray().endObject();
        }
        out.endArray();
    }

    private static boolean hasDocument(Turn turn) {
        return turn.parts().stream().anyMatch(Part.Document.class::isInstance);
    }

    private void block(Part part) {
        switch (part) {
            case Part.Text(String text, CacheMark cache) -> {
                out.beginObject().member("text", text).endObject();
                cachePoint(out, cache, model);
            }
            case Part.Image image -> {
                media.image(image.media());
                cachePoint(out, image.cache(), model);
            }
            case Part.Document document -> {
                media.document(document);
                cachePoint(out, document.cache(), model);
            }
            case Part.Audio audio -> media.audio(audio.media());
            case Part.Video video -> media.video(video.media());
            case Part.ToolCall call -> toolUse(call);
            case Part.ToolResult result -> toolResult(result);
            case Part.Thinking thinking -> {
                out.beginObject().name("reasoningContent").beginObject().name("reasoningText").beginObject();
                out.member("text", thinking.text()).optional("signature", thinking.signature());
                out.endObject().endObject().endObject();
            }
            case Part.RedactedThinking redacted -> {
                out.beginObject().name("reasoningContent").beginObject();
                out.member("redactedContent", redacted.data()).endObject().endObject();
            }
            case Part.Opaque opaque -> out.value(opaque.block());
            case Part.Refusal refusal -> out.beginObject().member("text", refusal.text()).endObject();
        }
    }

    private void toolUse(Part.ToolCall call) {
        out.beginObject().name("toolUse").beginObject();
        out.member("toolUseId", id(call.id(), calls++));
        out.member("name", call.name()).member("input", call.arguments());
        out.endObject().endObject();
        cachePoint(out, call.cache(), model);
    }

    private void toolResult(Part.ToolResult result) {
        out.beginObject().name("toolResult").beginObject();
        out.member("toolUseId", id(result.callId(), results++));
        out.name("content").beginArray();
        boolean any = false;
        CacheMark cache = result.cache();
        for (Part part : result.content()) {
            any |= resultBlock(part);
            cache = cache == null ? mark(part) : cache;
        }
        if (!any) {
            out.beginObject().member("text", "(empty)").endObject();
        }
        out.endArray();
        if (result.error()) {
            out.member("status", "error");
        }
        out.endObject().endObject();
        cachePoint(out, cache, model);
    }

    private boolean resultBlock(Part part) {
        switch (part) {
            case Part.Text(String text, _) -> {
                if (text.isBlank()) {
                    return false;
                }
                out.beginObject().member("text", text).endObject();
            }
            case Part.Image image -> media.image(image.media());
            case Part.Document document -> media.document(document);
            case Part.Video video -> media.video(video.media());
            default -> throw Refused.request(
                    "A tool's result holds what Bedrock does not take there (expected: text, images, documents, videos)",
                    "messages");
        }
        return true;
    }

    private static @Nullable CacheMark mark(Part part) {
        return switch (part) {
            case Part.Text text -> text.cache();
            case Part.Image image -> image.cache();
            case Part.Document document -> document.cache();
            default -> null;
        };
    }

    /// Ids are of letters, digits, `_` and `-`. The end of a long one is kept, since it tells calls apart.
    private static String id(String id, int index) {
        if (id.isEmpty()) {
            return "tooluse_" + index;
        }
        StringBuilder out = new StringBuilder(id.length());
        for (int i = Math.max(0, id.length() - MAX_ID); i < id.length(); i++) {
            char character = id.charAt(i);
            boolean allowed = (character < 128 && Character.isLetterOrDigit(character)) || character == '-';
            out.append(allowed ? character : '_');
        }
        return out.toString();
    }

    static void cachePoint(JsonOutput out, @Nullable CacheMark cache, BedrockModel model) {
        if (cache == null || !model.takesCachePoints()) {
            return;
        }
        out.beginObject().name("cachePoint").beginObject().member("type", "default");
        if ("1h".equals(cache.ttl()) && model.takesAllCachePoints()) {
            out.member("ttl", "1h");
        }
        out.endObject().endObject();
    }
}
