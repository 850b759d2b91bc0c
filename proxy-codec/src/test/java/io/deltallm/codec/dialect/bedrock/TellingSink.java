package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import java.util.ArrayList;
import java.util.List;

/// Keeps events as lines of text.
final class TellingSink implements ChatSink {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    /// All text that was told, one after the other.
    String text() {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("TextDelta ")) {
                text.append(RawJson.ofLiteral(line.substring(10)).text());
            }
        }
        return text.toString();
    }

    @Override
    public void accept(ChatEvent event) {
        lines.add(event.getClass().getSimpleName() + " " + rest(event));
    }

    private static String rest(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Started it -> it.id() + " " + it.model();
            case ChatEvent.TextDelta it -> it.text().json();
            case ChatEvent.ThinkingDelta it -> it.text().json();
            case ChatEvent.ThinkingSignature it -> it.signature().json();
            case ChatEvent.RedactedThinking it -> it.data().json();
            case ChatEvent.ToolStarted it -> it.tool() + " " + it.id() + " " + it.name() + " " + it.signature();
            case ChatEvent.ToolDelta it -> it.tool() + " " + it.arguments();
            case ChatEvent.ToolArguments it -> it.tool() + " " + it.arguments();
            case ChatEvent.Cited it -> it.annotation().json();
            case ChatEvent.ImageMade it -> it.mediaType() + " " + it.base64();
            case ChatEvent.Used(var usage) -> usage.promptTokens() + "+" + usage.completionTokens() + "="
                    + usage.totalTokens() + " read " + usage.cachedTokens() + " written " + usage.cacheWriteTokens();
            case ChatEvent.Stopped it -> it.reason() + " " + it.sequence();
            case ChatEvent.Failed(var error) -> error.code() + " " + error.message();
            default -> event.toString();
        };
    }
}
