package io.deltallm.codec.chat;

/// Who speaks a message.
public enum Role {
    SYSTEM,
    /// OpenAI's newer word for instructions; where a format knows only `system`, that.
    DEVELOPER,
    USER,
    ASSISTANT,
    /// Holds nothing but [Part.ToolResult]s.
    TOOL
}
