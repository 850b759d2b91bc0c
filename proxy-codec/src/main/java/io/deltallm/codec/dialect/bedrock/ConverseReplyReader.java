package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a plain reply. Confined to one attempt.
final class ConverseReplyReader implements ReplyReader {
    private final JsonCursor cursor = new JsonCursor();
    private final JsonCursor blocks = new JsonCursor();
    private @Nullable RawJson content;
    private @Nullable Usage usage;
    private @Nullable RawJson sequence;
    private String stopReason = "";
    private boolean read;
    private int tools;

    @Override
    public void read(Frame frame, ChatSink sink) {
        cursor.over(frame.bytes(), frame.start(), frame.end());
        body();
        RawJson list = content;
        if (list == null) {
            throw new Refused(GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider's reply holds no message"));
        }
        read = true;
        sink.accept(new ChatEvent.Started(null, null));
        blocks.over(list).array();
        while (blocks.element()) {
            block(sink);
        }
        Usage stated = usage;
        if (stated != null) {
            sink.accept(new ChatEvent.Used(stated));
        }
        sink.accept(new ChatEvent.Stopped(0, ConverseStop.reason(stopReason, tools > 0), sequence));
    }

    private void body() {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "output" -> content = member(member(cursor.raw(), "message"), "content");
                case "stopReason" -> stopReason = cursor.string();
                case "usage" -> usage = ConverseUsage.read(cursor);
                case "additionalModelResponseFields" -> sequence = ConverseStop.sequence(cursor);
                default -> {}
            }
        }
    }

    private @Nullable RawJson member(@Nullable RawJson object, String wanted) {
        if (object == null || !object.isObject()) {
            return null;
        }
        blocks.over(object).object();
        for (String name = blocks.name(); name != null; name = blocks.name()) {
            if (name.equals(wanted)) {
                return blocks.raw();
            }
        }
        return null;
    }

    private void block(ChatSink sink) {
        blocks.object();
        for (String name = blocks.name(); name != null; name = blocks.name()) {
            switch (name) {
                case "text" -> text(blocks.rawString(), sink);
                case "toolUse" -> toolUse(sink);
                case "reasoningContent" -> reasoning(sink);
                case "citationsContent" -> citations(sink);
                case "image" -> image(sink);
                default -> {}
            }
        }
    }

    private static void text(RawJson text, ChatSink sink) {
        if (!text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
    }

    private void toolUse(ChatSink sink) {
        RawJson id = null;
        RawJson called = RawJson.EMPTY_STRING;
        RawJson input = RawJson.EMPTY_OBJECT;
        boolean byServer = false;
        blocks.object();
        for (String name = blocks.name(); name != null; name = blocks.name()) {
            switch (name) {
                case "toolUseId" -> id = blocks.rawStringOrNull();
                case "name" -> called = blocks.rawString();
                case "input" -> input = blocks.raw();
                case "type" -> byServer = "server_tool_use".equals(blocks.stringOrNull());
                default -> {}
            }
        }
        if (byServer) {
            return;
        }
        if (called.text().equals(ConverseSchema.ANSWER_TOOL)) {
            text(RawJson.ofText(input.json()), sink);
            return;
        }
        sink.accept(new ChatEvent.ToolStarted(0, tools, id, called, null));
        if (input.isString()) {
            sink.accept(new ChatEvent.ToolDelta(0, tools, input));
        } else {
            sink.accept(new ChatEvent.ToolArguments(0, tools, input.isObject() ? input : RawJson.EMPTY_OBJECT));
        }
        tools++;
    }

    private void reasoning(ChatSink sink) {
        blocks.object();
        for (String name = blocks.name(); name != null; name = blocks.name()) {
            switch (name) {
                case "reasoningText" -> reasoningText(sink);
                case "redactedContent" -> sink.accept(new ChatEvent.RedactedThinking(0, blocks.rawString()));
                default -> {}
            }
        }
    }

    private void reasoningText(ChatSink sink) {
        RawJson text = null;
        RawJson signature = null;
        blocks.object();
        for (String name = blocks.name(); name != null; name = blocks.name()) {
            switch (name) {
                case "text" -> text = blocks.rawStringOrNull();
                case "signature" -> signature = blocks.rawStringOrNull();
                default -> {}
            }
        }
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.ThinkingDelta(0, text));
        }
        if (signature != null && !signature.isEmptyString()) {
            sink.accept(new ChatEvent.ThinkingSignature(0, signature));
        }
    }

    /// The sources are written ahead of the text that rests on them.
    private void citations(ChatSink sink) {
        List<RawJson> sources = new ArrayList<>();
        blocks.object();
        for (String name = blocks.name(); name != null; name = blocks.name()) {
            switch (name) {
                case "content" -> {
                    blocks.array();
                    while (blocks.element()) {
                        block(sink);
                    }
                }
                case "citations" -> sources(sources);
                default -> {}
            }
        }
        for (RawJson source : sources) {
            sink.accept(new ChatEvent.Cited(0, source));
        }
    }

    private void sources(List<RawJson> into) {
        blocks.array();
        while (blocks.element()) {
            RawJson source = ConverseCitation.read(blocks);
            if (source != null) {
                into.add(source);
            }
        }
    }

    private void image(ChatSink sink) {
        String format = "png";
        RawJson bytes = null;
        blocks.object();
        for (String name = blocks.name(); name != null; name = blocks.name()) {
            switch (name) {
                case "format" -> format = blocks.string();
                case "source" -> {
                    blocks.object();
                    for (String source = blocks.name(); source != null; source = blocks.name()) {
                        bytes = source.equals("bytes") ? blocks.rawString() : bytes;
                    }
                }
                default -> {}
            }
        }
        if (bytes != null) {
            sink.accept(new ChatEvent.ImageMade(0, "image/" + format, bytes));
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (!read) {
            sink.accept(new ChatEvent.Failed(BedrockErrors.cutShort()));
        }
    }
}
