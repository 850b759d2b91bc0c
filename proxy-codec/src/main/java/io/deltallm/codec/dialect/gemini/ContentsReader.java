package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `contents` into messages: results of tools first, as a message of their own, then what else a content has.
/// Confined to one request.
final class ContentsReader {
    private final List<Message> messages = new ArrayList<>();
    private final CallsMade calls = new CallsMade();
    private final PartFields fields = new PartFields();
    private boolean called;

    List<Message> messages() {
        return messages;
    }

    void read(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.STRING) {
            messages.add(Message.text(Role.USER, cursor.string()));
        } else if (cursor.kind() == JsonKind.OBJECT) {
            readOne(cursor, null);
        } else {
            cursor.array();
            while (cursor.element()) {
                readOne(cursor, null);
            }
        }
    }

    /// @param fixed the speaker, whatever the content says
    void readOne(JsonCursor cursor, @Nullable Role fixed) {
        Role role = Role.USER;
        List<Part> parts = new ArrayList<>();
        called = !messages.isEmpty() && messages.getLast().role() == Role.ASSISTANT;
        List<Part> results = new ArrayList<>();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "role" -> role = role(cursor);
                case "parts" -> parts(cursor, parts, results);
                default -> {}
            }
        }
        add(fixed == null ? role : fixed, parts, results);
    }

    private static Role role(JsonCursor cursor) {
        String role = cursor.skipNull() ? "" : cursor.string();
        return switch (role) {
            case "", "user", "function", "tool" -> Role.USER;
            case "model" -> Role.ASSISTANT;
            default -> throw cursor.problem("is \"" + role + "\" (expected: user or model)");
        };
    }

    private void add(Role role, List<Part> parts, List<Part> results) {
        if (!results.isEmpty()) {
            Message last = messages.isEmpty() ? null : messages.getLast();
            if (last != null && last.role() == Role.TOOL) {
                results.addAll(0, last.parts());
                messages.removeLast();
            }
            messages.add(Message.of(Role.TOOL, results));
        }
        if (role == Role.ASSISTANT && results.isEmpty() && !messages.isEmpty()
                && messages.getLast().role() == Role.ASSISTANT) {
            goOn(parts);
        } else if (!parts.isEmpty() || results.isEmpty()) {
            messages.add(Message.of(role, parts));
        }
    }

    /// Clients keep a streamed answer as the contents it came in: they are one turn.
    private void goOn(List<Part> more) {
        List<Part> parts = new ArrayList<>(messages.removeLast().parts());
        for (Part part : more) {
            if (part instanceof Part.Thinking(var text, var signature, _)) {
                thought(text, signature, parts);
            } else {
                parts.add(part);
            }
        }
        messages.add(Message.of(Role.ASSISTANT, parts));
    }

    private void parts(JsonCursor cursor, List<Part> parts, List<Part> results) {
        if (cursor.skipNull()) {
            return;
        }
        if (cursor.kind() == JsonKind.OBJECT) {
            part(cursor, parts, results);
            return;
        }
        cursor.array();
        while (cursor.element()) {
            part(cursor, parts, results);
        }
    }

    private void part(JsonCursor cursor, List<Part> parts, List<Part> results) {
        if (cursor.isString()) {
            parts.add(Part.Text.of(cursor.string()));
            return;
        }
        String path = cursor.path();
        fields.read(cursor);
        RawJson opaque = fields.opaque();
        if (opaque != null) {
            parts.add(new Part.Opaque(Operation.GENERATE_CONTENT.label(), opaque));
        } else if (fields.call) {
            parts.add(call());
        } else if (fields.response) {
            results.add(result(path));
        } else {
            said(path, parts);
        }
    }

    private void said(String path, List<Part> parts) {
        RawJson text = fields.text;
        String signature = text(fields.signature);
        if (text != null && fields.thought) {
            thought(text.text(), signature, parts);
            return;
        }
        if (text != null) {
            if (signature == null || !text.isEmptyString()) {
                parts.add(Part.Text.of(text.text()));
            }
        } else if (fields.data != null || fields.fileUri != null) {
            parts.add(media(path));
        } else if (signature == null) {
            throw Refused.request(
                    path + " says nothing (expected: text, inlineData, fileData, functionCall or functionResponse)", path);
        }
        if (signature != null) {
            thought("", signature, parts);
        }
    }

    private static @Nullable String text(@Nullable RawJson value) {
        return value == null || value.isEmptyString() ? null : value.text();
    }

    /// Clients hand a stream's thoughts back in the pieces they came in: up to their signature they are one.
    private static void thought(String text, @Nullable String signature, List<Part> parts) {
        if (signature != null && RedactedMark.isMarked(signature)) {
            parts.add(new Part.RedactedThinking(RedactedMark.removed(signature), null));
        } else if (!parts.isEmpty() && parts.getLast() instanceof Part.Thinking(var before, var none, _) && none == null) {
            parts.set(parts.size() - 1, new Part.Thinking(before + text, signature, null));
        } else {
            parts.add(new Part.Thinking(text, signature, null));
        }
    }

    private Part call() {
        RawJson name = fields.name;
        RawJson arguments = fields.arguments;
        String function = name == null ? "" : name.text();
        if (!called) {
            called = true;
            calls.turn();
        }
        String id = calls.made(text(fields.id), function);
        RawJson given = arguments == null ? RawJson.EMPTY_OBJECT : arguments;
        return new Part.ToolCall(id, function, given, text(fields.signature), null);
    }

    private Part result(String path) {
        RawJson parts = fields.answerParts;
        String name = text(fields.name);
        String id = calls.answered(text(fields.id), name);
        ToolAnswer answer = ToolAnswer.of(fields.answer);
        List<Part> content = new ArrayList<>();
        if (parts == null || !answer.text().equals("{}")) {
            content.add(Part.Text.of(answer.text()));
        }
        if (parts != null) {
            pictures(parts, path, content);
        }
        return new Part.ToolResult(id, name, content, answer.error(), null);
    }

    private void pictures(RawJson parts, String path, List<Part> content) {
        JsonCursor cursor = new JsonCursor().over(parts);
        cursor.array();
        while (cursor.element()) {
            fields.read(cursor);
            if (fields.data != null || fields.fileUri != null) {
                content.add(media(path));
            }
        }
    }

    private Part media(String path) {
        RawJson data = fields.data;
        RawJson uri = fields.fileUri;
        String type = fields.mediaType;
        if (data != null) {
            if (type == null || type.isBlank()) {
                throw Refused.request(path + ".inlineData.mimeType is missing (expected: image/png or another)", path);
            }
            return part(Media.ofUrl("data:" + type + ";base64," + data.text()), type);
        }
        String url = uri == null ? "" : uri.text();
        boolean film = type == null && (url.contains("youtu.be/") || url.contains("youtube.com/"));
        return part(new Media.Remote(url, type), film ? "video/" : type == null ? "" : type);
    }

    private static Part part(Media media, String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.startsWith("image/")) {
            return new Part.Image(media, null, null);
        }
        if (lower.startsWith("audio/")) {
            return new Part.Audio(media);
        }
        return lower.startsWith("video/") ? new Part.Video(media) : new Part.Document(media, null, null);
    }

    /// A tool's answer as other formats have it: a text, and whether it failed.
    private record ToolAnswer(String text, boolean error) {

        static ToolAnswer of(@Nullable RawJson response) {
            if (response == null) {
                return new ToolAnswer("{}", false);
            }
            if (!response.isObject()) {
                return new ToolAnswer(response.isString() ? response.text() : response.json(), false);
            }
            JsonCursor cursor = new JsonCursor().over(response);
            cursor.object();
            String name = cursor.name();
            if (name == null) {
                return new ToolAnswer("{}", false);
            }
            RawJson value = cursor.raw();
            boolean wrapped = cursor.name() == null && value.isString() && !JsonSyntax.isObject(value.text());
            return switch (name) {
                case "result", "output" -> new ToolAnswer(wrapped ? value.text() : response.json(), false);
                case "error" -> new ToolAnswer(wrapped ? value.text() : response.json(), wrapped);
                default -> new ToolAnswer(response.json(), false);
            };
        }
    }
}
