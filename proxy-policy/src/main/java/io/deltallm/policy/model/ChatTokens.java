package io.deltallm.policy.model;

import com.knuddels.jtokkit.api.Encoding;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Tool;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Counts the tokens of a chat in the words of the hub, as [TokenCounts] does those of OpenAI's form. Stateless,
/// thread-safe.
record ChatTokens(Encoding encoding) {
    /// What a tool costs beyond its words.
    private static final int PER_TOOL = 12;

    long of(ChatRequest request) {
        long tokens = TokenCounts.ANSWER;
        for (Message message : request.messages()) {
            String role = message.role().name().toLowerCase(Locale.ROOT);
            tokens += TokenCounts.PER_MESSAGE + text(role) + text(message.name()) + parts(message.parts());
        }
        for (Tool tool : request.tools()) {
            tokens += PER_TOOL + tool(tool);
        }
        return tokens;
    }

    private long parts(List<Part> parts) {
        long tokens = 0;
        for (Part part : parts) {
            tokens += part(part);
        }
        return tokens;
    }

    private long part(Part part) {
        return switch (part) {
            case Part.Text(var text, _) -> text(text);
            case Part.Image(_, var detail, _) -> "low".equals(detail) ? TokenCounts.SMALL_IMAGE : TokenCounts.IMAGE;
            case Part.Document(Media.PlainText(var text), _, _) -> text(text);
            // As much as an image: how long they are is not looked at.
            case Part.Document _, Part.Audio _, Part.Video _ -> TokenCounts.IMAGE;
            case Part.ToolCall call -> text(call.name()) + text(call.arguments().json());
            case Part.ToolResult result -> parts(result.content());
            case Part.Thinking(var text, _, _) -> text(text);
            case Part.RedactedThinking _ -> 0;
            case Part.Refusal(var text) -> text(text);
            case Part.Opaque(_, var block, _) -> text(block.json());
        };
    }

    private long tool(Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                text(function.name())
                        + text(function.description())
                        + (function.parameters() == null ? 0 : text(function.parameters().json()));
            case Tool.Hosted hosted -> text(hosted.definition().json());
        };
    }

    private long text(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : TokenCounts.text(encoding, text);
    }
}
