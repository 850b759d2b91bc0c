package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `system` and `messages`. Anthropic puts tool results into the user's turns; the hub has them in messages of
/// their own. One a request.
final class ConversationReader {
    private final List<Message> system = new ArrayList<>();
    private final List<Message> turns = new ArrayList<>();
    private final PartReader parts = new PartReader();
    private boolean given;

    /// Instructions first, whatever the order in the body.
    List<Message> all() {
        if (!given) {
            throw MessagesRequestReader.required("messages");
        }
        if (turns.isEmpty()) {
            throw Refused.request("messages: at least one message is required", "messages");
        }
        List<Message> all = new ArrayList<>(system);
        all.addAll(turns);
        return all;
    }

    void system(JsonCursor cursor) {
        List<Part> texts = parts.read(cursor.raw(), "system");
        for (int i = 0; i < texts.size(); i++) {
            if (!(texts.get(i) instanceof Part.Text)) {
                String where = "system." + i + ".type";
                throw Refused.request(where + ": Input should be 'text'", where);
            }
        }
        if (!texts.isEmpty()) {
            system.add(Message.of(Role.SYSTEM, texts));
        }
    }

    void messages(JsonCursor cursor) {
        given = true;
        cursor.array();
        for (int at = 0; cursor.element(); at++) {
            message(cursor, "messages." + at);
        }
    }

    private void message(JsonCursor cursor, String where) {
        String role = null;
        RawJson content = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "role" -> role = cursor.string();
                case "content" -> content = cursor.raw();
                default -> {}
            }
        }
        turn(role, content, where);
    }

    private void turn(@Nullable String role, @Nullable RawJson content, String where) {
        if (role == null) {
            throw MessagesRequestReader.required(where + ".role");
        }
        if (content == null) {
            throw MessagesRequestReader.required(where + ".content");
        }
        List<Part> read = parts.read(content, where + ".content");
        switch (role) {
            case "user" -> userTurn(read);
            case "assistant" -> turns.add(Message.of(Role.ASSISTANT, read));
            case "system" -> turns.add(Message.of(Role.SYSTEM, read));
            default -> throw Refused.request(
                    where + ".role: Input should be 'user' or 'assistant', not '" + role + "'", where + ".role");
        }
    }

    private void userTurn(List<Part> read) {
        List<Part> results = new ArrayList<>();
        List<Part> others = new ArrayList<>();
        read.forEach(part -> (part instanceof Part.ToolResult ? results : others).add(part));
        if (!results.isEmpty()) {
            addResults(results);
        }
        if (!others.isEmpty() || results.isEmpty()) {
            turns.add(Message.of(Role.USER, others));
        }
    }

    private void addResults(List<Part> results) {
        if (!turns.isEmpty() && turns.getLast().role() == Role.TOOL) {
            List<Part> joined = new ArrayList<>(turns.removeLast().parts());
            joined.addAll(results);
            turns.add(Message.of(Role.TOOL, joined));
        } else {
            turns.add(Message.of(Role.TOOL, results));
        }
    }
}
