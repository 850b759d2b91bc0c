package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// By what item a client wants a tool of its own called. Models of other formats know functions alone, so that every such
/// tool is one to them, under a name of its own; their calls become the client's items again. Immutable.
///
/// @param namespace of those tools that the client has put together; null where the tool stands alone
/// @param name as the client named it
/// @param definition the element of `tools` that defines it, as the client wrote it
record CallForm(CallKind kind, @Nullable String namespace, String name, RawJson definition) implements Tool.Origin {

    /// The name of the function that stands for it.
    String functionName() {
        return FlatName.of(namespace, name);
    }

    /// Of those tools that are more than functions, by the names of the functions that stand for them.
    static Map<String, CallForm> of(List<Tool> tools) {
        Map<String, CallForm> forms = new HashMap<>();
        for (Tool tool : tools) {
            if (tool instanceof Tool.Function function && function.origin() instanceof CallForm form) {
                forms.put(function.name(), form);
            }
        }
        return forms;
    }
}
