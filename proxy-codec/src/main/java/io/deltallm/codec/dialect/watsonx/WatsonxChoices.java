package io.deltallm.codec.dialect.watsonx;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The choices of a chat: OpenAI's, whole in `message` or in pieces in `delta`. Confined to one attempt.
final class WatsonxChoices {
    private static final int MOST_CHOICES = 128;

    private final JsonCursor cursor;
    private final JsonCursor inner = new JsonCursor();

    private @Nullable Usage usage;
    /// Of each choice: why it ended, and how many tools it called.
    private @Nullable FinishReason[] reasons = new FinishReason[1];
    private int[] tools = new int[1];
    private boolean ended;

    WatsonxChoices(JsonCursor cursor) {
        this.cursor = cursor;
    }

    void usage() {
        if (cursor.skipNull()) {
            return;
        }
        long prompt = 0;
        long completion = 0;
        long total = -1;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "prompt_tokens" -> prompt = cursor.count();
                case "completion_tokens" -> completion = cursor.count();
                case "total_tokens" -> total = cursor.count();
                default -> {}
            }
        }
        usage = Usage.of(prompt, completion, total < 0 ? prompt + completion : total, 0, 0, false);
    }

    void tell(RawJson choices, ChatSink sink) {
        cursor.over(choices).array();
        while (cursor.element()) {
            choice(sink);
        }
    }

    private void choice(ChatSink sink) {
        long index = 0;
        RawJson message = null;
        String reason = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "index" -> index = cursor.longValue();
                case "message", "delta" -> message = cursor.raw();
                case "finish_reason" -> reason = cursor.stringOrNull();
                default -> {}
            }
        }
        if (index < 0 || index >= MOST_CHOICES) {
            throw ProviderFailure.malformed("choice " + index);
        }
        int choice = grow((int) index);
        if (message != null && message.isObject()) {
            message(choice, message, sink);
        }
        if (reason != null && !reason.isEmpty()) {
            ended = true;
            reasons[choice] = reason(reason, tools[choice] > 0);
        }
    }

    private int grow(int choice) {
        if (choice >= tools.length) {
            tools = Arrays.copyOf(tools, choice + 1);
            reasons = Arrays.copyOf(reasons, choice + 1);
        }
        return choice;
    }

    private static FinishReason reason(String reason, boolean calledTools) {
        return switch (reason) {
            case "length", "max_tokens", "time_limit" -> FinishReason.LENGTH;
            case "tool_calls" -> FinishReason.TOOL_CALLS;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            case "error" -> FinishReason.ERROR;
            default -> calledTools ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        };
    }

    private void message(int choice, RawJson message, ChatSink sink) {
        RawJson calls = null;
        inner.over(message).object();
        for (String name = inner.name(); name != null; name = inner.name()) {
            switch (name) {
                case "reasoning_content" -> thought(choice, inner.rawStringOrNull(), sink);
                case "content" -> said(choice, inner.rawStringOrNull(), sink);
                case "refusal" -> refused(choice, inner.rawStringOrNull(), sink);
                case "tool_calls" -> calls = inner.raw();
                default -> {}
            }
        }
        if (calls != null && calls.isArray()) {
            inner.over(calls).array();
            while (inner.element()) {
                call(choice, sink);
            }
        }
    }

    private static void said(int choice, @Nullable RawJson text, ChatSink sink) {
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(choice, text));
        }
    }

    private static void thought(int choice, @Nullable RawJson text, ChatSink sink) {
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.ThinkingDelta(choice, text));
        }
    }

    private static void refused(int choice, @Nullable RawJson text, ChatSink sink) {
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.RefusalDelta(choice, text));
        }
    }

    /// A name begins a call; what follows without one belongs to the call before.
    private void call(int choice, ChatSink sink) {
        RawJson id = null;
        RawJson called = null;
        RawJson arguments = null;
        inner.object();
        for (String name = inner.name(); name != null; name = inner.name()) {
            if (name.equals("id")) {
                id = inner.rawStringOrNull();
            } else if (name.equals("function") && inner.kind() == JsonKind.OBJECT) {
                inner.object();
                for (String member = inner.name(); member != null; member = inner.name()) {
                    switch (member) {
                        case "name" -> called = inner.rawStringOrNull();
                        case "arguments" -> arguments = inner.rawStringOrNull();
                        default -> {}
                    }
                }
            }
        }
        if (called != null && !called.isEmptyString()) {
            sink.accept(new ChatEvent.ToolStarted(choice, tools[choice]++, id, called, null));
        }
        if (arguments != null && !arguments.isEmptyString()) {
            if (tools[choice] == 0) {
                throw ProviderFailure.malformed("arguments of a call without a name");
            }
            sink.accept(new ChatEvent.ToolDelta(choice, tools[choice] - 1, arguments));
        }
    }

    /// False where no choice has ended.
    boolean finish(ChatSink sink) {
        if (!ended) {
            return false;
        }
        if (usage != null) {
            sink.accept(new ChatEvent.Used(usage));
        }
        for (int choice = 0; choice < tools.length; choice++) {
            FinishReason reason = reasons[choice];
            if (reason == null) {
                return false;
            }
            sink.accept(new ChatEvent.Stopped(choice, reason, null));
        }
        return true;
    }
}
