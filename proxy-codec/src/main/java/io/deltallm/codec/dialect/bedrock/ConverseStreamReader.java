package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.frame.AwsEventCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a streamed reply. Only blocks of tools and images are announced; texts and thoughts begin with their first
/// delta. The usage comes behind the stop. Confined to one attempt.
final class ConverseStreamReader implements ReplyReader {
    private static final int MAX_BLOCKS = 4096;

    private final JsonCursor cursor = new JsonCursor();
    private final Delta delta = new Delta();
    private final List<RawJson> sources = new ArrayList<>(0);
    private Block[] blocks = new Block[8];
    private int tools;
    private boolean stopped;
    private boolean failed;

    /// What is known of an announced block.
    ///
    /// @param tool the call's number
    /// @param mediaType the picture's
    private record Block(Kind kind, int tool, String mediaType) {
        static final Block IGNORED = new Block(Kind.IGNORED, 0, "");
        static final Block ANSWER = new Block(Kind.ANSWER, 0, "");
    }

    private enum Kind {
        TOOL,
        /// A tool whose input is the answer.
        ANSWER,
        IMAGE,
        /// A tool that the provider runs itself.
        IGNORED
    }

    @Override
    public void read(Frame frame, ChatSink sink) {
        String event = frame.event();
        if (event.startsWith(AwsEventCutter.EXCEPTION)) {
            failed = true;
            sink.accept(new ChatEvent.Failed(BedrockErrors.inStream(event, frame)));
            return;
        }
        cursor.over(frame.bytes(), frame.start(), frame.end());
        switch (event) {
            case "messageStart" -> sink.accept(new ChatEvent.Started(null, null));
            case "contentBlockStart" -> start(sink);
            case "contentBlockDelta" -> delta(sink);
            case "contentBlockStop" -> cite(sink);
            case "messageStop" -> stop(sink);
            case "metadata" -> metadata(sink);
            default -> {}
        }
    }

    private void start(ChatSink sink) {
        int index = -1;
        RawJson start = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "contentBlockIndex" -> index = index();
                case "start" -> start = cursor.raw();
                default -> {}
            }
        }
        if (start != null) {
            cursor.over(start).object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "toolUse" -> set(index, toolUse(sink));
                    case "image" -> set(index, new Block(Kind.IMAGE, 0, "image/" + format()));
                    default -> set(index, Block.IGNORED);
                }
            }
        }
    }

    /// A source comes ahead of the text that rests on it.
    private void cite(ChatSink sink) {
        for (RawJson source : sources) {
            sink.accept(new ChatEvent.Cited(0, source));
        }
        sources.clear();
    }

    private Block toolUse(ChatSink sink) {
        RawJson id = null;
        RawJson called = RawJson.EMPTY_STRING;
        boolean byServer = false;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "toolUseId" -> id = cursor.rawStringOrNull();
                case "name" -> called = cursor.rawString();
                case "type" -> byServer = "server_tool_use".equals(cursor.stringOrNull());
                default -> {}
            }
        }
        if (byServer) {
            return Block.IGNORED;
        }
        if (called.text().equals(ConverseSchema.ANSWER_TOOL)) {
            return Block.ANSWER;
        }
        sink.accept(new ChatEvent.ToolStarted(0, tools, id, called, null));
        return new Block(Kind.TOOL, tools++, "");
    }

    private String format() {
        String format = "png";
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("format")) {
                format = cursor.string();
            }
        }
        return format;
    }

    private void delta(ChatSink sink) {
        int index = -1;
        delta.clear();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "contentBlockIndex" -> index = index();
                case "delta" -> delta.read(cursor);
                default -> {}
            }
        }
        tell(get(index), sink);
    }

    private void tell(@Nullable Block block, ChatSink sink) {
        if (delta.text != null) {
            sink.accept(new ChatEvent.TextDelta(0, delta.text));
        }
        if (delta.thinking != null) {
            sink.accept(new ChatEvent.ThinkingDelta(0, delta.thinking));
        }
        if (delta.signature != null) {
            sink.accept(new ChatEvent.ThinkingSignature(0, delta.signature));
        }
        if (delta.redacted != null) {
            sink.accept(new ChatEvent.RedactedThinking(0, delta.redacted));
        }
        if (delta.citation != null) {
            sources.add(delta.citation);
        }
        if (block != null) {
            tellAnnounced(block, sink);
        }
    }

    private void tellAnnounced(Block block, ChatSink sink) {
        RawJson input = delta.input;
        RawJson image = delta.image;
        switch (block.kind()) {
            case TOOL -> {
                if (input != null) {
                    sink.accept(new ChatEvent.ToolDelta(0, block.tool(), input));
                }
            }
            case ANSWER -> {
                if (input != null) {
                    sink.accept(new ChatEvent.TextDelta(0, input));
                }
            }
            case IMAGE -> {
                if (image != null) {
                    sink.accept(new ChatEvent.ImageMade(0, block.mediaType(), image));
                }
            }
            case IGNORED -> {}
        }
    }

    private void stop(ChatSink sink) {
        String reason = "";
        RawJson sequence = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "stopReason" -> reason = cursor.string();
                case "additionalModelResponseFields" -> sequence = ConverseStop.sequence(cursor);
                default -> {}
            }
        }
        stopped = true;
        cite(sink);
        sink.accept(new ChatEvent.Stopped(0, ConverseStop.reason(reason, tools > 0), sequence));
    }

    private void metadata(ChatSink sink) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("usage")) {
                sink.accept(new ChatEvent.Used(ConverseUsage.read(cursor)));
            }
        }
    }

    private int index() {
        long index = cursor.longValue();
        if (index < 0 || index >= MAX_BLOCKS) {
            throw cursor.problem("is " + index + " (expected: a block's number)");
        }
        return (int) index;
    }

    private void set(int index, Block block) {
        if (index >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(index + 1, blocks.length * 2));
        }
        if (index >= 0) {
            blocks[index] = block;
        }
    }

    private @Nullable Block get(int index) {
        return index >= 0 && index < blocks.length ? blocks[index] : null;
    }

    @Override
    public void end(ChatSink sink) {
        if (!stopped && !failed) {
            sink.accept(new ChatEvent.Failed(BedrockErrors.cutShort()));
        }
    }

    /// What one event adds. Refilled for each.
    private static final class Delta {
        private @Nullable RawJson text;
        private @Nullable RawJson thinking;
        private @Nullable RawJson signature;
        private @Nullable RawJson redacted;
        private @Nullable RawJson input;
        private @Nullable RawJson image;
        private @Nullable RawJson citation;

        void clear() {
            text = null;
            thinking = null;
            signature = null;
            redacted = null;
            input = null;
            image = null;
            citation = null;
        }

        void read(JsonCursor cursor) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "text" -> text = filled(cursor);
                    case "toolUse" -> input = member(cursor, "input");
                    case "reasoningContent" -> reasoning(cursor);
                    case "image" -> image(cursor);
                    case "citation" -> citation = ConverseCitation.read(cursor);
                    default -> {}
                }
            }
        }

        private void reasoning(JsonCursor cursor) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "text" -> thinking = filled(cursor);
                    case "signature" -> signature = filled(cursor);
                    case "redactedContent" -> redacted = filled(cursor);
                    default -> {}
                }
            }
        }

        private void image(JsonCursor cursor) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("source")) {
                    image = member(cursor, "bytes");
                }
            }
        }

        private static @Nullable RawJson member(JsonCursor cursor, String wanted) {
            RawJson value = null;
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals(wanted)) {
                    value = filled(cursor);
                }
            }
            return value;
        }

        private static @Nullable RawJson filled(JsonCursor cursor) {
            RawJson text = cursor.rawStringOrNull();
            return text == null || text.isEmptyString() ? null : text;
        }
    }
}
