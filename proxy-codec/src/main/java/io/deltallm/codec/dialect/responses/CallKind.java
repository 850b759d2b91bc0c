package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kinds of tools that the client runs itself, and the items that call them
/// (https://platform.openai.com/docs/api-reference/responses/object#responses-object-output). Those that have a type of
/// their own instead of a name say neither what they do nor what they take: models of other companies have to be told.
enum CallKind {
    FUNCTION("function", "function_call", "fc_"),
    /// Takes a text, which may have to follow a grammar.
    CUSTOM("custom", "custom_tool_call", "ctc_"),
    LOCAL_SHELL("local_shell", "local_shell_call", "lsh_", "action", "Runs a command on the user's machine.", """
            {"type":"object","properties":{"command":{"type":"array","items":{"type":"string"},\
            "description":"The program and its arguments"},"timeout_ms":{"type":"integer"},\
            "working_directory":{"type":"string"}},"required":["command"]}"""),
    SHELL("shell", "shell_call", "sh_", "action", "Runs commands in a shell on the user's machine.", """
            {"type":"object","properties":{"commands":{"type":"array","items":{"type":"string"}},\
            "timeout_ms":{"type":"integer"},"max_output_length":{"type":"integer"}},"required":["commands"]}"""),
    APPLY_PATCH(
            "apply_patch",
            "apply_patch_call",
            "apc_",
            "operation",
            "Creates, changes or deletes a file. What is changed is said as a diff of the V4A form: sections that begin with"
                    + " @@, and lines that begin with a space, - or +.",
            """
            {"type":"object","properties":{"type":{"type":"string","enum":["create_file","update_file","delete_file"]},\
            "path":{"type":"string"},"diff":{"type":"string"}},"required":["type","path"]}"""),
    TOOL_SEARCH("tool_search", "tool_search_call", "tsc_", "arguments", "Finds tools, which can be called from then on.", """
            {"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""");

    private static final RawJson NONE = RawJson.ofLiteral("[]");
    private static final RawJson UNSAID = RawJson.ofLiteral("null");

    private final String toolType;
    private final String itemType;
    private final String idPrefix;
    private final @Nullable String member;
    private final @Nullable String description;
    private final @Nullable String parameters;

    CallKind(String toolType, String itemType, String idPrefix) {
        this.toolType = toolType;
        this.itemType = itemType;
        this.idPrefix = idPrefix;
        this.member = null;
        this.description = null;
        this.parameters = null;
    }

    /// @param member of the item, the object that says what is to be done
    CallKind(String toolType, String itemType, String idPrefix, String member, String description, String parameters) {
        this.toolType = toolType;
        this.itemType = itemType;
        this.idPrefix = idPrefix;
        this.member = member;
        this.description = description;
        this.parameters = parameters;
    }

    /// Null for a kind that the provider runs.
    static @Nullable CallKind ofTool(String type) {
        for (CallKind kind : values()) {
            if (kind.toolType.equals(type)) {
                return kind;
            }
        }
        return null;
    }

    /// Null for any other item.
    static @Nullable CallKind ofItem(String type) {
        for (CallKind kind : values()) {
            if (kind.itemType.equals(type)) {
                return kind;
            }
        }
        return null;
    }

    /// What clients demand in the object, and models leave out.
    Map<String, RawJson> demanded() {
        return switch (this) {
            case LOCAL_SHELL -> Map.of("type", RawJson.ofText("exec"), "command", NONE, "env", RawJson.EMPTY_OBJECT);
            case SHELL -> Map.of("commands", NONE, "timeout_ms", UNSAID, "max_output_length", UNSAID);
            case FUNCTION, CUSTOM, APPLY_PATCH, TOOL_SEARCH -> Map.of();
        };
    }

    String toolType() {
        return toolType;
    }

    String itemType() {
        return itemType;
    }

    String idPrefix() {
        return idPrefix;
    }

    /// Null where the item has the arguments as a text.
    @Nullable String member() {
        return member;
    }

    @Nullable String description() {
        return description;
    }

    @Nullable RawJson parameters() {
        return parameters == null ? null : RawJson.ofLiteral(parameters);
    }
}
