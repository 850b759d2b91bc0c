package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the content of a message: a text, or blocks. Remembers which tool a call was for, so that its result can say
/// it. One a request.
final class PartReader {
    private final Map<String, String> toolNames = new HashMap<>();

    /// @param where for messages: `messages.2.content`
    List<Part> read(RawJson content, String where) {
        if (content.isString()) {
            String text = content.text();
            return text.isEmpty() ? List.of() : List.of(Part.Text.of(text));
        }
        if (content.isNull()) {
            return List.of();
        }
        if (!content.isArray()) {
            throw Refused.request(where + ": Input should be a string or a list of content blocks", where);
        }
        JsonCursor cursor = new JsonCursor().over(content);
        List<Part> parts = new ArrayList<>();
        cursor.array();
        for (int at = 0; cursor.element(); at++) {
            parts.add(part(block(cursor.raw(), where + "." + at), where + "." + at));
        }
        return parts;
    }

    private static Block block(RawJson json, String where) {
        try {
            return new Block().read(json);
        } catch (JsonProblem problem) {
            String field = problem.path().isEmpty() ? where : where + "." + problem.path();
            throw Refused.request(field + ": " + problem.problem(), field);
        }
    }

    private Part part(Block block, String where) {
        return switch (need(block.type, where + ".type").text()) {
            case "text" -> new Part.Text(need(block.text, where + ".text").text(), block.cache);
            case "image" -> new Part.Image(media(block, where), null, block.cache);
            case "document" -> document(block, where);
            case "tool_use" -> toolCall(block, where);
            case "tool_result" -> toolResult(block, where);
            case "thinking" -> new Part.Thinking(
                    need(block.thinking, where + ".thinking").text(), textOrNull(block.signature), null);
            case "redacted_thinking" -> new Part.RedactedThinking(need(block.data, where + ".data").text(), null);
            default -> new Part.Opaque(Operation.MESSAGES.label(), block.whole, BlockWords.of(block));
        };
    }

    private Part toolCall(Block block, String where) {
        String id = need(block.id, where + ".id").text();
        String name = need(block.name, where + ".name").text();
        RawJson input = block.input == null ? RawJson.EMPTY_OBJECT : block.input;
        if (!input.isObject()) {
            throw Refused.request(where + ".input: Input should be an object", where + ".input");
        }
        toolNames.put(id, name);
        return new Part.ToolCall(id, name, input, textOrNull(block.googleSignature()), block.cache);
    }

    private Part toolResult(Block block, String where) {
        String id = need(block.toolUseId, where + ".tool_use_id").text();
        List<Part> content = block.content == null ? List.of() : read(block.content, where + ".content");
        return new Part.ToolResult(id, toolNames.get(id), content, block.error, block.cache);
    }

    private Part document(Block block, String where) {
        String title = block.title == null || !block.title.isString() ? null : block.title.text();
        return new Part.Document(media(block, where), title, block.cache);
    }

    private Media media(Block block, String where) {
        RawJson source = need(block.source, where + ".source");
        try {
            return source(new JsonCursor().over(source), where + ".source");
        } catch (JsonProblem problem) {
            String field = where + ".source" + (problem.path().isEmpty() ? "" : "." + problem.path());
            throw Refused.request(field + ": " + problem.problem(), field);
        }
    }

    private Media source(JsonCursor cursor, String where) {
        String type = null;
        String mediaType = null;
        String data = null;
        String url = null;
        String fileId = null;
        RawJson content = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "type" -> type = cursor.string();
                case "media_type" -> mediaType = cursor.stringOrNull();
                case "data" -> data = cursor.stringOrNull();
                case "url" -> url = cursor.stringOrNull();
                case "file_id" -> fileId = cursor.stringOrNull();
                case "content" -> content = cursor.raw();
                default -> {}
            }
        }
        return switch (need(type, where + ".type")) {
            case "base64" -> new Media.Inline(
                    need(mediaType, where + ".media_type").toLowerCase(Locale.ROOT), need(data, where + ".data"));
            case "url" -> Media.ofUrl(need(url, where + ".url"));
            case "file" -> new Media.Uploaded(need(fileId, where + ".file_id"));
            case "text" -> new Media.PlainText(need(data, where + ".data"));
            case "content" -> new Media.PlainText(text(read(need(content, where + ".content"), where + ".content")));
            default -> throw Refused.request(
                    where + ".type: Input should be 'base64', 'url', 'file', 'text' or 'content', not '" + type + "'",
                    where + ".type");
        };
    }

    /// A document made of blocks is read as their text; what else is in it no other format could take.
    private static String text(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text(var piece, _)) {
                text.append(text.isEmpty() ? "" : "\n").append(piece);
            }
        }
        return text.toString();
    }

    private static <T> T need(@Nullable T value, String field) {
        if (value == null) {
            throw MessagesRequestReader.required(field);
        }
        return value;
    }

    private static @Nullable String textOrNull(@Nullable RawJson value) {
        return value == null || value.isEmptyString() ? null : value.text();
    }
}
