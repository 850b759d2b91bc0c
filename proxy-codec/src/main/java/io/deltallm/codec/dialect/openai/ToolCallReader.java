package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the tool calls of an answer. Confined to one attempt.
///
/// Which call a piece belongs to is not always said as OpenAI says it, by `index`: hosts leave the index out, give two
/// calls the same one, repeat the id with every piece, or send no id at all. A piece begins a call if its index or id is
/// new, or if it brings a name that the call at its index does not bear; else it goes on with the call at its index, or
/// with the last one.
final class ToolCallReader {
    private static final RawJson EMPTY = RawJson.ofText("{}");
    private static final RawJson NULL = RawJson.ofText("null");
    private static final int NO_INDEX = -1;
    private static final int MOST_CALLS = 1024;

    private final int choice;
    private final JsonCursor cursor = new JsonCursor();
    private final List<OpenCall> calls = new ArrayList<>(2);

    private int index;
    private @Nullable RawJson id;
    private @Nullable RawJson name;
    private @Nullable RawJson arguments;
    private @Nullable RawJson mark;
    private boolean custom;
    private boolean said;
    /// A mark on the whole answer belongs to its first call.
    private @Nullable RawJson answerMark;

    ToolCallReader(int choice) {
        this.choice = choice;
    }

    void mark(@Nullable RawJson signature) {
        answerMark = signature == null ? answerMark : signature.copy();
    }

    /// Whether a call was told.
    boolean any() {
        for (OpenCall call : calls) {
            if (call.told) {
                return true;
            }
        }
        return false;
    }

    /// @param array the value of `tool_calls`
    void read(RawJson array, ChatSink sink) {
        cursor.over(array);
        cursor.array();
        while (cursor.element()) {
            if (cursor.kind() == JsonKind.OBJECT) {
                begin();
                piece();
                take(sink);
            }
        }
    }

    /// @param object the value of the legacy `function_call`
    void readFunction(RawJson object, ChatSink sink) {
        cursor.over(object);
        begin();
        index = 0;
        function();
        take(sink);
    }

    private void begin() {
        index = NO_INDEX;
        id = name = arguments = mark = null;
        custom = false;
    }

    private void piece() {
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "index" -> index = cursor.kind() == JsonKind.NUMBER ? (int) cursor.longValue() : NO_INDEX;
                case "id" -> id = AnswerReader.filled(cursor);
                case "function" -> function();
                case "custom" -> custom = function();
                case "extra_content" -> mark = GoogleMark.read(cursor);
                default -> {}
            }
        }
    }

    /// Snowflake has a `custom` of empty strings beside each `function`.
    ///
    /// @return whether something was said
    private boolean function() {
        if (cursor.kind() != JsonKind.OBJECT) {
            return false;
        }
        said = false;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "name" -> name = said(name, AnswerReader.filled(cursor));
                case "arguments", "input" -> arguments = said(arguments, arguments());
                default -> {}
            }
        }
        return said;
    }

    private @Nullable RawJson arguments() {
        RawJson value = cursor.isNull() ? null : cursor.raw();
        return value == null || value.isEmptyString() ? null : value;
    }

    private @Nullable RawJson said(@Nullable RawJson before, @Nullable RawJson now) {
        said |= now != null;
        return now == null ? before : now;
    }

    private void take(ChatSink sink) {
        OpenCall call = known();
        if (call == null) {
            if (id == null && name == null && arguments == null) {
                // Snowflake has a `function_call` of empty strings in each answer.
                return;
            }
            call = open();
        }
        call.learn(id, name, mark);
        if (!call.told && call.name != null) {
            call.told = true;
            sink.accept(new ChatEvent.ToolStarted(choice, call.number, call.id, call.name, call.mark));
        }
        if (arguments != null) {
            arguments(call, arguments, sink);
        }
    }

    private OpenCall open() {
        if (calls.size() == MOST_CALLS) {
            throw cursor.problem("has more than " + MOST_CALLS + " tool calls");
        }
        OpenCall call = new OpenCall(calls.size(), index, calls.isEmpty() ? answerMark : null);
        calls.add(call);
        return call;
    }

    /// The call that the piece goes on with; null if it begins one.
    private @Nullable OpenCall known() {
        OpenCall call = index == NO_INDEX ? withoutIndex() : atIndex();
        if (call == null || name == null || call.name == null) {
            return call;
        }
        boolean otherId = id != null && call.id != null && !id.equals(call.id);
        return otherId || !name.equals(call.name) ? null : call;
    }

    private @Nullable OpenCall atIndex() {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).index == index) {
                return calls.get(i);
            }
        }
        return null;
    }

    private @Nullable OpenCall withoutIndex() {
        for (OpenCall call : calls) {
            if (id != null && id.equals(call.id)) {
                return call;
            }
        }
        return id != null || name != null || calls.isEmpty() ? null : calls.getLast();
    }

    private void arguments(OpenCall call, RawJson value, ChatSink sink) {
        if (!call.told) {
            throw cursor.problem("has arguments of a tool call without a name");
        }
        if (custom && value.isString()) {
            sink.accept(new ChatEvent.ToolDelta(choice, call.number, CustomInput.piece(call.beginsInput(), value)));
        } else if (value.isObject()) {
            sink.accept(new ChatEvent.ToolArguments(choice, call.number, value));
        } else if (value.isString() && !call.isEmptyBeginning(value)) {
            sink.accept(new ChatEvent.ToolDelta(choice, call.number, value));
        }
    }

    /// The answer has ended, and with it the texts that custom tools are called with.
    void end(ChatSink sink) {
        for (OpenCall call : calls) {
            if (call.inInput) {
                call.inInput = false;
                sink.accept(new ChatEvent.ToolDelta(choice, call.number, CustomInput.END));
            }
        }
    }

    /// A call of which not everything was told.
    private static final class OpenCall {
        private final int number;
        private final int index;
        private boolean told;
        private boolean argued;
        private boolean inInput;
        private @Nullable RawJson id;
        private @Nullable RawJson name;
        private @Nullable RawJson mark;

        OpenCall(int number, int index, @Nullable RawJson mark) {
            this.number = number;
            this.index = index;
            this.mark = mark;
        }

        void learn(@Nullable RawJson newId, @Nullable RawJson newName, @Nullable RawJson newMark) {
            id = id != null || newId == null ? id : newId.copy();
            name = name != null || newName == null ? name : newName.copy();
            mark = newMark == null ? mark : newMark.copy();
        }

        /// Some hosts send `{}` before the pieces of the real arguments; alone it says no more than nothing. Others write
        /// `null` for no arguments at all.
        boolean isEmptyBeginning(RawJson piece) {
            boolean empty = !argued && (piece.equals(EMPTY) || piece.equals(NULL));
            argued = true;
            return empty;
        }

        boolean beginsInput() {
            boolean begins = !inInput;
            inInput = true;
            return begins;
        }
    }
}
