package io.deltallm.codec.dialect;

import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonNames;
import io.deltallm.codec.json.JsonText;
import io.deltallm.codec.json.JsonVisitor.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether `messages` is a non-empty array of objects, each with a role and something to say. An assistant's message
/// may leave out its content where it has tool calls, a refusal or audio instead. Confined to one connection.
final class MessageChecks {
    /// The depth of a message's members: document, array, message.
    static final int MEMBER_DEPTH = 3;

    /// What the members of a message are to the checks.
    private enum Member {
        ROLE,
        SAYING,
        OTHER
    }

    private static final JsonNames<Member> MEMBERS = new JsonNames<>(
            Map.of(
                    "role", Member.ROLE,
                    "content", Member.SAYING,
                    "tool_calls", Member.SAYING,
                    "function_call", Member.SAYING,
                    "refusal", Member.SAYING,
                    "audio", Member.SAYING),
            Member.OTHER);

    private int count;
    private boolean seen;
    private boolean hasRole;
    private boolean hasContent;
    private boolean atRole;

    void begin() {
        seen = false;
        count = 0;
    }

    @Nullable GatewayError openArray() {
        seen = true;
        count = 0;
        return null;
    }

    /// Something opened within the messages.
    @Nullable GatewayError open(int depth, boolean object) {
        if (depth > MEMBER_DEPTH) {
            boolean roleOpened = depth == MEMBER_DEPTH + 1 && atRole;
            return roleOpened ? refuseRole(object ? "an object" : "an array") : null;
        }
        hasRole = false;
        hasContent = false;
        atRole = false;
        return object ? null : RequestField.refuse(path(), "an array", "an object");
    }

    void member(JsonText key) {
        Member member = MEMBERS.meaning(key);
        atRole = member == Member.ROLE;
        hasContent |= member == Member.SAYING;
    }

    @Nullable GatewayError scalar(Kind kind) {
        if (!atRole) {
            return null;
        }
        hasRole = true;
        return kind == Kind.STRING ? null : refuseRole(RequestField.described(kind));
    }

    GatewayError notAnObject(Kind kind) {
        return RequestField.refuse(path(), RequestField.described(kind), "an object");
    }

    @Nullable GatewayError closeElement() {
        if (!hasRole) {
            return refuseRole("missing");
        }
        if (!hasContent) {
            return RequestField.refuse(path() + ".content", "missing", "content, or tool_calls of an assistant");
        }
        count++;
        return null;
    }

    @Nullable GatewayError end() {
        if (!seen) {
            return RequestField.MESSAGES.refused("missing");
        }
        return count == 0 ? RequestField.MESSAGES.refused("an empty array") : null;
    }

    private GatewayError refuseRole(String found) {
        return RequestField.refuse(path() + ".role", found, "a string");
    }

    private String path() {
        return "messages[" + count + "]";
    }
}
