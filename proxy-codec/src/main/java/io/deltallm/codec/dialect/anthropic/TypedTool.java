package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import org.jspecify.annotations.Nullable;

/// A tool that the client runs and that Claude knows by its type alone
/// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview): to other models, a function whose name,
/// description and arguments are said.
///
/// @param definition as the client wrote it
record TypedTool(RawJson definition) implements Tool.Origin {

    /// What such tools do and take.
    private enum Kind {
        BASH("bash_", "Runs a command in a shell that keeps its state. restart begins a new one.", """
                {"type":"object","properties":{"command":{"type":"string"},"restart":{"type":"boolean"}}}"""),
        TEXT_EDITOR("text_editor_", "Shows files and directories, creates files, and edits them by replacing and inserting.", """
                {"type":"object","properties":{\
                "command":{"type":"string","enum":["view","create","str_replace","insert"]},"path":{"type":"string"},\
                "view_range":{"type":"array","items":{"type":"integer"}},"file_text":{"type":"string"},\
                "old_str":{"type":"string"},"new_str":{"type":"string"},"insert_line":{"type":"integer"},\
                "insert_text":{"type":"string"}},"required":["command","path"]}"""),
        MEMORY("memory_", "Keeps notes in files below /memories, from one conversation to the next.", """
                {"type":"object","properties":{\
                "command":{"type":"string","enum":["view","create","str_replace","insert","delete","rename"]},\
                "path":{"type":"string"},"view_range":{"type":"array","items":{"type":"integer"}},\
                "file_text":{"type":"string"},"old_str":{"type":"string"},"new_str":{"type":"string"},\
                "insert_line":{"type":"integer"},"insert_text":{"type":"string"},"old_path":{"type":"string"},\
                "new_path":{"type":"string"}},"required":["command"]}""");

        private final String prefix;
        private final String description;
        private final String parameters;

        Kind(String prefix, String description, String parameters) {
            this.prefix = prefix;
            this.description = description;
            this.parameters = parameters;
        }
    }

    /// @return null for a tool that Anthropic runs, or that cannot be said
    static Tool.@Nullable Function function(String type, @Nullable String name, RawJson definition) {
        for (Kind kind : Kind.values()) {
            if (name != null && type.startsWith(kind.prefix)) {
                return new Tool.Function(
                        name,
                        kind.description,
                        RawJson.ofLiteral(kind.parameters),
                        null,
                        null,
                        new TypedTool(definition));
            }
        }
        return null;
    }
}
