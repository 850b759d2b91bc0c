package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import java.util.ArrayList;
import java.util.List;

/// Takes out of a conversation what another provider has put there and the one at hand would refuse: blocks that only
/// another format has, unless they can be said in words, and proofs of thoughts, where a client has changed models. A
/// message that held nothing else goes with them: providers refuse empty ones. Confined to a request.
final class ForeignParts {
    private final UpstreamDialect upstream;
    private final UpstreamCall call;

    private ForeignParts(UpstreamDialect upstream, UpstreamCall call) {
        this.upstream = upstream;
        this.call = call;
    }

    static ChatRequest without(ChatRequest request, UpstreamDialect upstream, UpstreamCall call) {
        return request.withMessages(new ForeignParts(upstream, call).messages(UniqueCallIds.in(request.messages())));
    }

    private List<Message> messages(List<Message> messages) {
        List<Message> kept = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            boolean assistant = message.role() == Role.ASSISTANT;
            List<Part> parts = parts(message.parts(), "messages[" + i + "].content");
            if (assistant) {
                parts.removeIf(ForeignParts::saysNothing);
            }
            if (!parts.isEmpty() || (message.parts().isEmpty() && !assistant)) {
                kept.add(parts.equals(message.parts()) ? message : new Message(message.role(), parts, message.name()));
            }
        }
        return kept.isEmpty() ? messages : kept;
    }

    /// Said beside a call, or by a model that said nothing: hosts refuse it in a list, and a message of it alone.
    private static boolean saysNothing(Part part) {
        return part instanceof Part.Text(var text, var cache) && text.isEmpty() && cache == null;
    }

    private List<Part> parts(List<Part> parts, String where) {
        List<Part> kept = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            part(parts.get(i), where + "[" + i + "]", kept);
        }
        return kept;
    }

    private void part(Part part, String where, List<Part> kept) {
        switch (part) {
            case Part.Opaque(var dialect, _, var inWords) when !upstream.knows(dialect) -> {
                if (inWords == null) {
                    call.lost(where);
                } else {
                    kept.add(Part.Text.of(inWords));
                }
            }
            case Part.Thinking(var text, var proof, _) when proof != null && !upstream.accepts(proof, call) ->
                kept.add(new Part.Thinking(text, null, null));
            case Part.RedactedThinking(var proof, _) when !upstream.accepts(proof, call) -> call.lost(where);
            case Part.ToolResult(var id, var name, var content, var error, var cache) ->
                kept.add(new Part.ToolResult(id, name, parts(content, where + ".content"), error, cache));
            default -> kept.add(part);
        }
    }
}
