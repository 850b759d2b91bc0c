package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.json.JsonOutput;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Other names for tools whose own the provider would refuse: Anthropic's may be twice as long as OpenAI's, Google's may
/// have dots. The same tool has the same other name in every turn. Confined to a request and its reply.
final class ToolAliases {
    private static final int LONGEST = 64;
    private static final int KEPT = 55;

    private final Map<String, String> aliases = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private ToolAliases(ChatRequest request, Predicate<String> takes) {
        request.tools().forEach(tool -> note(nameOf(tool)));
        for (Message message : request.messages()) {
            message.parts().forEach(part -> note(nameOf(part)));
        }
        for (String name : List.copyOf(taken)) {
            if (!takes.test(name)) {
                aliases.put(name, alias(name));
            }
        }
    }

    static ToolAliases of(ChatRequest request, UpstreamDialect upstream) {
        return new ToolAliases(request, upstream::takesToolName);
    }

    private void note(@Nullable String name) {
        if (name != null) {
            taken.add(name);
        }
    }

    private static @Nullable String nameOf(Tool tool) {
        return tool instanceof Tool.Function function ? function.name() : null;
    }

    private static @Nullable String nameOf(Part part) {
        return switch (part) {
            case Part.ToolCall call -> call.name();
            case Part.ToolResult result -> result.name();
            default -> null;
        };
    }

    /// As OpenAI has them, which everyone takes: letters, digits, `_` and `-`, 64 of them.
    static boolean isUsual(String name) {
        return name.length() <= LONGEST && name.equals(safe(name));
    }

    private static String safe(String name) {
        StringBuilder safe = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char at = name.charAt(i);
            boolean letter = (at >= 'a' && at <= 'z') || (at >= 'A' && at <= 'Z');
            if (!letter && !(at >= '0' && at <= '9') && at != '_' && at != '-') {
                safe.setCharAt(i, '_');
            }
        }
        return safe.toString();
    }

    private String alias(String name) {
        String safe = safe(name);
        if (safe.length() <= LONGEST && taken.add(safe)) {
            return safe;
        }
        return safe.substring(0, Math.min(KEPT, safe.length())) + "_" + Integer.toHexString(name.hashCode());
    }

    private String of(String name) {
        return aliases.getOrDefault(name, name);
    }

    /// The request under the other names.
    ChatRequest in(ChatRequest request) {
        if (aliases.isEmpty()) {
            return request;
        }
        ToolChoice choice = request.toolChoice();
        return request.withMessages(request.messages().stream().map(this::in).toList())
                .withTools(request.tools().stream().map(this::in).toList(), choice == null ? null : in(choice));
    }

    private Message in(Message message) {
        return new Message(message.role(), message.parts().stream().map(this::in).toList(), message.name());
    }

    private Part in(Part part) {
        return switch (part) {
            case Part.ToolCall(var id, var name, var arguments, var signature, var cache) ->
                new Part.ToolCall(id, of(name), arguments, signature, cache);
            case Part.ToolResult(var id, var name, var content, var error, var cache) ->
                new Part.ToolResult(id, name == null ? null : of(name), content, error, cache);
            default -> part;
        };
    }

    private Tool in(Tool tool) {
        return tool instanceof Tool.Function(var name, var description, var parameters, var strict, var cache, var origin)
                ? new Tool.Function(of(name), description, parameters, strict, cache, origin)
                : tool;
    }

    private ToolChoice in(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Named(var name) -> new ToolChoice.Named(of(name));
            case ToolChoice.Allowed(List<String> names, var required) ->
                new ToolChoice.Allowed(names.stream().map(this::of).toList(), required);
            case ToolChoice.Auto _, ToolChoice.None _, ToolChoice.Required _ -> choice;
        };
    }

    /// The writer of the reply, told the client's names.
    ReplyWriter restoring(ReplyWriter writer) {
        if (aliases.isEmpty()) {
            return writer;
        }
        Map<String, RawJson> names = new HashMap<>();
        aliases.forEach((name, alias) -> names.put(alias, RawJson.ofText(name)));
        return new Restoring(writer, names);
    }

    private record Restoring(ReplyWriter writer, Map<String, RawJson> names) implements ReplyWriter {

        @Override
        public void write(ChatEvent event, JsonOutput out) {
            writer.write(event instanceof ChatEvent.ToolStarted started ? restored(started) : event, out);
        }

        private ChatEvent restored(ChatEvent.ToolStarted started) {
            RawJson name = names.get(started.name().text());
            return name == null
                    ? started
                    : new ChatEvent.ToolStarted(started.choice(), started.tool(), started.id(), name, started.signature());
        }

        @Override
        public void end(JsonOutput out) {
            writer.end(out);
        }
    }
}
